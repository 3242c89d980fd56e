/** The box under the pointer on the map of settings. */

import { tipPlace } from "./tip_place.js";

/** @import { Pixel } from "../../kit/types.js" */

/** The distance of the box from the pointer, in pixels. */
const GAP = 14;

/**
 * Show lines beside a pixel, where there is room and the handle is not covered; without lines hide the box.
 * @param {HTMLElement} box
 * @param {string[]} lines
 * @param {Pixel} at
 * @param {{ width: number, height: number }} size of the chart
 * @param {Pixel | null} handle
 */
export function showTip(box, lines, at, size, handle) {
  box.hidden = lines.length === 0;
  box.replaceChildren(...lines.map((line) => Object.assign(document.createElement("div"), { textContent: line })));
  if (lines.length === 0) return;
  const [left, top] = tipPlace(at, { width: box.offsetWidth, height: box.offsetHeight }, size, handle, GAP);
  box.style.transform = `translate(${left}px, ${top}px)`;
}
