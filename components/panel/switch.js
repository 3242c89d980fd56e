/** One number of the scenario that is 0 or 1: its name (a button that shows the explanation) and a switch. */

import { element } from "../kit/element.js";
import { unfolding } from "./name.js";

/** @import { Edit, Named } from "./types.js" */

export class Switch {
  /**
   * @param {Named} record
   * @param {{edit: Edit}} options `edit` is called as by a Field; its `live` is always false
   */
  constructor(record, { edit }) {
    // Names from torch keep their spelling; the name of a switch is ours and is shown as words, such as "correct m".
    const label = record.name.replaceAll("_", " ");
    const { name, help } = unfolding(label, record.help);
    const change = () => edit(this.box.checked ? 1 : 0, false);
    /** @type {HTMLInputElement} */
    this.box = element("input", {
      type: "checkbox",
      role: "switch",
      class: "switch",
      "aria-label": label,
      "aria-describedby": help.id,
      change,
    });
    /** @type {HTMLElement} */
    this.root = element("div", { class: "field switched" }, name, this.box, help);
  }

  /** Show the current value. @param {number} value */
  set(value) {
    this.box.checked = value === 1;
  }
}
