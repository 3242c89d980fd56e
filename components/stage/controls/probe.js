/**
 * Requests loss and gradient of the landscape at a point of the map, as torch computes them: the first row of a walk of
 * one step that starts there. It uses another slot than the walk on the screen, and so never cancels it.
 */

import { contract } from "../../contract.js";
import { Walk } from "../wire/record.js";
import { messageOf } from "../wire/request.js";

/** @import { Scenario } from "../../contract.js" */
/** @import { Point } from "../../kit/types.js" */
/** @import { Request } from "../wire/slot.js" */
/** @import { Stream } from "../wire/socket.js" */
/** @import { PointNumbers } from "./hover.js" */

const SLOT = /** @type {const} */ ("model");
/** A request is sent after the pointer has not moved for this many milliseconds. */
const REST = 60;

/**
 * The request, which the stream passes on with the answer.
 * @typedef {Request & {probe: Point}} ProbeRequest
 */
/** @typedef {Pick<Stream, "request" | "cancel">} Line */

/**
 * The scenario of the request: all examples, no noise, one run, one step. The optimizer does not matter, since the
 * first row is that of the start.
 * @param {Scenario} scenario
 * @param {Point} point
 * @returns {Scenario}
 */
export function scenarioAt(scenario, point) {
  const [optimizer, { defaults }] = Object.entries(contract.optimizers)[0];
  return { ...scenario, start: point, steps: 1, batch: 0, noise: 0, runs: [{ optimizer, values: { ...defaults } }] };
}

export class Probe {
  #line;
  #answered;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Line} line
   * @param {(point: Point, row: PointNumbers) => void} answered receives the point and its numbers
   */
  constructor(line, answered) {
    this.#line = line;
    this.#answered = answered;
  }

  /**
   * Request the numbers of a point, if the pointer rests there; null: the pointer is over no point.
   * @param {Scenario} scenario
   * @param {Point | null} point
   */
  over(scenario, point) {
    clearTimeout(this.#timer);
    this.#line.cancel(SLOT);
    if (point !== null) this.#timer = setTimeout(() => this.#request(scenario, point), REST);
  }

  /**
   * @param {Scenario} scenario
   * @param {Point} point
   */
  #request(scenario, point) {
    const asked = { scenario: scenarioAt(scenario, point), shown: [0], inside: null, weights: false };
    /** @type {ProbeRequest} */
    const request = { ...asked, probe: point, live: false, message: messageOf(asked, false) };
    this.#line.request(SLOT, request);
  }

  /**
   * Take a frame of the answer.
   * @param {ProbeRequest} request
   * @param {Parameters<Walk["add"]>[0]} frame
   */
  chunk({ probe, scenario, shown }, frame) {
    if (frame.first !== 0) return;
    const walk = new Walk(scenario, shown);
    walk.add(frame);
    this.#answered(probe, walk.runs[0]);
  }

  remove() {
    clearTimeout(this.#timer);
  }
}
