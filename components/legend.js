/** The line at the foot of the presenter's view: the keys that do something now, and what. */

import { element } from "./kit/element.js";
import { same } from "./kit/sameness.js";

export class Legend {
  root = element("p", { class: "legend" });
  #shown = null;

  /** Tell of the keys; the line is touched only when they have changed. */
  show(state) {
    const parts = keys(state);
    if (same(parts, this.#shown)) return;
    this.#shown = parts;
    this.root.replaceChildren(
      ...parts.map(([names, does]) => element("span", {}, ...names.map((name) => element("kbd", {}, name)), does)),
    );
  }
}

/** Keys, and what they do while the curtain is down or up, a step is looked into or not, with a lesson before and after. */
function keys({ down, choices, inside, before, after }) {
  const all = [];
  if (down) {
    if (choices > 0) all.push([[`1–${choices}`], "choose"]);
    all.push([["Space"], "run"]);
  } else {
    all.push([["Space"], "play or pause"], [["←", "→"], "one step"]);
    if (inside) all.push([[",", "."], "one line"]);
    else all.push([["I"], "look inside a step"]);
  }
  if (inside) all.push([down ? ["Esc"] : ["I", "Esc"], "close the inside"]);
  if (after) all.push([["N"], "next lesson"]);
  if (before) all.push([["P"], "previous lesson"]);
  all.push([["Q"], "code to join"]);
  if (!inside) all.push([["Esc"], "leave"]);
  return all;
}
