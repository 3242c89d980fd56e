/**
 * The fan of seeds: the walks of the runs that are shown, with many seeds. Its requests have a separate slot, so it
 * never delays a walk.
 *
 * The seeds of a fan are one block of `SEEDS` consecutive numbers: the fan stays the same when another of its seeds is
 * taken. While something is dragged, a fan is requested for each of its values, one at a time, with fewer points, and
 * with fewer seeds where the answers take long.
 */

import { LiveDetail } from "./live_detail.js";

/** @import { Fan, Fanned, Scenario } from "../../contract.js" */
/** @import { FanWalks } from "../wire/fan_frame.js" */
/** @import { Answer } from "../wire/part.js" */
/** @import { Request } from "../wire/slot.js" */
/** @import { Stream } from "../wire/socket.js" */

const SLOT = /** @type {const} */ ("seeds");
/** How many seeds a fan has. */
export const SEEDS = 64;
/** The largest number of points of a path, at rest and in a gesture. */
const POINTS = { rest: 400, live: 120 };
const FEWEST = 16;
const MILLISECONDS = 1000;

/** What is wanted: `runs` are the indices of the runs that are shown. */
/** @typedef {{ scenario: Scenario, runs: number[], live: boolean }} Wanted */
/**
 * The request, which comes back with the answer: `settings` is all that decides where walks end, and `first` is the
 * first seed.
 * @typedef {Request & { settings: string, first: number, count: number, made: number }} FanRequested
 */
/** The fan of one run: what Python says about it, and its walks. @typedef {{ facts: Fan, walks: FanWalks }} RunFan */
/**
 * The fans of the runs of one scenario, by index; `count` of `SEEDS` seeds from `first` on.
 * @typedef {{ scenario: Scenario, settings: string, first: number, count: number, runs: Map<number, RunFan> }} Fans
 */

export class SeedFan {
  /** What has arrived; null if there is nothing. @type {Fans | null} */
  fans = null;
  /** The last message of the newest answer; null before it has arrived. @type {Fanned | null} */
  fanned = null;
  /** A sentence on why there is no fan; empty if nothing is wrong. */
  sentence = "";
  #stream;
  #changed;
  #now;
  /** @type {FanRequested | null} */
  #asked = null;
  /** @type {Fan | null} */
  #facts = null;
  /** The runs of a gesture's answer that have arrived so far. @type {Map<number, RunFan>} */
  #part = new Map();
  #liveCount;
  #askAgain = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {{ scenario: Scenario | null, runs: string, text: string }} */
  #known = { scenario: null, runs: "", text: "" };

  /**
   * @param {Pick<Stream, "request" | "cancel">} stream
   * @param {() => void} changed is called when there is something to request or to show
   * @param {() => number} now the time in milliseconds
   */
  constructor(stream, changed, now = () => performance.now()) {
    this.#stream = stream;
    this.#changed = changed;
    this.#now = now;
    this.#liveCount = new LiveDetail({ first: SEEDS, most: SEEDS, least: FEWEST }, now);
  }

  /** Whether a fan is wanted and its answer is not complete. */
  get pending() {
    return this.#asked !== null && this.fanned === null && this.sentence === "";
  }

  /** Whether the fan is one of other settings than have been requested. */
  get outdated() {
    return this.fans !== null && this.#asked !== null && this.fans.settings !== this.#asked.settings;
  }

  /**
   * Request the fan that is wanted, unless it has been requested; null: none is wanted.
   * @param {Wanted | null} wanted
   */
  follow(wanted) {
    if (wanted === null) return this.drop();
    const settings = this.#settingsOf(wanted);
    const asked = this.#asked;
    if (asked === null || asked.settings !== settings || this.#askAgain || (asked.live && !wanted.live))
      this.#request(wanted, settings);
  }

  /** All that decides where the walks end, as text. @param {Wanted} wanted */
  #settingsOf({ scenario, runs }) {
    const known = this.#known;
    const indices = runs.join();
    if (known.scenario !== scenario || known.runs !== indices) {
      this.#known = { scenario, runs: indices, text: JSON.stringify([{ ...scenario, seed: firstOf(scenario) }, runs]) };
    }
    return this.#known.text;
  }

  /**
   * @param {Wanted} wanted
   * @param {string} settings
   */
  #request({ scenario, runs, live }, settings) {
    clearTimeout(this.#timer);
    const first = firstOf(scenario);
    const count = live ? this.#liveCount.count : SEEDS;
    const points = live ? POINTS.live : POINTS.rest;
    /** @type {FanRequested} */
    const request = {
      settings,
      first,
      count,
      made: this.#now(),
      scenario,
      shown: [],
      inside: null,
      weights: false,
      live,
      message: { kind: "seeds", scenario: { ...scenario, seed: first }, runs, count, points, live },
    };
    this.#asked = request;
    this.#askAgain = false;
    this.sentence = "";
    this.fanned = null;
    this.#stream.request(SLOT, request);
  }

  /** No fan is wanted any more. */
  drop() {
    clearTimeout(this.#timer);
    if (this.#asked !== null) this.#stream.cancel(SLOT);
    [this.#asked, this.fans, this.fanned, this.#facts] = [null, null, null, null];
    this.#part = new Map();
    this.sentence = "";
  }

  // Called by the stream.

  /**
   * The walks of a run have arrived. At rest they are shown at once; in a gesture all runs change together.
   * @param {Request} request
   * @param {FanWalks} walks
   */
  fan(request, walks) {
    const facts = this.#facts;
    if (this.#asked === null || facts === null) return;
    this.#part.set(walks.run, { facts, walks });
    if (!request.live) this.#show(/** @type {FanRequested} */ (request));
  }

  /** @param {FanRequested} request */
  #show({ scenario, settings, first, count, live }) {
    // The runs of the gesture's last fan stay until those of the same settings with all points have arrived.
    const kept = !live && this.fans?.settings === settings && this.fans.count === count ? this.fans.runs : [];
    this.fans = { scenario, settings, first, count, runs: new Map([...kept, ...this.#part]) };
    this.#changed();
  }

  /**
   * @param {Request} request
   * @param {Answer} message
   */
  record(request, message) {
    if (this.#asked === null) return;
    if (message.kind === "fan") this.#facts = message;
    if (message.kind !== "fanned") return;
    const requested = /** @type {FanRequested} */ (request);
    if (request.live) this.#liveCount.arrived(requested.made);
    this.#show(requested);
    this.#part = new Map();
    if (request !== this.#asked) return;
    this.fanned = message;
    if (message.wait !== null && !request.live) this.#again(message.wait);
  }

  /** Request the missing runs after some seconds. @param {number} seconds */
  #again(seconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#askAgain = true;
      this.#changed();
    }, MILLISECONDS * seconds);
  }

  /**
   * The server has no fan.
   * @param {string} sentence
   */
  refused(sentence) {
    if (this.#asked === null) return;
    this.fans = null;
    this.sentence = sentence;
    this.#changed();
  }

  remove() {
    clearTimeout(this.#timer);
  }
}

/** The first seed of the block that contains a scenario's seed. @param {Pick<Scenario, "seed">} scenario */
export function firstOf({ seed }) {
  return seed - (seed % SEEDS);
}
