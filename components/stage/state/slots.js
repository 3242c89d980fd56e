/**
 * The slots of runs, 0 to 7. A run's slot decides its color and its dash, which so stay the same when other runs are
 * added or removed.
 *
 * A scenario contains no slots. The runs of a scenario that Python has sent get the first slots in order, unless the
 * address sets others (see wire/identity.js).
 */

/** @import { Run, Scenario } from "../../contract.js" */

/**
 * The slots of the runs of every scenario that a store has held. Edits replace scenario objects, and never change them.
 * @type {WeakMap<Scenario, number[]>}
 */
const given = new WeakMap();

/**
 * The slot of each run of a scenario of a store, in the scenario's order.
 * @param {Scenario} scenario
 */
export function slotsOf(scenario) {
  return given.get(scenario) ?? firstSlots(scenario.runs);
}

/**
 * @param {Scenario} scenario
 * @param {number[]} slots of its runs
 */
export function setSlots(scenario, slots) {
  given.set(scenario, slots);
}

/**
 * The slots of runs that have just arrived.
 * @param {readonly unknown[]} runs
 */
export function firstSlots(runs) {
  return runs.map((_, index) => index);
}

/**
 * The slots of the runs after an edit.
 *
 * A run that is the same object keeps its slot at whatever index. Where the number of runs is the same as before, a run
 * that has been changed has the slot of the run that was at its index. Any other run has the lowest free slot.
 * @param {Run[]} before
 * @param {number[]} slots of the runs before
 * @param {Run[]} after
 * @returns {number[]}
 */
export function assignSlots(before, slots, after) {
  /** @type {(number | null)[]} */
  const found = after.map((run) => slots[before.indexOf(run)] ?? null);
  const taken = new Set(found);
  const take = (/** @type {number} */ slot) => {
    taken.add(slot);
    return slot;
  };
  if (before.length === after.length) {
    found.forEach((slot, index) => {
      if (slot === null && !taken.has(slots[index])) found[index] = take(slots[index]);
    });
  }
  const lowest = () => {
    let slot = 0;
    while (taken.has(slot)) slot += 1;
    return slot;
  };
  return found.map((slot) => slot ?? take(lowest()));
}
