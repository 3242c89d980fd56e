/**
 * A run's identity on the screen: a slot, 0 to 7, which keeps its look while other runs come and go.
 *
 * A link does not know slots: the runs of a scenario that has just arrived have the first ones, in order.
 */

/** The slots of runs that have just arrived. */
export function fresh(runs) {
  return runs.map((_, index) => index);
}

/**
 * The slots of `after`, given those of `before`.
 *
 * A run that is the same object keeps its slot wherever it stands now. Where as many runs stand as before, one that has
 * been changed has the slot of the one in whose place it stands. Any other has the lowest slot that is free.
 */
export function assign(before, slots, after) {
  const given = after.map((run) => slots[before.indexOf(run)] ?? null);
  const taken = new Set(given);
  const take = (slot) => {
    taken.add(slot);
    return slot;
  };
  if (before.length === after.length) {
    given.forEach((slot, index) => {
      if (slot === null && !taken.has(slots[index])) given[index] = take(slots[index]);
    });
  }
  const lowest = () => after.map((_, slot) => slot).find((slot) => !taken.has(slot));
  return given.map((slot) => slot ?? take(lowest()));
}
