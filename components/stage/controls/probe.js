/**
 * Loss and gradient of the landscape at a point of the map, as torch computes them: the first row of a walk of one step
 * from there. It has a slot of its own, so that it never ends the walk on the screen.
 */

import { contract } from "../../contract.js";
import { messageOf, Walk } from "../wire/record.js";

/** @import { Scenario } from "../../contract.js" */
/** @import { Point } from "../../kit/types.js" */
/** @import { Request } from "../wire/slot.js" */
/** @import { Stream } from "../wire/socket.js" */
/** @import { Row } from "./hover.js" */

const SLOT = /** @type {const} */ ("model");
/** The pointer rests once it has not moved for so many milliseconds: what it passes on its way is not asked for. */
const REST = 60;

/**
 * What is sent, and comes back with the answer.
 * @typedef {Request & {probe: Point}} ProbeRequest
 */
/** @typedef {Pick<Stream, "request" | "cancel">} Line */

/**
 * The scenario whose first row is asked for: no noise, one run, one step. Which optimizer steps does not matter, since
 * the gradient of its first row is that of the start.
 * @param {Scenario} scenario
 * @param {Point} point
 * @returns {Scenario}
 */
export function scenarioAt(scenario, point) {
  const [optimizer, { defaults }] = Object.entries(contract.optimizers)[0];
  return { ...scenario, start: point, steps: 1, noise: 0, runs: [{ optimizer, values: { ...defaults } }] };
}

export class Probe {
  #line;
  #answered;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Line} line
   * @param {(point: Point, row: Row) => void} answered takes the point and what holds its numbers
   */
  constructor(line, answered) {
    this.#line = line;
    this.#answered = answered;
  }

  /**
   * Ask for a point as soon as the pointer rests there; null: the pointer is over none.
   * @param {Scenario} scenario
   * @param {Point | null} point
   */
  over(scenario, point) {
    clearTimeout(this.#timer);
    this.#line.cancel(SLOT);
    if (point !== null) this.#timer = setTimeout(() => this.#ask(scenario, point), REST);
  }

  /**
   * @param {Scenario} scenario
   * @param {Point} point
   */
  #ask(scenario, point) {
    const asked = { scenario: scenarioAt(scenario, point), shown: [0], inside: null };
    /** @type {ProbeRequest} */
    const request = { ...asked, probe: point, live: false, message: messageOf(asked, false) };
    this.#line.request(SLOT, request);
  }

  /**
   * A frame of the answer has come.
   * @param {ProbeRequest} request
   * @param {Parameters<Walk["add"]>[0]} frame
   */
  take({ probe, scenario, shown }, frame) {
    if (frame.first !== 0) return;
    const walk = new Walk(scenario, shown);
    walk.add(frame);
    this.#answered(probe, walk.runs[0]);
  }

  remove() {
    clearTimeout(this.#timer);
  }
}
