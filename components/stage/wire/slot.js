/**
 * One slot of the line to the backend: what is asked for in it, what of it may be shown, and when the next may follow.
 *
 * It has no clock of its own: whoever calls says what time it is, in milliseconds.
 */

import { contract } from "../../contract.js";

const LIVE_MS = contract.wire.live_ms;

export class Slot {
  /** The newest request that has not been sent; of those that wait only the newest counts. */
  #waiting = null;
  /** Whether that request is for advice alone: its walk is on the screen, and is not shown again. */
  #repeated = false;
  /** The request that was sent last, and what has come of it. */
  #current = null;
  /** How many steps a picture of this gesture has to show: as many as the one before. */
  #least = 0;

  /** The id of the request that is being answered; null if there is none. */
  get id() {
    return this.#current?.id ?? null;
  }

  get request() {
    return this.#current?.request ?? null;
  }

  /** Whether the request has been answered, and none that is newer waits. */
  get complete() {
    return this.#waiting === null && this.#current !== null && this.#current.complete;
  }

  /** @param {{live: boolean, message: {scenario: {steps: number}}}} request live: a gesture goes on */
  ask(request) {
    this.#waiting = request;
    this.#repeated = false;
  }

  /** Whether the present request is for advice alone: nothing of its walk is shown. */
  get repeats() {
    return this.#current.repeats;
  }

  /** Whether advice is wanted on the present walk, and some of it has not come. */
  get #lacksAdvice() {
    const { wanted, advised, begin } = this.#current;
    return wanted && advised.size < begin.runs;
  }

  /** Advice is wanted on a walk that has come whole; the id under which the backend knows it, or null. */
  advise() {
    if (!this.complete) return null;
    this.#current.wanted = true;
    if (!this.#current.lost) return this.#current.id;
    this.#repeat();
    return null;
  }

  /** Advice on one of the runs has come. */
  advised(run) {
    this.#current.advised.add(run);
  }

  /** Ask for the walk once more, which the backend remembers, since it advises on what it has just sent. */
  #repeat() {
    if (this.#waiting !== null || !this.#lacksAdvice) return;
    [this.#waiting, this.#repeated] = [this.#current.request, true];
  }

  /** The gesture has ended: the next one begins without a picture before it. */
  rest() {
    this.#least = 0;
  }

  /**
   * The request that is to be sent now, under this id; null if none is, or if it has to wait for the present picture:
   * so a pointer that never rests still sees pictures, and under a gesture whole ones.
   */
  next(id, now) {
    if (this.#waiting === null || !this.#free) return null;
    const request = this.#waiting;
    this.#waiting = null;
    const repeats = this.#repeated;
    const nothing = { begin: null, held: [], received: -1, shown: repeats, late: false, complete: false, lost: false };
    this.#current = { id, request, sent: now, ...nothing, repeats, wanted: repeats, advised: new Set() };
    this.#repeated = false;
    return request;
  }

  get #free() {
    const current = this.#current;
    if (current === null || current.complete || current.shown) return true;
    return !this.#waiting.live && current.received >= 0;
  }

  /** The answer begins: `begin` names what its frames hold. */
  begin(begin) {
    this.#current.begin = begin;
  }

  /**
   * Take a frame.
   * @returns {Object[]} the frames to show, in order, with the names of their columns and parts, and of how many of
   *   their steps (`rows`). Under a gesture none, until the walk is whole, or has taken `LIVE_MS` and shows no fewer
   *   steps than the picture before.
   */
  take(frame, now) {
    const current = this.#current;
    if (current.repeats) return [];
    const { columns, parts } = current.begin;
    current.held.push({ ...frame, columns, parts, rows: frame.count });
    current.received = frame.first + frame.count - 1;
    if (!current.shown && current.request.live && !this.#enough(current, now)) return [];
    current.shown = true;
    return current.held.splice(0);
  }

  /** Whether what has come of a walk under a gesture makes a picture. */
  #enough(current, now) {
    const whole = current.received === current.request.message.scenario.steps;
    if (!whole && now - current.sent < LIVE_MS) return false;
    if (!whole && current.received < this.#least) {
      current.late = true;
      return false;
    }
    if (!current.late) {
      this.#least = current.received;
    } else if (this.#waiting !== null) {
      // This walk was late. Show only as many steps as the last picture, so that the next picture need not show more.
      const last = current.held.at(-1);
      last.rows = this.#least - last.first + 1;
    }
    return true;
  }

  /** Nothing more comes of the present request; what was held back. */
  end() {
    Object.assign(this.#current, { shown: true, complete: true });
    return this.#current.held.splice(0);
  }

  /**
   * The backend has nothing of the present request any more: ask once more for what has not come, the walk or only
   * the advice, unless something newer waits.
   */
  again() {
    const current = this.#current;
    if (current === null) return;
    if (current.complete) {
      current.lost = true;
      this.#repeat();
      return;
    }
    if (this.#waiting === null) [this.#waiting, this.#repeated] = [current.request, current.repeats];
    this.#current = null;
  }

  /** Nothing is wanted any more; whether the backend has to be told. */
  drop() {
    const told = this.#current !== null && !this.#current.complete;
    this.#waiting = null;
    this.#repeated = false;
    this.#current = null;
    return told;
  }
}
