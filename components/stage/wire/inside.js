/** The inside of a run: the parts of every step, one for each line of the optimizer's rule after its first line, g. */

export class Inside {
  /** @type {?Float64Array} */
  #table = null;
  #width = 0;

  /**
   * @param {number} index of the run in the scenario
   * @param {number} steps
   */
  constructor(index, steps) {
    this.index = index;
    this.steps = steps;
  }

  /**
   * Add the parts of some steps.
   * @param {number} first the first of the steps
   * @param {number} rows how many steps
   * @param {number} parts how many parts each has
   * @param {Float64Array} table (steps, parts, 2) numbers
   */
  add(first, rows, parts, table) {
    this.#width = 2 * parts;
    this.#table ??= new Float64Array((this.steps + 1) * this.#width).fill(NaN);
    this.#table.set(table.subarray(0, rows * this.#width), first * this.#width);
  }

  /**
   * One number; NaN before it has arrived.
   * @param {number} step
   * @param {number} part
   * @param {number} axis 0 for x, 1 for y
   */
  at(step, part, axis) {
    return this.#table === null ? NaN : this.#table[step * this.#width + 2 * part + axis];
  }
}
