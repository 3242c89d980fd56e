/** The key I: it opens the inside of one run after the other, then closes it. */

import { slotsOf } from "./store.js";

/** @import { Store } from "./store.js" */

export class InsideRound {
  #store;
  #unsubscribe;
  /** @type {?number} the slot of the run whose inside was open last */
  #last = null;
  /** @type {?number} the slot of the first run of this round; null while no inside is open */
  #first = null;

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
    this.#unsubscribe = store.subscribe(() => this.#note());
  }

  /** Open the inside of the next run; close it if each run has been shown. */
  turn() {
    const { scenario, hidden, inside } = this.#store;
    const slots = slotsOf(scenario);
    const shown = slots.filter((_, index) => !hidden.has(index));
    const open = inside === null ? null : slots[inside];
    const next = nextInside(shown, { open, first: this.#first, last: this.#last });
    this.#store.openInside(next === null ? null : slots.indexOf(next));
  }

  /** Store which run is open, however it was opened. */
  #note() {
    const { scenario, inside } = this.#store;
    if (inside === null) {
      this.#first = null;
      return;
    }
    this.#last = slotsOf(scenario)[inside];
    this.#first ??= this.#last;
  }

  close() {
    this.#unsubscribe();
  }
}

/**
 * The run whose inside is opened next; null closes it. A round begins with the run that was open last, or with the
 * first run, and ends when each run has been open.
 * @param {number[]} shown the slots of the runs that are not hidden, in order
 * @param {{open: ?number, first: ?number, last: ?number}} state the slots of the run that is open, of the run with
 *   which the round began, and of the run that was open last
 * @returns {?number} its slot
 */
export function nextInside(shown, { open, first, last }) {
  if (shown.length === 0) return null;
  if (open === null) return last !== null && shown.includes(last) ? last : shown[0];
  const next = shown[(shown.indexOf(open) + 1) % shown.length];
  const begin = first !== null && shown.includes(first) ? first : shown[0];
  return next === begin ? null : next;
}
