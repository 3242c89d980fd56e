/** Rectangles on the screen, in CSS pixels. */

/** @import { Box } from "./types.js" */

/**
 * Whether two rectangles share an area.
 * @param {Box} a
 * @param {Box} b
 */
export function overlap(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
