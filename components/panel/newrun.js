/** The first settings of a new run, or of a run whose optimizer has been changed. */

import { exact } from "./typed.js";
import { words } from "./words.js";

/** @import { OptimizerCard } from "../contract.js" */
/** @import { Run } from "./types.js" */

/**
 * A run with the first settings of an optimizer, and a sentence that says where its lr comes from.
 *
 * All hyperparameters have their defaults, except lr: it is copied from the first comparable run of `others`, one whose
 * optimizer has the same family and the same range of lr. An lr with which a run left the map is not copied.
 * @param {string} key the optimizer
 * @param {{[key: string]: OptimizerCard}} optimizers
 * @param {Run[]} others
 * @param {(run: Run) => boolean} left whether a run is known to have left the map or to have diverged
 * @returns {{run: Run, note: string}}
 */
export function newRun(key, optimizers, others, left) {
  const values = { ...optimizers[key].defaults };
  const comparable = others.filter((run) => alike(optimizers[key], optimizers[run.optimizer]));
  const source = comparable.find((run) => !left(run));
  const name = (/** @type {Run} */ run) => optimizers[run.optimizer].label;
  if (source !== undefined) {
    values.lr = source.values.lr;
    return { run: { optimizer: key, values }, note: words.copiedRate(name(source), exact(values.lr)) };
  }
  const rate = exact(values.lr);
  const note =
    comparable.length === 0
      ? words.defaultRate(rate)
      : words.defaultRateInstead(rate, name(comparable[0]), exact(comparable[0].values.lr));
  return { run: { optimizer: key, values }, note };
}

/** Whether lr means the same to two optimizers. @param {OptimizerCard} one @param {OptimizerCard} other */
function alike(one, other) {
  const [a, b] = [one, other].map(({ hyperparameters }) => hyperparameters.find(({ name }) => name === "lr"));
  return one.family === other.family && a?.low === b?.low && a?.high === b?.high;
}
