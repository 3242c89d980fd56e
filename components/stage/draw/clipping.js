/** The part of a straight line inside a rectangle (Liang and Barsky, 1984). */

/** @import { Area } from "../../kit/types.js" */

/**
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 * @param {Area} area
 * @returns {[number, number, number, number] | null} the ends of the part inside; null if the line misses the rectangle
 */
export function clipLine(x1, y1, x2, y2, { left, top, width, height }) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  if (!Number.isFinite(dx) || !Number.isFinite(dy)) return null;
  let [from, to] = [0, 1];
  const sides = [-dx, x1 - left, dx, left + width - x1, -dy, y1 - top, dy, top + height - y1];
  for (let side = 0; side < sides.length; side += 2) {
    const [along, room] = [sides[side], sides[side + 1]];
    if (along === 0 && room < 0) return null;
    if (along < 0) from = Math.max(from, room / along);
    if (along > 0) to = Math.min(to, room / along);
  }
  if (from > to) return null;
  // An end that is inside is returned as it is: far from zero, computing it again would lose its last digits.
  const [ax, ay] = from === 0 ? [x1, y1] : [x1 + dx * from, y1 + dy * from];
  const [bx, by] = to === 1 ? [x2, y2] : [x1 + dx * to, y1 + dy * to];
  return [ax, ay, bx, by];
}
