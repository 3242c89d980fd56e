/** Which run arrived first, and which one ends lowest. */

import { brief } from "../../kit/numbers.js";
import { LOSS } from "../wire/record.js";

/** @import { OutcomeRecord } from "../../contract.js" */

/** @typedef {{index: number, last: number, diverged: number | null, outcome: OutcomeRecord | null}} Finished */
/** @typedef {Finished & {at: (step: number, field: number) => number}} Ranked */

/** The outcomes of a run that ends at a minimum. If one ends at a global minimum, local minima do not count. */
const ARRIVED = /** @type {const} */ (["global_minimum", "local_minimum"]);

/** @typedef {{kind: typeof ARRIVED[number], runs: number[], step: number}} First */

/**
 * The runs that arrived first, and those with the lowest loss at their end, in the digits that the cards show. `first`
 * or `lowest` is null if no run qualifies; the result is null if there is one run only, or an outcome is missing.
 * @param {readonly Ranked[]} runs of a complete walk
 * @returns {{first: First | null, lowest: {runs: number[], loss: number} | null} | null}
 */
export function ranking(runs) {
  if (runs.length < 2 || runs.some((run) => run.outcome === null)) return null;
  const firsts = ARRIVED.map((kind) => firstOf(runs, kind));
  return { first: firsts.find((first) => first !== null) ?? null, lowest: lowestOf(runs) };
}

/**
 * @param {readonly Ranked[]} runs
 * @param {First["kind"]} kind
 * @returns {First | null}
 */
function firstOf(runs, kind) {
  const arrived = runs.flatMap(({ index, outcome }) => (outcome?.kind === kind ? [{ index, step: outcome.step }] : []));
  if (arrived.length === 0) return null;
  const step = Math.min(...arrived.map((run) => run.step));
  return { kind, runs: arrived.filter((run) => run.step === step).map((run) => run.index), step };
}

/** @param {readonly Ranked[]} runs */
function lowestOf(runs) {
  const ends = runs
    .filter((run) => run.diverged === null)
    .map((run) => ({ index: run.index, loss: run.at(run.last, LOSS) }));
  if (ends.length === 0) return null;
  const loss = Math.min(...ends.map((end) => end.loss));
  return { runs: ends.filter((end) => brief(end.loss) === brief(loss)).map((end) => end.index), loss };
}
