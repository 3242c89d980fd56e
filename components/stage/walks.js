/** The walk on the screen: sends its requests to the backend, and adds the chunks that arrive. */

import { isVisitors } from "../kit/data_rows.js";
import { networkOf } from "../kit/networks.js";
import { outcomes as outcomesOf } from "../kit/outcomes.js";
import { resolveSocket } from "../kit/place.js";
import { same } from "../kit/sameness.js";
import { Probe } from "./controls/probe.js";
import { Advisor } from "./state/advisor.js";
import { BatchOrder } from "./state/batch_order.js";
import { ExampleSteps } from "./state/example_steps.js";
import { hasWeights } from "./wire/frame.js";
import { Walk } from "./wire/record.js";
import { messageOf } from "./wire/request.js";
import { Stream } from "./wire/socket.js";

/** @import { Advice, Done, GroundFacts, Scenario } from "../contract.js" */
/** @import { EditedGround } from "./draw/edited.js" */
/** @import { Grid } from "./wire/frame.js" */
/** @import { PointNumbers } from "./controls/hover.js" */
/** @import { Point } from "../kit/types.js" */
/** @import { Playback } from "./state/playback.js" */
/** @import { Store } from "./state/store.js" */
/** @import { Selection } from "./wire/request.js" */

const NO_SURFACE = { surface: "" };

/** @typedef {Parameters<Walk["add"]>[0]} Frame */
/**
 * @typedef {object} Callbacks
 * @property {() => void} requestFrame requests a frame
 * @property {(connected: boolean) => void} connected whether there is a connection has changed
 * @property {(ground: EditedGround | null) => void} grounded the map of edited data has arrived; null: there are none
 * @property {(point: Point, row: PointNumbers) => void} probed the numbers at a point of the map have arrived
 */

export class Walks {
  /** @type {Walk | null} */
  walk = null;
  /** Whether a gesture goes on: more changes follow. */
  live = false;
  /** Whether the next walk to arrive is played from its start. */
  playNext = false;
  /** A sentence on what has failed; empty if nothing has. */
  error = "";
  /** A sentence on what is wrong with the connection; empty if nothing is. */
  trouble = "";
  /** Called after steps have arrived. */
  arrived = () => {};
  #store;
  #playback;
  #callbacks;
  /** The connection to the server. Each part of the stage sends its requests in its own slot. */
  stream;
  /** @type {Selection | null} */
  #requested = null;
  /** Whether that request belongs to a drag of an example: then its answer has no outcomes. */
  #unjudged = false;
  /** The edits whose map was requested last, and whether it was requested during a gesture. */
  #mapped = "";

  /**
   * @param {string} socket the backend's address
   * @param {Store} store
   * @param {Playback} playback
   * @param {Callbacks} callbacks
   */
  constructor(socket, store, playback, callbacks) {
    this.#store = store;
    this.#playback = playback;
    this.#callbacks = callbacks;
    this.stream = new Stream(resolveSocket(socket), this);
    this.advisor = new Advisor(store, this.stream);
    this.probe = new Probe(this.stream, callbacks.probed);
    this.examples = new ExampleSteps(this.stream, callbacks.requestFrame);
    this.order = new BatchOrder(this.stream, callbacks.requestFrame);
    this.stream.answer("walk", this);
    this.stream.answer("ground", this);
    this.stream.answer("model", this.probe);
    this.stream.answer("examples", this.examples);
    this.stream.answer("batches", this.order);
  }

  /** Whether no chunk of the walk that was requested last has arrived. */
  get pending() {
    return this.#requested !== null && this.walk?.shown !== this.#requested.shown;
  }

  /** Whether the walk is complete, or has no runs. */
  get whole() {
    return this.walk !== null && (this.walk.complete || this.walk.runs.length === 0);
  }

  /**
   * Request the walk of the runs that are shown, and the map of edited data.
   * @param {boolean} live
   * @param {{ none: boolean, model: boolean }} how `none`: no run is shown; `model`: the picture of the model is
   *   shown, which needs the weights of networks
   */
  request(live, { none, model }) {
    const { scenario, hidden, inside } = this.#store;
    if (scenario === null) return;
    const shown = none ? [] : [...scenario.runs.keys()].filter((index) => !hidden.has(index));
    const parts = inside !== null && shown.includes(inside) ? inside : null;
    this.#requestWalk({ scenario, shown, inside: parts, weights: model && networkOf(scenario) !== null }, live);
    this.#requestGround(scenario, live);
  }

  /**
   * Request a walk, unless it was the last request, too.
   * @param {Selection} selection
   * @param {boolean} live
   */
  #requestWalk(selection, live) {
    const { scenario, shown } = selection;
    this.live = live;
    if (!live) this.stream.rest("walk");
    if (shown.length === 0) {
      this.stream.cancel("walk");
      [this.walk, this.#requested] = [new Walk(scenario, []), null];
      return;
    }
    if (same(selection, this.#requested) && (live || !this.#unjudged)) return;
    this.#requested = selection;
    this.#unjudged = live && isVisitors(scenario);
    this.stream.request("walk", { ...selection, live, message: messageOf(selection, live) });
  }

  /**
   * Request the map of a scenario's data, if they are edited and it was not the last request, too.
   * @param {Scenario} scenario
   * @param {boolean} live
   */
  #requestGround(scenario, live) {
    const { surface, points, table, formula, box, letters } = scenario;
    if (!isVisitors(scenario)) {
      if (this.#mapped !== "") this.stream.cancel("ground");
      this.#mapped = "";
      this.#callbacks.grounded(null);
      return;
    }
    const mapped = JSON.stringify([surface, points, table, formula, box, letters]);
    if (mapped === this.#mapped || (live && this.#mapped === `live ${mapped}`)) return;
    this.#mapped = live ? `live ${mapped}` : mapped;
    const message = { kind: /** @type {const} */ ("ground"), scenario, live };
    this.stream.request("ground", { scenario, shown: [], inside: null, weights: false, live, message });
  }

  /** Remove runs that have been hidden from the walk on the screen. */
  hide() {
    this.walk = this.walk?.without(this.#store.hiddenIn(this.walk.scenario)) ?? null;
  }

  /** Request advice, if the walk is complete and no gesture goes on. */
  advise() {
    if (!this.live && networkOf(this.#store.scenario ?? NO_SURFACE) === null) this.advisor.request(this.walk);
  }

  // Called by the stream.

  /**
   * @param {Selection} request
   * @param {Frame} frame
   */
  chunk(request, frame) {
    this.error = "";
    const { scenario, shown, inside } = request;
    const first = frame.first === 0 && !hasWeights(frame);
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
    this.arrived();
    this.#callbacks.requestFrame();
  }

  /**
   * @param {Selection} request
   * @param {Done} message
   */
  done(request, { outcomes }) {
    this.walk?.finish(outcomes);
    for (const run of this.walk?.runs ?? []) {
      if (run.outcome !== null) outcomesOf.set(request.scenario.runs[run.index], run.outcome.kind);
    }
    this.advise();
    this.#callbacks.requestFrame();
  }

  /**
   * @param {Selection & {live: boolean}} request
   * @param {GroundFacts} facts
   * @param {Grid} grid
   */
  ground({ scenario, live }, facts, grid) {
    // A request from before the edits were undone: its map is out of date.
    if (this.#mapped === "") return;
    this.#callbacks.grounded({ surface: scenario.surface, facts, grid, live });
  }

  /**
   * @param {Selection} _
   * @param {Advice} message
   */
  advice(_, message) {
    this.walk?.advise(message);
    this.#callbacks.requestFrame();
  }

  /**
   * @param {string} sentence
   */
  refused(sentence) {
    this.error = sentence;
    this.#callbacks.requestFrame();
  }

  /**
   * @param {boolean} connected
   * @param {string} sentence what is wrong, or nothing
   */
  connection(connected, sentence) {
    this.trouble = sentence;
    this.#callbacks.connected(connected);
    this.#callbacks.requestFrame();
  }

  close() {
    this.probe.remove();
    this.stream.close();
  }
}
