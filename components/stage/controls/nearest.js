/** The step of a walk that is drawn nearest to a pixel. */

import { X, Y } from "../wire/record.js";

/** @import { Pixel, Point } from "../../kit/types.js" */

/** Steps farther away than this many pixels are ignored. */
const REACH = 14;

/**
 * The part of a run's record that is read.
 * @typedef {{index: number, last: number, at: (step: number, field: number) => number}} Steps
 */

/**
 * @template {Steps} Run
 * @param {Pixel} place
 * @param {readonly Run[]} runs
 * @param {number} step the last step that is shown
 * @param {(x: number, y: number) => Point} project
 * @returns {{run: Run, at: number, place: Pixel} | null}
 */
export function nearest([px, py], runs, step, project) {
  let best = null;
  let reach = REACH;
  for (const run of runs) {
    for (let at = 0; at <= Math.min(step, run.last); at += 1) {
      const place = project(run.at(at, X), run.at(at, Y));
      const distance = Math.hypot(place[0] - px, place[1] - py);
      if (distance > reach) continue;
      reach = distance;
      best = { run, at, place };
    }
  }
  return best;
}
