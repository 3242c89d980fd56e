/** The line at the bottom of the presenter's view: the keys that can be used now, and what they do. */

import { element, verbatim } from "../kit/element.js";
import { same } from "../kit/sameness.js";
import { words } from "./words.js";

/** @import { KeyState } from "./keys.js" */
/** @typedef {[names: string[], does: string]} Entry */

export class Legend {
  root = element("p", { class: "legend" });
  /** @type {?Entry[]} */
  #shown = null;

  /**
   * Show the keys of a state. The page is changed only if the keys have changed.
   * @param {KeyState} state
   */
  show(state) {
    const entries = keysOf(state);
    if (same(entries, this.#shown)) return;
    this.#shown = entries;
    this.root.replaceChildren(
      ...entries.map(([names, does]) => element("span", {}, ...names.map((name) => verbatim("kbd", {}, name)), does)),
    );
  }
}

/**
 * The keys and what they do.
 * @param {KeyState} state
 */
export function keysOf({ down, choices, answered, inside, more, before, after, scenes }) {
  const { keys } = words;
  /** @type {Entry[]} */
  const all = [];
  if (down) {
    if (choices > 0) all.push([[`1–${choices}`], keys.choose]);
    all.push([[keys.space], keys.run]);
  } else {
    all.push([[keys.space], keys.play], [["←", "→"], keys.step]);
    if (inside) all.push([["↑", "↓"], keys.line]);
    if (!inside || more) all.push([["I"], inside ? keys.lookOn : keys.look]);
  }
  if (inside) all.push([["Esc"], keys.close]);
  if (answered && !inside) all.push([["A"], keys.again]);
  if (scenes > 1) all.push([[keys.pageUp, keys.pageDown], keys.scene]);
  if (after && before) all.push([["N", "P"], keys.both]);
  else if (after) all.push([["N"], keys.next]);
  else if (before) all.push([["P"], keys.previous]);
  all.push([["Q"], keys.code], [["B"], keys.blank], [["?"], keys.all]);
  if (!inside) all.push([["Esc"], keys.leave]);
  return all;
}
