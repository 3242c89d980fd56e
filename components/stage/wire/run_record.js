/** The data of one run that has arrived: its numbers at each step, its outcome, and the advice on it. */

import { contract } from "../../contract.js";

/** @import { Change, OutcomeRecord, Scenario } from "../../contract.js" */

/** The columns that every walk has. Frames may have them in any order; here each has a fixed index. */
const FIELDS = contract.wire.columns;
const WIDTH = FIELDS.length;
export const [X, Y, LOSS, GX, GY] = /** @type {[number, number, number, number, number]} */ ([...FIELDS.keys()]);

/** A network is far from the plane if its distance from it is more than this share of how far it has moved. */
const FAR = 0.5;

export class RunRecord {
  /** @type {?OutcomeRecord} */
  outcome = null;
  /**
   * @type {?{text: string, detail: string, change: ?Change}} the advice; null before it arrives, and if there is none
   */
  advice = null;
  /** @type {?number} the first step at which a number is not finite */
  diverged = null;
  received = -1;
  #settings;
  /** @type {Map<string, Float64Array>} further columns: `batch_loss`, those of networks, changing hyperparameters */
  #varying = new Map();

  /** @type {{ step: number, weights: Float32Array }[]} all weights of a network at some steps, in order */
  #kept = [];

  /**
   * @param {number} index of the run in the scenario
   * @param {Scenario} scenario
   */
  constructor(index, { runs, steps }) {
    this.index = index;
    this.values = new Float64Array((steps + 1) * WIDTH).fill(NaN);
    /** The length of the path up to each step. */
    this.distances = new Float64Array(steps + 1);
    this.#settings = runs[index].values;
  }

  /**
   * Add some steps.
   * @param {number} first the first of the steps
   * @param {string[]} columns
   * @param {Float64Array} table (steps, columns) numbers
   */
  add(first, columns, table) {
    const rows = table.length / columns.length;
    columns.forEach((name, column) => {
      const field = FIELDS.indexOf(name);
      const own = field === -1;
      const [target, width, place] = own ? [this.#column(name), 1, 0] : [this.values, WIDTH, field];
      for (let row = 0; row < rows; row += 1) {
        target[(first + row) * width + place] = table[row * columns.length + column];
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

  /**
   * Keep all weights of a network at a step.
   * @param {number} step
   * @param {Float32Array} weights
   */
  keep(step, weights) {
    this.#kept.push({ step, weights });
  }

  /**
   * The latest weights of a network that are known at a position of the playhead, with their step; null if none are.
   * @param {number} position
   */
  keptAt(position) {
    const last = Math.min(position, this.last);
    return this.#kept.findLast(({ step }) => step <= last) ?? null;
  }

  /** @param {string} name */
  #column(name) {
    let column = this.#varying.get(name);
    if (column === undefined) {
      column = new Float64Array(this.distances.length).fill(NaN);
      this.#varying.set(name, column);
    }
    return column;
  }

  /**
   * @param {number} step
   * @param {number} field one of X, Y, LOSS, GX, GY
   */
  at(step, field) {
    return this.values[step * WIDTH + field];
  }

  /**
   * The value of a hyperparameter with which a step was taken, or, as `batch_loss`, the loss of the batch at a step.
   * @param {string} name
   * @param {number} step
   */
  value(name, step) {
    const column = this.#varying.get(name);
    return column === undefined ? this.#settings[name] : column[step];
  }

  /**
   * The length of a step.
   * @param {number} step
   */
  stride(step) {
    return Math.hypot(this.at(step, X) - this.at(step - 1, X), this.at(step, Y) - this.at(step - 1, Y));
  }

  /**
   * Whether the weights of a network are far from the plane: by more than half of the distance that they have moved.
   * @param {number} step
   */
  isFar(step) {
    return this.value("distance", step) > FAR * this.value("moved", step);
  }

  /**
   * The share of a network's path that lies in the plane, up to a step: of the squared distances from the first
   * weights. NaN where it has not moved.
   * @param {number} step
   */
  held(step) {
    let [away, moved] = [0, 0];
    for (let at = 1; at <= step; at += 1) {
      away += this.value("distance", at) ** 2;
      moved += this.value("moved", at) ** 2;
    }
    return 1 - away / moved;
  }

  /** The last step whose position can be drawn. */
  get last() {
    return this.diverged === null ? this.received : Math.max(0, this.diverged - 1);
  }

  /** @param {number} step */
  gradientNorm(step) {
    return Math.hypot(this.at(step, GX), this.at(step, GY));
  }
}
