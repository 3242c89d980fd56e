/** What the backend has sent of one request: for every run the same numbers that torch computed, in float64. */

import { contract } from "../../contract.js";

/** The columns that every walk has; each is found in a frame by its name, and kept here at its place. */
const FIELDS = contract.wire.columns;
const WIDTH = FIELDS.length;
export const [X, Y, LOSS, GX, GY] = FIELDS.keys();

/** What asks the backend for the walk of the runs that are `shown`; `live`: a gesture goes on. */
export function messageOf({ scenario, shown, inside }, live) {
  const runs = shown.map((index) => scenario.runs[index]);
  const place = inside === null ? null : shown.indexOf(inside);
  return { kind: "walk", scenario: { ...scenario, runs }, inside: place, live };
}

export class Walk {
  /**
   * @param {Object} scenario the scenario whole, as the page shows it
   * @param {number[]} shown the indices of the runs that were asked for
   * @param {?number} inside the index of the run whose step parts are sent as well
   */
  constructor(scenario, shown, inside = null) {
    this.scenario = scenario;
    this.shown = shown;
    this.steps = scenario.steps;
    /** Steps received so far; -1 while there is nothing, not even the start. */
    this.received = -1;
    /** Whether no more will come: of a walk without runs, nothing does. */
    this.complete = shown.length === 0;
    this.runs = shown.map((index) => new RunRecord(index, scenario));
    this.inside = inside === null ? null : new Inside(inside, scenario.steps);
  }

  /**
   * Take a frame, or the first `rows` of its `count` steps from `first` on: `values` holds (runs, count, columns)
   * numbers, `columns` their names; `inside` (count, parts, 2) of one run.
   */
  add({ first, count, rows, columns, values, parts, inside }) {
    this.inside?.add(first, rows, parts.length, inside);
    this.runs.forEach((run, place) => {
      const from = place * count * columns.length;
      run.add(first, columns, values.subarray(from, from + rows * columns.length));
    });
    this.received = first + rows - 1;
  }

  finish(outcomes) {
    this.complete = true;
    this.runs.forEach((run, place) => {
      run.outcome = outcomes[place];
    });
  }

  /** What could be tried after the outcome of one of the runs that were asked for. */
  advise({ run, advice, detail, change }) {
    this.runs[run].advice = { text: advice, detail, change };
  }

  run(index) {
    return this.runs.find((run) => run.index === index) ?? null;
  }
}

/** The parts of every step of one run, as the optimizer's rule has them in its lines after g. */
class Inside {
  #table = null;
  #width = 0;

  constructor(index, steps) {
    this.index = index;
    this.steps = steps;
  }

  add(first, rows, parts, table) {
    this.#width = 2 * parts;
    this.#table ??= new Float64Array((this.steps + 1) * this.#width).fill(NaN);
    this.#table.set(table.subarray(0, rows * this.#width), first * this.#width);
  }

  at(step, column, axis) {
    return this.#table[step * this.#width + 2 * column + axis];
  }
}

class RunRecord {
  outcome = null;
  /** What could be tried, `{text, detail, change}`; null until it comes, and where there is nothing to say. */
  advice = null;
  /** The step at which a number ceased to be finite, if any. */
  diverged = null;
  #settings;
  /** By its name, each hyperparameter that changes from step to step. */
  #varying = new Map();

  constructor(index, { runs, steps }) {
    this.index = index;
    this.values = new Float64Array((steps + 1) * WIDTH).fill(NaN);
    this.distances = new Float64Array(steps + 1);
    this.received = -1;
    this.#settings = runs[index].values;
  }

  add(first, columns, table) {
    const rows = table.length / columns.length;
    columns.forEach((name, column) => {
      const field = FIELDS.indexOf(name);
      const [kept, width, place] = field === -1 ? [this.#column(name), 1, 0] : [this.values, WIDTH, field];
      for (let row = 0; row < rows; row += 1) {
        kept[(first + row) * width + place] = table[row * columns.length + column];
      }
    });
    const last = first + rows - 1;
    for (let step = first; step <= last && this.diverged === null; step += 1) {
      if (step > 0) this.distances[step] = this.distances[step - 1] + this.stride(step);
      const finite = [X, Y, LOSS, GX, GY].every((field) => Number.isFinite(this.at(step, field)));
      if (!finite) this.diverged = step;
    }
    this.received = last;
  }

  #column(name) {
    if (!this.#varying.has(name)) this.#varying.set(name, new Float64Array(this.distances.length).fill(NaN));
    return this.#varying.get(name);
  }

  at(step, field) {
    return this.values[step * WIDTH + field];
  }

  /** The value of a hyperparameter with which a step was taken. */
  value(name, step) {
    const column = this.#varying.get(name);
    return column === undefined ? this.#settings[name] : column[step];
  }

  stride(step) {
    return Math.hypot(this.at(step, X) - this.at(step - 1, X), this.at(step, Y) - this.at(step - 1, Y));
  }

  /** The last step that has a place to be drawn at. */
  get last() {
    return this.diverged === null ? this.received : Math.max(0, this.diverged - 1);
  }

  gradientNorm(step) {
    return Math.hypot(this.at(step, GX), this.at(step, GY));
  }
}
