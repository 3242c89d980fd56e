/** The walk on the screen: what is asked of the backend, and what has arrived of it. */

import { outcomes as outcomesOf } from "../kit/outcomes.js";
import { resolveSocket } from "../kit/place.js";
import { same } from "../kit/sameness.js";
import { Probe } from "./controls/probe.js";
import { Advisor } from "./state/advisor.js";
import { messageOf, Walk } from "./wire/record.js";
import { Stream } from "./wire/socket.js";

/** @import { Advice, Done, Scenario } from "../contract.js" */
/** @import { Row } from "./controls/hover.js" */
/** @import { Point } from "../kit/types.js" */
/** @import { ProbeRequest } from "./controls/probe.js" */
/** @import { Playback } from "./state/playback.js" */
/** @import { Store } from "./state/store.js" */

/** @typedef {{scenario: Scenario, shown: number[], inside: number | null}} Wish what a walk is asked for with */
/** @typedef {Parameters<Walk["add"]>[0]} Frame */
/**
 * @typedef {object} Acts
 * @property {() => void} wake asks for a frame
 * @property {(connected: boolean) => void} connected the connection is there, or lost
 * @property {(point: Point, row: Row) => void} probed the numbers of a point of the map have come
 */

export class Walks {
  /** @type {Walk | null} */
  walk = null;
  /** Whether a gesture goes on, so that more changes are to come. */
  live = false;
  /** Whether the next walk to arrive is played from its start. */
  playNext = false;
  /** What has failed, in words. */
  error = "";
  /** What is wrong with the connection, in words. */
  trouble = "";
  #store;
  #playback;
  #acts;
  #stream;
  /** @type {Wish | null} */
  #asked = null;

  /**
   * @param {string} socket the backend's address
   * @param {Store} store
   * @param {Playback} playback
   * @param {Acts} acts
   */
  constructor(socket, store, playback, acts) {
    this.#store = store;
    this.#playback = playback;
    this.#acts = acts;
    this.#stream = new Stream(resolveSocket(socket), this);
    this.advisor = new Advisor(store, this.#stream);
    this.probe = new Probe(this.#stream, acts.probed);
  }

  /** Whether nothing has arrived yet of the walk that was asked for last. */
  get pending() {
    return this.#asked !== null && this.walk?.shown !== this.#asked.shown;
  }

  /** Whether all has arrived that was asked for. */
  get whole() {
    return this.walk !== null && (this.walk.complete || this.walk.runs.length === 0);
  }

  /**
   * Ask for the walk of the runs that are shown, unless it is the one that was asked for last.
   * @param {Wish} wish `inside`: the run the inside of whose steps is wanted
   * @param {boolean} live
   */
  ask({ scenario, shown, inside }, live) {
    this.live = live;
    if (!live) this.#stream.rest("walk");
    if (shown.length === 0) {
      this.#stream.cancel("walk");
      [this.walk, this.#asked] = [new Walk(scenario, []), null];
      return;
    }
    const wish = { scenario, shown, inside: inside !== null && shown.includes(inside) ? inside : null };
    if (same(wish, this.#asked)) return;
    this.#asked = wish;
    this.#stream.request("walk", { ...wish, live, message: messageOf(wish, live) });
  }

  /** Remove the runs from the walk on the screen that are hidden now. */
  hide() {
    this.walk = this.walk?.without(this.#store.hiddenIn(this.walk.scenario)) ?? null;
  }

  /** Ask for advice once the walk is whole and no gesture goes on. */
  advise() {
    if (!this.live) this.advisor.ask(this.walk);
  }

  // What the stream calls.

  /**
   * @param {Wish | ProbeRequest} request
   * @param {Frame} frame
   */
  chunk(request, frame) {
    if ("probe" in request) return this.probe.take(request, frame);
    this.error = "";
    const { scenario, shown, inside } = request;
    const first = frame.first === 0;
    const walk =
      first || this.walk === null
        ? new Walk(scenario, shown, inside).without(this.#store.hiddenIn(scenario))
        : this.walk;
    walk.add(frame);
    this.walk = walk;
    this.#playback.extent(walk.steps, walk.received);
    if (first && this.playNext) {
      this.playNext = false;
      this.#playback.restart();
    }
    this.#acts.wake();
  }

  /**
   * @param {Wish | ProbeRequest} request
   * @param {Done} message
   */
  done(request, { outcomes }) {
    if ("probe" in request) return;
    this.walk?.finish(outcomes);
    for (const run of this.walk?.runs ?? []) {
      if (run.outcome !== null) outcomesOf.set(request.scenario.runs[run.index], run.outcome.kind);
    }
    this.advise();
    this.#acts.wake();
  }

  /**
   * @param {Wish} _
   * @param {Advice} message
   */
  advice(_, message) {
    this.walk?.advise(message);
    this.#acts.wake();
  }

  /**
   * @param {Wish | ProbeRequest | null} _
   * @param {string} sentence
   */
  refused(_, sentence) {
    this.error = sentence;
    this.#acts.wake();
  }

  /**
   * @param {boolean} connected
   * @param {string} sentence what is wrong, or nothing
   */
  line(connected, sentence) {
    this.trouble = sentence;
    this.#acts.connected(connected);
    this.#acts.wake();
  }

  close() {
    this.probe.remove();
    this.#stream.close();
  }
}
