/** What the backend has sent of one request: for every run the numbers that torch computed, in float64. */

import { Inside } from "./inside.js";
import { RunRecord } from "./run_record.js";

export { GX, GY, LOSS, X, Y } from "./run_record.js";

/** @import { Advice, OutcomeTold, Scenario, WalkRequest } from "../../contract.js" */
/** @import { Frame } from "./frame.js" */

/**
 * What the stage wants to see: a scenario, the indices of the runs that are shown, and the run whose inside is shown.
 * @typedef {{scenario: Scenario, shown: number[], inside: ?number}} Wish
 */

/**
 * A frame with the names of its columns and parts, and the number of its steps that may be shown.
 * @typedef {Omit<Frame, "columns" | "parts"> & {columns: string[], parts: string[], rows: number}} NamedFrame
 */

/**
 * The request for the walk of the runs that are shown.
 * @param {Wish} wish
 * @param {boolean} live whether a gesture goes on
 * @returns {Omit<WalkRequest, "version" | "slot" | "id">}
 */
export function messageOf({ scenario, shown, inside }, live) {
  const runs = shown.map((index) => scenario.runs[index]);
  const place = inside === null ? null : shown.indexOf(inside);
  return { kind: "walk", scenario: { ...scenario, runs }, inside: place, live };
}

export class Walk {
  /** Steps received so far; -1 before the start has arrived. */
  received = -1;
  /** The inside of one run's steps, if it was requested. */
  inside;
  /** Whether no more will arrive: nothing arrives for a walk without runs. */
  complete;
  /** The runs that may be drawn. */
  runs;
  /** All runs that were requested, in the order of the frames. */
  #records;

  /**
   * @param {Scenario} scenario the whole scenario, as the page shows it
   * @param {number[]} shown the indices of the runs that were requested
   * @param {?number} inside the index of the run whose step parts are sent as well
   * @param {RunRecord[]} records what has arrived of the runs
   */
  constructor(scenario, shown, inside = null, records = shown.map((index) => new RunRecord(index, scenario))) {
    this.scenario = scenario;
    this.shown = shown;
    this.steps = scenario.steps;
    this.complete = shown.length === 0;
    this.#records = records;
    this.runs = records;
    this.inside = inside === null ? null : new Inside(inside, scenario.steps);
  }

  /**
   * The same walk without the runs that have been hidden since it was requested; itself if nothing changes by that.
   * Frames of the request may still be added to it: they fill the records of all runs.
   * @param {Set<number>} hidden indices of runs in this walk's scenario
   * @returns {Walk}
   */
  without(hidden) {
    const runs = this.#records.filter(({ index }) => !hidden.has(index));
    if (runs.length === this.runs.length && runs.every((run, place) => run === this.runs[place])) return this;
    const walk = new Walk(this.scenario, this.shown, null, this.#records);
    const { received, complete, inside } = this;
    Object.assign(walk, {
      received,
      complete,
      inside: inside !== null && hidden.has(inside.index) ? null : inside,
      runs,
    });
    return walk;
  }

  /**
   * Take the first `rows` of a frame's `count` steps from step `first` on.
   * @param {NamedFrame} frame
   */
  add({ first, count, rows, columns, values, parts, inside }) {
    this.inside?.add(first, rows, parts.length, inside);
    this.#records.forEach((run, place) => {
      const from = place * count * columns.length;
      run.add(first, columns, values.subarray(from, from + rows * columns.length));
    });
    this.received = first + rows - 1;
  }

  /**
   * The walk is complete, with an outcome for each run that was requested.
   * @param {OutcomeTold[]} outcomes
   */
  finish(outcomes) {
    this.complete = true;
    this.#records.forEach((run, place) => {
      run.outcome = outcomes[place];
    });
  }

  /**
   * What could be tried after the outcome of one of the runs that were requested.
   * @param {Pick<Advice, "run" | "advice" | "detail" | "change">} message
   */
  advise({ run, advice, detail, change }) {
    this.#records[run].advice = { text: advice, detail, change };
  }

  /**
   * The run with this index in the scenario; null if it is not drawn.
   * @param {number} index
   */
  run(index) {
    return this.runs.find((run) => run.index === index) ?? null;
  }
}
