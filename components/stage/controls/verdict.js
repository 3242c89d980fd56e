/** The outcome of a run in words, and the step from which it is shown. */

import { brief } from "../../kit/numbers.js";
import { words } from "../words.js";

/** @import { OutcomeRecord } from "../../contract.js" */

/** @typedef {{outcome: OutcomeRecord | null, last: number, received: number}} EndedRun */

const texts = words.controls.card;

/**
 * The outcome in words, once the playhead has reached it.
 * @param {EndedRun} run
 * @param {number} step
 */
export function verdict(run, step) {
  const at = reachedAt(run);
  return at === null || run.outcome === null || step < at ? "" : run.outcome.sentence;
}

/**
 * The step from which the outcome holds, at which it is shown; null if it is not known yet.
 * @param {EndedRun} run
 */
function reachedAt({ outcome, last, received }) {
  return outcome === null ? null : Math.min(outcome.step ?? last, received);
}

/**
 * Whether an outcome is reached between two steps, the later one included: then it is written in the same frame, and so
 * is never later than the playhead.
 * @param {readonly EndedRun[]} runs
 * @param {number} before
 * @param {number} step
 */
export function arrives(runs, before, step) {
  return runs.some((run) => {
    const at = reachedAt(run);
    return at !== null && before < at && at <= step;
  });
}

/**
 * The predicted and the measured spread of a run in words, once its last step is shown.
 * @param {Pick<EndedRun, "outcome" | "received">} run
 * @param {number} step
 */
export function spreadInWords({ outcome, received }, step) {
  const spread = outcome?.spread ?? null;
  if (spread === null || step < received) return "";
  const pair = (/** @type {[number, number]} */ [first, second]) => texts.deviations(brief(first), brief(second));
  return texts.spread(pair(spread.predicted), pair(spread.measured));
}
