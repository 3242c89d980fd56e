/** Where a box about something under the pointer goes: beside it, inside the picture, and not over the handle. */

/** @import { Pixel } from "../../kit/types.js" */

/** The radius of a handle and some space around it. */
const HANDLE = 18;
/** The least distance of a box from the edge of the picture. */
const EDGE = 4;

/**
 * The left upper corner of a box: to the right or left of a pixel, in the middle of it, below or above it or the
 * handle; the first place in which it lies inside and leaves the handle free. If there is none, the first that lies
 * inside.
 * @param {Pixel} at
 * @param {{ width: number, height: number }} box
 * @param {{ width: number, height: number }} picture
 * @param {Pixel | null} handle
 * @param {number} gap between the pixel and the box
 * @returns {Pixel}
 */
export function tipPlace([px, py], { width, height }, picture, handle, gap) {
  const lefts = [px + gap, px - gap - width];
  const most = [picture.width - width - EDGE, picture.height - height - EDGE];
  const fitting = lefts.filter((left) => left >= EDGE && left <= most[0]);
  const sides = fitting.length > 0 ? fitting : [Math.max(EDGE, Math.min(lefts[0], most[0]))];
  const beyond = handle === null ? [] : [handle[1] + HANDLE, handle[1] - HANDLE - height];
  const heights = [py - height / 2, py + gap, py - gap - height, ...beyond].map((top) =>
    Math.max(EDGE, Math.min(top, most[1])),
  );
  const places = sides.flatMap((left) => heights.map((top) => /** @type {Pixel} */ ([left, top])));
  const isFree = (/** @type {Pixel} */ [left, top]) => handle === null || !covers(left, top, width, height, handle);
  return places.find(isFree) ?? places[0];
}

/**
 * Whether a box covers a handle.
 * @param {number} left
 * @param {number} top
 * @param {number} width
 * @param {number} height
 * @param {Pixel} handle
 */
function covers(left, top, width, height, [x, y]) {
  return x > left - HANDLE && x < left + width + HANDLE && y > top - HANDLE && y < top + height + HANDLE;
}
