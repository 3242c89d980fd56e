/** The black screen: it covers the page until a key is pressed or the screen is clicked. */

import { element } from "../kit/element.js";
import { words } from "./words.js";

export class Blank {
  #root = element("div", { class: "mradam-present-blank", role: "status", hidden: "", pointerdown: () => this.hide() });

  constructor() {
    document.body.append(this.#root);
  }

  get shown() {
    return !this.#root.hidden;
  }

  show() {
    this.#root.hidden = false;
    // A live region is read aloud when its text is set.
    this.#root.textContent = words.view.blank;
  }

  hide() {
    this.#root.hidden = true;
    this.#root.textContent = "";
  }

  remove() {
    this.#root.remove();
  }
}
