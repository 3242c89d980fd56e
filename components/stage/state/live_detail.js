/** How much detail the answers of a gesture have: as much as arrives in time. */

/**
 * If an answer takes longer than `slow` milliseconds, the next one of the gesture has half of the detail, beyond
 * `slower` a quarter; if it takes less than `fast`, twice as much.
 */
const LIVE_MS = { slower: 400, slow: 120, fast: 40 };

export class LiveDetail {
  /** The rows of a map, or the seeds of a fan, that the next request asks for. */
  count;
  #least;
  #most;
  #now;
  /** When the last answer arrived, in milliseconds. */
  #last = 0;

  /**
   * @param {{ first: number, most: number, least: number }} range
   * @param {() => number} now the time in milliseconds
   */
  constructor({ first, most, least }, now) {
    this.count = first;
    this.#least = least;
    this.#most = most;
    this.#now = now;
  }

  /**
   * An answer of the gesture is complete.
   * @param {number} made when its request was made
   * @param {boolean} empty whether the budget of the socket was used up: then it counts as slow
   */
  arrived(made, empty = false) {
    const now = this.#now();
    const took = now - Math.max(made, this.#last);
    this.#last = now;
    const slow = empty || took > LIVE_MS.slow;
    const factor = took > LIVE_MS.slower ? 1 / 4 : slow ? 1 / 2 : took < LIVE_MS.fast ? 2 : 1;
    this.count = Math.max(this.#least, Math.min(this.#most, this.count * factor));
  }
}
