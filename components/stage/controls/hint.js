/** The hint over the map: shown until the visitor has changed something for the first time, on any visit. */

import { recall, remember } from "../state/memory.js";

/** Show the hint, unless the visitor has seen it. @param {HTMLElement} hint */
export function showHint(hint) {
  hint.hidden = recall("hint") !== null;
}

/** The visitor has changed something: never show the hint again. @param {HTMLElement} hint */
export function hideHint(hint) {
  if (hint.hidden) return;
  hint.hidden = true;
  remember("hint", "seen");
}
