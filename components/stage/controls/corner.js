/** Chooses the corner of the map for the tools: the first in which they do not cover the start's ring. */

/** @import { Area, Box, Pixel } from "../../kit/types.js" */

/** The ring's radius and some space around it, in pixels. */
const RING = 20;
const INSET = { side: 8, top: 8, bottom: 12 };

/** In the order in which they are tried. If the ring is in the way in all of them, the first is chosen. */
const CORNERS = /** @type {const} */ (["top-left", "top-right", "bottom-left"]);

/**
 * @param {Area} area
 * @param {{w: number, h: number}} size of the tools
 * @param {Pixel} ring the middle of the start's ring
 * @returns {Box & {corner: typeof CORNERS[number]}}
 */
export function cornerFor(area, size, [px, py]) {
  const boxes = CORNERS.map((corner) => ({ corner, ...boxIn(area, size, corner) }));
  const free = boxes.find(({ x, y, w, h }) => px < x - RING || px > x + w + RING || py < y - RING || py > y + h + RING);
  return free ?? boxes[0];
}

/**
 * @param {Area} area
 * @param {{w: number, h: number}} size
 * @param {string} corner
 * @returns {Box}
 */
function boxIn({ left, top, width, height }, { w, h }, corner) {
  const x = corner.endsWith("left") ? left + INSET.side : left + width - w - INSET.side;
  const y = corner.startsWith("top") ? top + INSET.top : top + height - h - INSET.bottom;
  return { x, y, w, h };
}
