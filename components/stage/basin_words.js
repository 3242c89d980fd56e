/** The texts about the map of basins: where the walks from all starts end. */

import { brief } from "../kit/numbers.js";

/** @import { Case } from "./state/basin_shares.js" */

/** The outcomes, as parts of a sentence. @type {Readonly<Record<string, string>>} */
const kinds = {
  global_minimum: "global minimum",
  local_minimum: "local minimum",
  saddle: "saddle",
  flat: "flat part",
  circling: "circling",
  still_moving: "still moving",
  left_the_map: "left the map",
  diverged: "diverged",
};

/** The outcomes that begin at no step. */
const OPEN = ["still_moving", "circling"];

/**
 * A share in percent.
 * @param {number} share
 * @param {number} rounded the share in whole percent: of several shares they add up to 100
 */
const percent = (share, rounded = Math.round(100 * share)) => {
  if (rounded === 0 && share > 0) return "<1\u00a0%";
  if (rounded === 100 && share < 1) return ">99\u00a0%";
  return `${rounded}\u00a0%`;
};

export const basins = {
  name: "Basins of attraction",
  /** The label of the list of runs. */
  of: "Basins of",
  /** In the legend of a saved picture. @param {string} run */
  ofRun: (run) => `Basins of ${run}:`,
  ofHelp: "Each point of the map has the color of the place where a walk of this run from there ends",
  color: "Color",
  shows: { outcome: "outcome", steps: "steps to arrive", loss: "final loss" },
  compare: "Compare with",
  alone: "no other run",
  kinds,
  percent,
  /** @param {string} share in percent @param {string} kind */
  share: (share, kind) => `${share} ${kinds[kind]}`,
  /** @type {Record<Case, (share: string, first: string, second: string) => string>} */
  cases: {
    both: (share) => `from ${share} by both`,
    first: (share, first) => `from ${share} only by ${first}`,
    second: (share, _, second) => `from ${share} only by ${second}`,
    neither: (share) => `from ${share} by neither`,
  },
  /** Why several colors belong to one outcome. */
  colors: {
    minima: "Each minimum has its own color.",
    curve:
      "Ends near a marked point of a curve of minima have its color, ends elsewhere on the curve that of the global " +
      "minimum. All are equally low.",
  },
  /** Before the four cases. */
  arrives: "Global minimum reached:",
  /** The ends of a ramp. @param {number} low @param {number} high */
  steps: (low, high) => `arrives after ${low} to ${high} steps`,
  /** @param {number} low @param {number} high @param {boolean} log */
  loss: (low, high, log) => `final loss ${brief(low)} to ${brief(high)}${log ? ", log" : ""}`,
  noNumber: "No walk arrives at a minimum.",

  /** @param {number} seconds */
  coarse: (seconds) => `Coarse for the next ${seconds} s: the computing time for maps is used up.`,
  tooLong: "Coarse: with so many steps a finer map takes too long.",
  /** @param {number} share */
  sensitive: (share) => `${percent(share)} of the starts are sensitive: there rounding decides where a walk ends.`,
  network: "There is no map of basins for a network: a walk starts from all its weights, not from two.",
  part: "The shares are those of the part of the map that is enlarged.",
  waiting: "The map is being computed.",

  // For screen readers.
  /** @param {string} run @param {string[]} shares */
  says: (run, shares) => `Where the walks of ${run} end: ${shares.join(", ")}.`,
  /** @param {string} first @param {string} second @param {string[]} shares */
  compared: (first, second, shares) =>
    `${first} and ${second}, of all starts: the global minimum is reached ${shares.join(", ")}.`,

  /**
   * In the box under the pointer.
   * @param {string} run
   * @param {string} kind
   * @param {number} step from which the outcome holds
   * @param {string} loss
   * @param {string} where which minimum; empty if there is one only
   */
  hover: (run, kind, step, loss, where) =>
    `${run} from here: ${kinds[kind]}${where}, ${OPEN.includes(kind) ? `loss ${loss}` : `step ${step}`}`,
  /** Which of several minima; of a curve of minima, near which marked point. @param {string} x @param {string} y */
  minimum: (x, y) => ` at x ${x}, y ${y}`,
  /** @param {string} x @param {string} y */
  near: (x, y) => ` near the marked point x ${x}, y ${y}`,
};
