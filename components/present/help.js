/** The help sheet of the presenter's view: every key and what it does. */

import { element, verbatim } from "../kit/element.js";
import { words } from "./words.js";

export class Help {
  #root = element("dialog", { class: "mradam-present-help", "aria-labelledby": "mradam-present-help-title" });

  constructor() {
    const rows = words.help.keys.map(([names, does]) =>
      element("div", {}, element("dt", {}, ...names.map((name) => verbatim("kbd", {}, name))), element("dd", {}, does)),
    );
    const close = element(
      "button",
      { type: "button", click: () => this.#root.close(), "aria-label": words.help.close },
      "×",
    );
    this.#root.append(
      close,
      element("h2", { id: "mradam-present-help-title" }, words.help.title),
      element("dl", {}, ...rows),
    );
    this.#root.addEventListener("click", (event) => event.target === this.#root && this.#root.close());
    document.body.append(this.#root);
  }

  get open() {
    return this.#root.open;
  }

  /** Open it, or close it. @param {boolean} dark */
  toggle(dark) {
    this.#root.style.colorScheme = dark ? "dark" : "light";
    if (this.open) this.#root.close();
    else this.#root.showModal();
  }

  remove() {
    this.#root.remove();
  }
}
