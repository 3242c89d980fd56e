/** The walk of a fan under a pixel: that whose end is nearest, or else that whose path is. */

import { endOf } from "../draw/fan.js";

/** @import { Pixel } from "../../kit/types.js" */
/** @import { DrawnFan } from "../draw/fan.js" */
/** @import { Projection } from "../draw/types.js" */

/** Ends and paths that are farther away than this many pixels are ignored. */
const REACH = { end: 9, path: 4 };

/** A walk of a fan: `at` is the index of the fan in the list. @typedef {{ at: number, walk: number }} FanHit */

/**
 * @param {Pixel} place
 * @param {readonly DrawnFan[]} fans
 * @param {Projection} view
 * @returns {FanHit | null}
 */
export function hitEnd([px, py], fans, view) {
  let best = null;
  let reach = REACH.end;
  fans.forEach(({ fan: { walks }, own }, at) => {
    for (let walk = 0; walk < walks.count; walk += 1) {
      const end = walk === own ? null : endOf(walks, walk);
      if (end === null) continue;
      const [x, y] = view.project(...end);
      const distance = Math.hypot(x - px, y - py);
      if (distance > reach) continue;
      reach = distance;
      best = { at, walk };
    }
  });
  return best;
}

/**
 * @param {Pixel} place
 * @param {readonly DrawnFan[]} fans
 * @param {Projection} view
 * @returns {FanHit | null}
 */
export function hitPath(place, fans, view) {
  let best = null;
  let reach = REACH.path;
  const pixels = new Float64Array(4);
  fans.forEach(({ fan: { walks }, own }, at) => {
    for (let walk = 0; walk < walks.count; walk += 1) {
      if (walk === own) continue;
      for (let point = walks.begins[walk]; point < walks.begins[walk + 1]; point += 1) {
        pixels.copyWithin(0, 2);
        view.projectInto(pixels, 2, walks.points[2 * point], walks.points[2 * point + 1]);
        if (point === walks.begins[walk]) continue;
        const distance = fromLine(place, pixels);
        if (distance > reach) continue;
        reach = distance;
        best = { at, walk };
      }
    }
  });
  return best;
}

/** The distance of a pixel from a line between two others. @param {Pixel} place @param {Float64Array} ends */
export function fromLine([px, py], [ax, ay, bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / length));
  return Math.hypot(ax + along * dx - px, ay + along * dy - py);
}
