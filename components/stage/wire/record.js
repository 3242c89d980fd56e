/**
 * A walk: for every run of one request, the numbers that the backend has sent so far, in float64 as torch computed
 * them.
 */

import { hasWeights } from "./frame.js";
import { Inside } from "./inside.js";
import { RunRecord } from "./run_record.js";

export { GX, GY, LOSS, X, Y } from "./run_record.js";

/** @import { Advice, OutcomeRecord, Scenario } from "../../contract.js" */
/** @import { Frame } from "./frame.js" */

/**
 * A frame with the names of its columns and parts, and the number of its steps that may be shown.
 * @typedef {Omit<Frame, "columns" | "parts"> & {columns: string[], parts: string[], rows: number}} NamedFrame
 */

export class Walk {
  /** Steps received so far; -1 before the start has arrived. */
  received = -1;
  /** The inside of one run's steps, if it was requested. */
  inside;
  /** Whether everything has arrived. A walk without runs is complete from the start. */
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
   * The same walk without the runs that have been hidden since it was requested; this object if there are none. Frames
   * that still arrive can be added to it: it keeps the records of all requested runs.
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
   * Add the first `rows` of the `count` steps in a frame, which begin with step `first`; or the weights in it.
   * @param {NamedFrame} frame
   */
  add(frame) {
    const { first, count, rows, columns, values, parts, inside, weights } = frame;
    if (hasWeights(frame)) {
      const size = weights.length / this.#records.length;
      this.#records.forEach((run, place) => {
        run.keep(first, weights.subarray(place * size, (place + 1) * size));
      });
      return;
    }
    this.inside?.add(first, rows, parts.length, inside);
    this.#records.forEach((run, place) => {
      const from = place * count * columns.length;
      run.add(first, columns, values.subarray(from, from + rows * columns.length));
    });
    this.received = first + rows - 1;
  }

  /**
   * The walk is complete, with an outcome for each run that was requested; or with none, while an example is dragged.
   * @param {OutcomeRecord[]} outcomes
   */
  finish(outcomes) {
    this.complete = true;
    this.#records.forEach((run, place) => {
      run.outcome = outcomes[place] ?? null;
    });
  }

  /**
   * Store the advice on one of the runs that were requested.
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
