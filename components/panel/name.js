/** The name of a control, which unfolds what it means. */

import { element, freshId } from "../kit/element.js";

/** A button with the name, and the paragraph that it shows and hides. */
export function unfolding(text, sentence) {
  const help = element("p", { class: "help", id: freshId(), hidden: "" }, sentence);
  const name = element(
    "button",
    { type: "button", class: "name", "aria-expanded": "false", "aria-controls": help.id, title: sentence },
    element("span", {}, text),
  );
  name.addEventListener("click", () => {
    help.hidden = !help.hidden;
    name.setAttribute("aria-expanded", String(!help.hidden));
  });
  return { name, help };
}
