/** One step of one run, looked into: what every symbol of its rule stands for, x and y apart. */

import { GX, X } from "../wire/record.js";

export class Step {
  /**
   * @param {Walk} walk with the inside of a run
   * @param {{lines: Object[], rate: Array}} rule of the run's optimizer
   * @param {number} position of the playhead: the step that begins there, or the last one if none does
   */
  constructor(walk, rule, position) {
    this.walk = walk;
    this.rule = rule;
    this.run = walk.run(walk.inside.index);
    /** The step's number, t; 0 if the run has not taken a single step that can be drawn. */
    this.number = Math.min(Math.floor(position + 1e-9) + 1, this.run.last);
  }

  /** The same run at another step. */
  at(number) {
    const other = Object.create(Step.prototype);
    return Object.assign(other, this, { number });
  }

  /** What symbols stand for along an axis (0: x, 1: y): see charts/formula.py. */
  look(axis) {
    return (of) => {
      switch (of[0]) {
        case "gradient":
          return this.run.at(this.number - 1, GX + axis);
        case "position":
          return this.run.at(this.number - 1, X + axis);
        case "step":
          return this.number;
        case "value":
          return this.value(of[1]);
        default:
          return this.part(of[1], axis, of[2]);
      }
    };
  }

  /** The value of a hyperparameter with which the step was taken. */
  value(name) {
    return this.run.value(name, this.number);
  }

  /** A part of the step, or of one `back` steps before. */
  part(key, axis, back = 0) {
    const at = this.number - back;
    if (key === "g") return this.run.at(at - 1, GX + axis);
    const column = this.rule.lines.findIndex((line) => line.key === key) - 1;
    return at < 1 ? this.rule.lines[column + 1].initial : this.walk.inside.at(at, column, axis);
  }

  /** What a line computes: its part, but for the last line, which gives the new position. */
  result(line, axis) {
    return line.key === "update" ? this.run.at(this.number, X + axis) : this.part(line.key, axis);
  }

  before(axis) {
    return this.run.at(this.number - 1, X + axis);
  }
}
