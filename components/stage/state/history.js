/**
 * Undo and redo: the states before the present one, at most `MOST` of them, and those that have been undone.
 *
 * Each state belongs to one committed edit: a whole drag, an entered value, a run added, removed or hidden, a preset.
 */

/** How many edits can be undone. */
export const MOST = 100;

/** @template State */
export class History {
  /** @type {State[]} the oldest first */
  #past = [];
  /** @type {State[]} what was undone, the last undone at the end */
  #future = [];

  /**
   * Store the state that an edit has replaced. States that had been undone are discarded.
   * @param {State} before
   */
  note(before) {
    this.#past.push(before);
    if (this.#past.length > MOST) this.#past.shift();
    this.#future = [];
  }

  /**
   * The state before the last edit.
   * @param {State} present
   * @returns {?State} null if there is none
   */
  undo(present) {
    return move(this.#past, this.#future, present);
  }

  /**
   * The state that was undone last.
   * @param {State} present
   * @returns {?State} null if there is none
   */
  redo(present) {
    return move(this.#future, this.#past, present);
  }
}

/**
 * Take the last state of one list, and add the present one to the other.
 * @template State
 * @param {State[]} from
 * @param {State[]} to
 * @param {State} present
 * @returns {?State}
 */
function move(from, to, present) {
  const state = from.pop();
  if (state === undefined) return null;
  to.push(present);
  return state;
}
