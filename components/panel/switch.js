/** One number of the scenario that is 0 or 1: its name (which unfolds its help), and a switch. */

import { element } from "../kit/element.js";
import { unfolding } from "./name.js";

export class Switch {
  /**
   * @param {{name: string, help: string}} record
   * @param {{edit: function(number, boolean)}} options called as a Field calls it; a switch is never halfway
   */
  constructor(record, { edit }) {
    // torch's names are shown as torch has them; a switch is ours and is read as words: "correct m" is correct_m.
    const words = record.name.replaceAll("_", " ");
    const { name, help } = unfolding(words, record.help);
    const change = () => edit(this.box.checked ? 1 : 0, false);
    this.box = element("input", {
      type: "checkbox",
      role: "switch",
      class: "switch",
      "aria-label": words,
      "aria-describedby": help.id,
      change,
    });
    this.root = element("div", { class: "field switched" }, name, this.box, help);
  }

  /** Show the value in force. */
  set(value) {
    this.box.checked = value === 1;
  }
}
