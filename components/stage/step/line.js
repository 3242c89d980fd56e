/** One line of an optimizer's rule on the screen: in letters, and below in this step's numbers, along x and y. */

/** @import { Rule, RuleLine } from "../../contract.js" */
/** @import { Formula } from "./formula.js" */
/** @import { Step } from "./step.js" */

import { element } from "../../kit/element.js";
import { words } from "../words.js";
import { Inks, Letters, Row } from "./numbers.js";

/**
 * `shown`: its drawing on the map is switched on; `lit`: it is the selected line; `waits`: it comes after that line.
 */
/** @typedef {{shown: boolean, lit: boolean, waits: boolean}} State */

export class Line {
  #letters;
  #rows;

  /**
   * @param {RuleLine} record
   * @param {Rule} rule that it is a line of
   * @param {string[]} axes the names of both weights
   * @param {{toggled(key: string): void, pointed(key: ?string): void}} callbacks `toggled` switches the line's
   *   drawing, `pointed` is called with the key when the pointer enters the line, and with null when it leaves
   */
  constructor(record, rule, axes, { toggled, pointed }) {
    this.record = record;
    const [drawn, inks] = [record.drawn !== "vector" && record.drawn !== "number", new Inks(rule)];
    this.toggle = element("button", {
      type: "button",
      class: "mark",
      "aria-label": words.step.onMap(record.label),
      title: words.step.toggle(record.label),
      click: () => toggled(record.key),
    });
    this.toggle.style.visibility = drawn ? "" : "hidden";
    this.#letters = new Letters(inks, { letter: record.letter, ink: record.ink });
    const names = record.drawn === "number" ? [""] : axes;
    this.#rows = names.map((name, axis) => new Row(name, axis, inks, { noisy: record.key === "g" }));
    const label = element("span", { class: "label" }, record.label);
    const head = element("div", { class: "head" }, this.toggle, this.#letters.root, label);
    this.root = element(
      "li",
      {
        class: `line ink-${record.ink}`,
        "data-line": record.key,
        title: record.help,
        pointerenter: () => pointed(record.key),
        pointerleave: () => pointed(null),
      },
      head,
      ...this.#rows.map((row) => row.root),
    );
  }

  /**
   * Show the line's state.
   * @param {State} state
   */
  showState({ shown, lit, waits }) {
    const pressed = String(shown);
    if (this.toggle.getAttribute("aria-pressed") !== pressed) this.toggle.setAttribute("aria-pressed", pressed);
    this.root.toggleAttribute("data-lit", lit);
    this.root.toggleAttribute("data-waits", waits);
    if (lit) this.root.setAttribute("aria-current", "step");
    else this.root.removeAttribute("aria-current");
  }

  /**
   * Show the numbers of a step.
   * @param {Step} step
   */
  fill(step) {
    this.spell((name) => step.value(name));
    this.#rows.forEach((row, axis) => {
      row.fill(this.record.formula, step, step.result(this.record, axis));
    });
  }

  /**
   * Write the line in letters. Cases that the hyperparameters decide are replaced by their result.
   * @param {(name: string) => number} value of a hyperparameter
   */
  spell(value) {
    this.#letters.spell(this.record.formula, value);
  }
}
