/** The whole step, large, at the top of the panel: what is added to the position, and the new position. */

/** @import { Rule } from "../../contract.js" */
/** @import { Step } from "./step.js" */

import { element } from "../../kit/element.js";
import { exact, significant } from "../../kit/numbers.js";
import { words } from "../words.js";
import { AXES } from "./axes.js";
import { compute, stacked, stepFormula } from "./formula.js";
import { math } from "./mathml.js";
import { Inks, Letters, Row, writeNumber } from "./numbers.js";

export class Whole {
  /** @type {HTMLElement} */
  root = element("div", { class: "whole-step ink-update", role: "group", "aria-label": words.step.wholeStep });
  #rule;
  #letters;
  #rows;
  #positions;
  #waits = false;

  /** @param {Rule} rule @param {string[]} axes the names of both weights */
  constructor(rule, axes) {
    this.#rule = rule;
    const inks = new Inks(rule);
    this.#letters = new Letters(inks, null);
    this.#rows = axes.map((name, axis) => new Row(name, axis, inks, { noisy: false }));
    this.#positions = axes.map((name) => new PositionRow(name));
    const waiting = element("p", { class: "waiting" }, words.step.waiting);
    const rows = element("div", { class: "rows sums" }, waiting, ...this.#rows.map((row) => row.root));
    const label = element("p", { class: "label" }, words.step.position);
    const positions = element("div", { class: "rows positions" }, label, ...this.#positions.map((row) => row.root));
    this.root.append(this.#letters.root, rows, positions);
  }

  /**
   * @param {boolean} lit whether the last line is selected
   * @param {boolean} waits whether a line before the last one is selected: then a sentence takes the place of the
   *   step's numbers, and of the positions only the one before the step is shown
   */
  showState(lit, waits) {
    this.#waits = waits;
    this.root.toggleAttribute("data-lit", lit);
    this.root.toggleAttribute("data-waits", waits);
  }

  /**
   * Show the numbers of a step.
   * @param {Step} step
   */
  fill(step) {
    const value = (/** @type {string} */ name) => step.value(name);
    this.spell(value);
    const formula = stepFormula(this.#rule, value);
    for (const axis of AXES) {
      const added = compute(formula, step.lookup(axis));
      this.#rows[axis].fill(formula, step, added);
      this.#positions[axis].fill(step.before(axis), this.#waits ? null : added, step.after(axis));
    }
  }

  /**
   * Write the step in letters.
   * @param {(name: string) => number} value of a hyperparameter
   */
  spell(value) {
    const lead = [math("mtext", words.step.step), math("mo", "=")];
    this.#letters.spell(stacked(stepFormula(this.#rule, value)), value, lead);
  }
}

/** Along one axis: the position before, the step, and the position after. */
class PositionRow {
  /** @type {HTMLElement} */
  #before = element("span", {});
  /** @type {HTMLElement} */
  #step = element("span", { class: "part" });
  /** @type {HTMLElement} */
  #after = element("output", { class: "result" });

  /** @param {string} name of the axis */
  constructor(name) {
    const letter = element("span", { class: "axis" }, name);
    const sum = element("span", { class: "sum" }, this.#before, " ", this.#step);
    /** @type {HTMLElement} */
    this.root = element("div", { class: "numbers", translate: "no" }, letter, sum, this.#after);
  }

  /**
   * @param {number} before
   * @param {?number} added null: not computed yet, and so is the position after
   * @param {number} after
   */
  fill(before, added, after) {
    writeNumber(this.#before, significant(before), exact(before));
    if (added === null) {
      writeNumber(this.#step, `+ ${words.step.unknown}`, null);
      writeNumber(this.#after, `= ${words.step.unknown}`, null);
      return;
    }
    const size = significant(Math.abs(added));
    writeNumber(this.#step, added < 0 ? `− ${size}` : `+ ${size}`, exact(added));
    writeNumber(this.#after, `= ${significant(after)}`, exact(after));
  }
}
