/**
 * One slot of the connection: which request it answers, which of the answer's frames may be shown, and when the next
 * request may be sent. A newer request replaces an older one of the same slot only.
 *
 * The caller passes the present time in milliseconds, so that tests need no clock.
 */

import { contract } from "../../contract.js";
import { hasWeights } from "./frame.js";

/** @import { Begin, GroundFacts, Wire } from "../../contract.js" */
/** @import { Frame } from "./frame.js" */
/** @import { NamedFrame } from "./record.js" */
/** @import { Outgoing, Selection } from "./request.js" */

/** @typedef {Wire["slots"][number]} SlotName */

/**
 * A request: what is to be shown, whether a gesture goes on, and the message that is sent.
 * @typedef {Selection & {live: boolean, message: Outgoing}} Request
 */

/**
 * A request that has been sent.
 * @typedef {object} Current
 * @property {number} id
 * @property {Request} request
 * @property {number} sent when, in milliseconds
 * @property {?Begin} begin the message that names the columns of the frames; null before it has arrived
 * @property {NamedFrame[]} held frames that have arrived and are not shown yet
 * @property {number} received the last step that has arrived; -1 before the first
 * @property {boolean} shown whether frames are shown as they arrive: those of `AGGREGATES` at rest always are
 * @property {boolean} late whether `LIVE_MS` passed before as many steps had arrived as were shown of the request
 *   before
 * @property {boolean} complete whether nothing more arrives
 * @property {boolean} lost whether the connection broke after completion: the backend no longer has the walk
 * @property {boolean} repeats whether it is sent for advice only: its walk is on the screen already
 * @property {boolean} wanted whether advice on it is to be requested
 * @property {Set<number>} advised the runs whose advice has arrived
 */

const LIVE_MS = contract.wire.live_ms;
/** The kinds of requests whose frames are shown as they arrive while no gesture goes on. @type {readonly string[]} */
const AGGREGATES = ["map", "settings", "seeds", "orbits"];

export class Slot {
  /** @type {?Request} the newest request that has not been sent; it replaces older ones */
  #waiting = null;
  /** Whether the waiting request is for advice only: its walk is on the screen and is not shown again. */
  #repeated = false;
  /** @type {?Current} the request that was sent last */
  #current = null;
  /** The least number of steps to show of the next request of this gesture: as many as of the one before. */
  #least = 0;

  /** What belongs to the tones that arrive next, if a map was requested. @type {?GroundFacts} */
  facts = null;

  /** The id of the request that was sent last; null if there is none. */
  get id() {
    return this.#current?.id ?? null;
  }

  get request() {
    return this.#current?.request ?? null;
  }

  /** Whether the answer is complete and no newer request waits. */
  get complete() {
    return this.#waiting === null && this.#current?.complete === true;
  }

  /** @param {Request} request */
  queue(request) {
    this.#waiting = request;
    this.#repeated = false;
  }

  /** Whether the request that was sent last is for advice only: its walk is not shown again. */
  get repeats() {
    return this.#current?.repeats === true;
  }

  /**
   * Prepare to request advice on the complete walk.
   * @returns {?number} the id that the walk has at the backend; null if the walk must be requested again first
   */
  advise() {
    const current = this.#current;
    if (current === null || !this.complete) return null;
    current.wanted = true;
    if (!current.lost) return current.id;
    this.#repeat(current);
    return null;
  }

  /**
   * Advice on one of the runs has arrived.
   * @param {number} run
   */
  advised(run) {
    this.#current?.advised.add(run);
  }

  /**
   * Request the walk again if advice on it is missing: the backend gives advice only on the walk that it has sent last.
   * @param {Current} current
   */
  #repeat({ wanted, advised, begin, request }) {
    const missing = wanted && advised.size < (begin?.runs ?? 0);
    if (this.#waiting === null && missing) [this.#waiting, this.#repeated] = [request, true];
  }

  /** The gesture has ended: the next request may be shown with any number of steps. */
  rest() {
    this.#least = 0;
  }

  /**
   * The request to send now; null if none waits, or if frames of the present one must be shown first. Without that rule
   * no frame would ever be shown while a pointer keeps moving, since each new request ends the one before.
   * @param {number} id the id under which it is sent
   * @param {number} now
   */
  next(id, now) {
    if (this.#waiting === null || !this.#free) return null;
    const request = this.#waiting;
    this.#waiting = null;
    const repeats = this.#repeated;
    this.#current = {
      id,
      request,
      sent: now,
      begin: null,
      held: [],
      received: -1,
      shown: repeats || (!request.live && AGGREGATES.includes(request.message.kind)),
      late: false,
      complete: false,
      lost: false,
      repeats,
      wanted: repeats,
      advised: new Set(),
    };
    this.#repeated = false;
    return request;
  }

  get #free() {
    const current = this.#current;
    if (current === null || current.complete || current.shown) return true;
    return !this.#waiting?.live && current.received >= 0;
  }

  /**
   * The answer begins.
   * @param {Begin} begin names what its frames hold
   */
  begin(begin) {
    if (this.#current !== null) this.#current.begin = begin;
  }

  /**
   * Add a frame. Weights of networks follow the steps that they belong to, and are shown with these.
   * @param {Frame} frame
   * @param {number} now
   * @returns {NamedFrame[]} the frames to show, in order. During a gesture there are none until the walk is complete,
   *   or until `LIVE_MS` have passed and at least as many steps have arrived as were shown of the request before.
   */
  take(frame, now) {
    const current = this.#current;
    if (current === null || current.begin === null || current.repeats) return [];
    const { columns, parts } = current.begin;
    const ofWeights = hasWeights(frame);
    current.held.push({ ...frame, columns, parts, rows: ofWeights ? 0 : frame.count });
    if (ofWeights) return current.shown ? current.held.splice(0) : [];
    current.received = frame.first + frame.count - 1;
    if (!current.shown && current.request.live && !this.#enough(current, now)) return [];
    current.shown = true;
    return current.held.splice(0);
  }

  /**
   * Whether enough frames of a walk have arrived to be shown during a gesture.
   * @param {Current} current
   * @param {number} now
   */
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
      // This walk was late. Show only as many steps as of the request before, so that the next one need not show more.
      const last = current.held[current.held.length - 1];
      last.rows = this.#least - last.first + 1;
    }
    return true;
  }

  /**
   * Nothing more arrives for the present request.
   * @returns {NamedFrame[]} the frames that were held back
   */
  end() {
    if (this.#current === null) return [];
    Object.assign(this.#current, { shown: true, complete: true });
    return this.#current.held.splice(0);
  }

  /**
   * The backend no longer has the present request: request again what has not arrived, the walk or only the advice,
   * unless a newer request waits.
   */
  again() {
    const current = this.#current;
    if (current === null) return;
    if (current.complete) {
      current.lost = true;
      this.#repeat(current);
      return;
    }
    if (this.#waiting === null) [this.#waiting, this.#repeated] = [current.request, current.repeats];
    this.#current = null;
  }

  /**
   * Discard all requests of the slot.
   * @returns {boolean} whether the backend is still computing
   */
  drop() {
    const working = this.#current !== null && !this.#current.complete;
    this.#waiting = null;
    this.#repeated = false;
    this.#current = null;
    return working;
  }
}
