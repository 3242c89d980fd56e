/** The name of a control: a button that shows and hides the explanation of it. */

import { element, freshId } from "../kit/element.js";
import { words } from "./words.js";

/**
 * A button with the name, and the paragraph that it shows and hides. A hyperparameter's symbol in the formulas follows
 * its name.
 * @param {string} text
 * @param {string} sentence
 * @param {string | null} [symbol]
 * @returns {{name: HTMLButtonElement, help: HTMLParagraphElement}}
 */
export function unfolding(text, sentence, symbol = null) {
  /** @type {HTMLParagraphElement} */
  const help = element("p", { class: "help", id: freshId(), hidden: "" }, sentence);
  // The name is torch's spelling of the hyperparameter: a page translator must not change it.
  /** @type {HTMLButtonElement} */
  const name = element(
    "button",
    { type: "button", class: "name", "aria-expanded": "false", "aria-controls": help.id, title: sentence },
    element("span", { translate: "no" }, symbol === null ? text : words.withSymbol(text, symbol)),
  );
  name.addEventListener("click", () => {
    help.hidden = !help.hidden;
    name.setAttribute("aria-expanded", String(!help.hidden));
  });
  return { name, help };
}
