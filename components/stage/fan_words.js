/** The texts about the fan of seeds: the walks of the runs with many seeds. */

import { basins } from "./basin_words.js";

/** @import { Fan } from "../contract.js" */

const runsOf = (/** @type {number} */ count) => (count === 1 ? "1 run" : `${count} runs`);

/** @typedef {Pick<Fan, "arrived" | "circled" | "count">} Facts */

/** @param {Facts} facts */
const arrives = ({ arrived, circled, count }) =>
  `arrives in ${arrived} of ${count}${circled === 0 ? "" : `, circles in ${circled}`}`;

/** The outcomes that begin at no step. */
const OPEN = ["still_moving", "circling"];

export const fan = {
  name: "Many seeds",
  /** Before the shares. @param {number} count @param {number} first @param {number} last */
  lead: (count, first, last) => `${count} seeds (${first} to ${last}):`,
  arrives,
  /** @param {string} run @param {Facts} facts */
  share: (run, facts) => `${run} ${arrives(facts)}`,
  cardHelp: "With so many of the seeds the walk of this run arrives at a minimum, or circles one until the end",
  /** What is drawn. */
  key: "Dot: arrives at a minimum; ring: does not.",
  ellipse: "Ellipse: two standard deviations around the mean of the ends near a minimum.",
  seed: "Seed",
  seedHelp: "Take another seed of the fan: its walk is then the one on the map",

  waiting: "The walks are being computed.",
  /** Without noise and batches there is no chance. */
  same: "Nothing is left to chance here, so all seeds give the same walk. Set noise or a batch to see how they differ.",
  none: "All runs are hidden.",
  network: "There is no fan of seeds for a network: it has more than two weights.",
  /** While something is dragged. @param {number} count @param {number} all */
  fewer: (count, all) => `${count} of the ${all} seeds while you drag: more would be too slow.`,
  /** @param {number} missing @param {number} seconds */
  later: (missing, seconds) =>
    `The seeds of ${runsOf(missing)} follow in ${seconds} s: the computing time for maps is used up.`,

  /**
   * In the box under the pointer, and in the list of seeds.
   * @param {string} run
   * @param {string} kind
   * @param {number} step from which the outcome holds
   */
  ends: (run, kind, step) => `${run}: ${basins.kinds[kind]}${OPEN.includes(kind) ? "" : `, step ${step}`}`,
  /** @param {number} seed */
  ofSeed: (seed) => `seed ${seed}`,
  take: "A click takes this seed.",
  /** An option of the list. @param {number} seed @param {string[]} ends */
  option: (seed, ends) => `${seed} – ${ends.join("; ")}`,

  // For screen readers.
  /** @param {number} count @param {number} first @param {number} last @param {string[]} shares */
  says: (count, first, last, shares) => `${count} seeds, ${first} to ${last}: ${shares.join(", ")}.`,
  /** @param {string} run @param {number} count @param {string[]} numbers the mean, and both standard deviations */
  cloud: (run, count, [x, y, wide, narrow]) =>
    `${count} ends of ${run} lie around x ${x}, y ${y}, with standard deviations ${wide} and ${narrow}.`,
};
