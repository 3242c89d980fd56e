/** Places the start's ring, an element that lies over the map. */

import { brief } from "../../kit/numbers.js";
import { words } from "../words.js";

/** @import { Point } from "../../kit/types.js" */
/** @import { View } from "./view.js" */

/**
 * Put the ring at the start, and hide it if the start is outside of the view.
 * @param {HTMLElement} handle
 * @param {View} view
 * @param {Point} start
 */
export function placeHandle(handle, view, [x, y]) {
  const [px, py] = view.project(x, y);
  handle.toggleAttribute("data-away", !view.holds(px, py));
  if (view.holds(px, py)) handle.style.transform = `translate(${px}px, ${py}px)`;
  const name = words.draw.handle(brief(x), brief(y));
  if (handle.getAttribute("aria-label") !== name) handle.setAttribute("aria-label", name);
}
