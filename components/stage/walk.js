/** What the backend has sent of one request: for every run the same numbers that torch computed, in float64. */

const FIELDS = 5;
export const X = 0;
export const Y = 1;
export const LOSS = 2;
export const GX = 3;
export const GY = 4;

export class Walk {
  /**
   * @param {Object} scenario the scenario whole, as the page shows it
   * @param {number[]} shown the indices of the runs that were asked for
   * @param {?number} inside the index of the run of whose steps the parts come too
   */
  constructor(scenario, shown, inside = null) {
    this.scenario = scenario;
    this.shown = shown;
    this.steps = scenario.steps;
    /** Steps received so far; -1 while there is nothing, not even the start. */
    this.received = -1;
    /** Whether no more will come: of a walk without runs, nothing does. */
    this.complete = shown.length === 0;
    this.runs = shown.map((index) => new RunRecord(index, scenario.steps));
    this.inside = inside === null ? null : new Inside(inside, scenario.steps);
  }

  /** Take a chunk: `values` holds (runs, count, 5) numbers from step `first` on, `parts` (count, parts, 2) of one run. */
  add(first, count, values, parts) {
    this.inside?.add(first, count, parts);
    this.runs.forEach((run, place) => {
      run.add(first, values.subarray(place * count * FIELDS, (place + 1) * count * FIELDS));
    });
    this.received = first + count - 1;
  }

  finish(outcomes) {
    this.complete = true;
    this.runs.forEach((run, place) => {
      run.outcome = outcomes[place];
    });
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

  add(first, count, parts) {
    this.#width = parts.length / count;
    this.#table ??= new Float64Array((this.steps + 1) * this.#width).fill(NaN);
    this.#table.set(parts, first * this.#width);
  }

  at(step, column, axis) {
    return this.#table[step * this.#width + 2 * column + axis];
  }
}

class RunRecord {
  outcome = null;
  /** The step at which a number ceased to be finite, if any. */
  diverged = null;

  constructor(index, steps) {
    this.index = index;
    this.values = new Float64Array((steps + 1) * FIELDS).fill(NaN);
    this.distances = new Float64Array(steps + 1);
    this.received = -1;
  }

  add(first, values) {
    this.values.set(values, first * FIELDS);
    const last = first + values.length / FIELDS - 1;
    for (let step = first; step <= last && this.diverged === null; step += 1) {
      if (step > 0) this.distances[step] = this.distances[step - 1] + this.stride(step);
      const finite = [X, Y, LOSS, GX, GY].every((field) => Number.isFinite(this.at(step, field)));
      if (!finite) this.diverged = step;
    }
    this.received = last;
  }

  at(step, field) {
    return this.values[step * FIELDS + field];
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
