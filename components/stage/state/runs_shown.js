/**
 * Which runs are hidden, and the run whose inside is open, by slot: runs that are added or removed change neither.
 *
 * A hidden run has no open inside: hiding a run closes its inside.
 */

export class RunsShown {
  /** @type {Set<number>} the slots of the hidden runs */
  #hidden = new Set();
  /** @type {?number} the slot of the run whose inside is open */
  #inside = null;

  /** The slots of the hidden runs. */
  get hidden() {
    return new Set(this.#hidden);
  }

  /** The slot of the run whose inside is open; null if none is. */
  get inside() {
    return this.#inside;
  }

  /**
   * The indices of the hidden runs.
   * @param {number[]} slots of the runs
   */
  hiddenIn(slots) {
    return new Set(slots.flatMap((slot, index) => (this.#hidden.has(slot) ? [index] : [])));
  }

  /**
   * The index of the run whose inside is open; null if there is none.
   * @param {number[]} slots of the runs
   */
  insideIn(slots) {
    const index = this.#inside === null ? -1 : slots.indexOf(this.#inside);
    return index === -1 ? null : index;
  }

  /**
   * @param {Iterable<number>} hidden slots
   * @param {?number} inside a slot
   */
  set(hidden, inside) {
    this.#hidden = new Set(hidden);
    this.open(inside);
  }

  /**
   * Hide the run with this slot, or show it again.
   * @param {number} slot
   */
  toggle(slot) {
    if (!this.#hidden.delete(slot)) this.#hidden.add(slot);
    this.open(this.#inside);
  }

  /**
   * Open the inside of the run with this slot; null closes it.
   * @param {?number} slot
   */
  open(slot) {
    this.#inside = slot !== null && this.#hidden.has(slot) ? null : slot;
  }

  /**
   * Whether the inside of a run was open in a state and is closed now.
   * @param {{inside: ?number}} before
   */
  closedSince({ inside }) {
    return inside !== null && this.#inside === null;
  }

  /**
   * Forget the slots that no run has: a run that gets one of them later is neither hidden nor open.
   * @param {number[]} slots of the runs
   */
  keep(slots) {
    const { inside } = this;
    this.set(
      [...this.#hidden].filter((slot) => slots.includes(slot)),
      inside !== null && slots.includes(inside) ? inside : null,
    );
  }
}
