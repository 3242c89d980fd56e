/** One step of one run: the number of every symbol in its rule, along x and along y. */

/** @import { Rule, RuleLine } from "../../contract.js" */
/** @import { Walk } from "../wire/record.js" */
/** @import { Lookup } from "./formula.js" */

import { networkOf } from "../../kit/networks.js";
import { GX, X } from "../wire/record.js";
import { axesOf } from "./axes.js";

export class Step {
  /** The step's number, t; 0 if the run has taken no step that can be drawn. */
  number;
  #inside;
  #watched;

  /**
   * @param {Walk} walk that includes the parts of a run's steps
   * @param {Rule} rule of the run's optimizer
   * @param {number} position of the playhead: the step that begins there, or the last one if none does
   */
  constructor(walk, rule, position) {
    const { inside } = walk;
    const run = inside === null ? null : walk.run(inside.index);
    if (inside === null || run === null) throw new Error("This walk came without the parts of its steps.");
    this.walk = walk;
    this.rule = rule;
    this.run = run;
    this.#inside = inside;
    this.#watched = networkOf(walk.scenario) !== null;
    this.number = Math.min(Math.floor(position + 1e-9) + 1, run.last);
  }

  /**
   * Another step of the same run.
   * @param {number} number
   */
  at(number) {
    return new Step(this.walk, this.rule, number - 1);
  }

  /** The last line of the rule, which computes the new position. */
  get update() {
    return /** @type {RuleLine} */ (this.rule.lines.at(-1));
  }

  /**
   * The lookup of symbols along an axis; see charts/formula.py.
   * @param {number} axis
   * @returns {Lookup}
   */
  lookup(axis) {
    return (of) => {
      switch (of[0]) {
        case "gradient":
          return this.#gradient(this.number - 1, axis);
        case "position":
          return this.before(axis);
        case "step":
          return this.number;
        case "value":
          return this.value(of[1]);
        case "part":
          return this.part(of[1], axis, of[2]);
      }
    };
  }

  /**
   * The value of a hyperparameter with which the step was taken.
   * @param {string} name
   * @returns {number}
   */
  value(name) {
    return this.run.value(name, this.number);
  }

  /**
   * A part of the step, or of one `back` steps before.
   * @param {string} key
   * @param {number} axis
   * @returns {number}
   */
  part(key, axis, back = 0) {
    const at = this.number - back;
    if (key === "g") return this.#gradient(at - 1, axis);
    const line = this.rule.lines.findIndex((one) => one.key === key);
    // g, the first line, is not among the parts that are sent.
    return at < 1 ? this.rule.lines[line].initial : this.#inside.at(at, line - 1, axis);
  }

  /**
   * What a line computes: its part, or for the last line the new position.
   * @param {RuleLine} line
   * @param {number} axis
   */
  result(line, axis) {
    return line.key === "update" ? this.after(axis) : this.part(line.key, axis);
  }

  /**
   * The position before the step.
   * @param {number} axis
   * @returns {number}
   */
  before(axis) {
    return this.#weight(this.number - 1, axis);
  }

  /**
   * The position after the step.
   * @param {number} axis
   * @returns {number}
   */
  after(axis) {
    return this.#weight(this.number, axis);
  }

  /** The position on the map before the step. @returns {[number, number]} */
  get place() {
    return [this.run.at(this.number - 1, X), this.run.at(this.number - 1, X + 1)];
  }

  /** The names of both weights. */
  get axes() {
    return axesOf(this.walk.scenario);
  }

  /** Whether the weights are those of the map: then the step can be drawn on it. */
  get isOnMap() {
    return !this.#watched;
  }

  /** @param {number} at a step @param {number} axis */
  #weight(at, axis) {
    return this.#watched ? this.run.value(`weight_${axis + 1}`, at) : this.run.at(at, X + axis);
  }

  /** @param {number} at a step @param {number} axis */
  #gradient(at, axis) {
    return this.#watched ? this.run.value(`slope_${axis + 1}`, at) : this.run.at(at, GX + axis);
  }
}
