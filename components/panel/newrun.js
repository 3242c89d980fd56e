/** The settings with which a new run, or a run whose optimizer is changed, begins. */

import { exact } from "./typed.js";
import { words } from "./words.js";

/** @import { OptimizerCard } from "../contract.js" */
/** @import { Run } from "./types.js" */

/**
 * A run of an optimizer as it begins, with a sentence that says where its lr comes from.
 *
 * All hyperparameters have their defaults, but lr is that of the first of `others` to which the number means the same:
 * of the same family and with the same allowed range. A run that left the map is not copied: its lr was too large.
 * @param {string} key the optimizer
 * @param {{[key: string]: OptimizerCard}} optimizers
 * @param {Run[]} others
 * @param {(run: Run) => boolean} left whether a run is known to have left the map or to have diverged
 * @returns {{run: Run, note: string}}
 */
export function newRun(key, optimizers, others, left) {
  const values = { ...optimizers[key].defaults };
  const kin = others.filter((run) => alike(optimizers[key], optimizers[run.optimizer]));
  const sane = kin.find((run) => !left(run));
  const name = (/** @type {Run} */ run) => optimizers[run.optimizer].label;
  if (sane !== undefined) {
    values.lr = sane.values.lr;
    return { run: { optimizer: key, values }, note: words.sameRate(name(sane), exact(values.lr)) };
  }
  const rate = exact(values.lr);
  const note = kin.length === 0 ? words.defaultRate(rate) : words.saneRate(rate, name(kin[0]), exact(kin[0].values.lr));
  return { run: { optimizer: key, values }, note };
}

/** Whether lr means the same to two optimizers. @param {OptimizerCard} one @param {OptimizerCard} other */
function alike(one, other) {
  const [a, b] = [one, other].map(({ hyperparameters }) => hyperparameters.find(({ name }) => name === "lr"));
  return one.family === other.family && a?.low === b?.low && a?.high === b?.high;
}
