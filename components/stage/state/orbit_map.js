/** The bifurcation view: where the last positions of a run lie for each value of a setting. It has its own slot. */

import { editOf } from "./settings_axes.js";

/** @import { OrbitsDone, Scenario } from "../../contract.js" */
/** @import { Orbits } from "../wire/orbit_frame.js" */
/** @import { Answer } from "../wire/part.js" */
/** @import { Request } from "../wire/slot.js" */
/** @import { Stream } from "../wire/socket.js" */
/** @import { Axis } from "./settings_axes.js" */

const SLOT = /** @type {const} */ ("orbits");
/** The most values in a gesture. */
const LIVE_COLUMNS = 160;
const MILLISECONDS = 1000;

/** What is wanted. @typedef {{ scenario: Scenario, axis: Axis, columns: number, live: boolean }} Wanted */
/** `settings` is all that decides the positions. @typedef {Request & { axis: Axis, settings: string }} Asked */

export class OrbitMap {
  /** What has arrived, and the axis that it is for. @type {{ orbits: Orbits, axis: Axis } | null} */
  found = null;
  /** After how many seconds the answer may come, if the budget of the socket is used up; null otherwise. */
  wait = /** @type {number | null} */ (null);
  #stream;
  #changed;
  /** @type {Asked | null} */
  #asked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Pick<Stream, "request" | "cancel">} stream
   * @param {() => void} changed is called when there is something to request or to show
   */
  constructor(stream, changed) {
    this.#stream = stream;
    this.#changed = changed;
  }

  /** Request what is wanted, unless it has been requested; null: nothing is. @param {Wanted | null} wanted */
  follow(wanted) {
    if (wanted === null) return this.drop();
    const { scenario, axis, live } = wanted;
    const columns = live ? Math.min(LIVE_COLUMNS, wanted.columns) : wanted.columns;
    const run = scenario.runs[axis.run];
    const { runs, ...rest } = { ...scenario, ...editOf(scenario, [axis], [0]) };
    const settings = JSON.stringify([rest, runs[axis.run], axis.name, axis.range, live ? "" : columns]);
    const asked = this.#asked;
    if (run === undefined || (asked !== null && asked.settings === settings && asked.live === live)) return;
    clearTimeout(this.#timer);
    const [low, high] = axis.range;
    /** @type {Asked} */
    const request = {
      axis,
      settings,
      scenario,
      shown: [],
      inside: null,
      weights: false,
      live,
      message: { kind: "orbits", scenario, axis: { name: axis.name, run: axis.run, low, high }, columns, live },
    };
    this.#asked = request;
    this.#stream.request(SLOT, request);
  }

  /** Nothing is wanted any more. */
  drop() {
    clearTimeout(this.#timer);
    if (this.#asked !== null) this.#stream.cancel(SLOT);
    [this.#asked, this.found, this.wait] = [null, null, null];
  }

  // Called by the stream.

  /** @param {Request} request @param {Orbits} orbits */
  orbits(request, orbits) {
    if (this.#asked === null) return;
    this.found = { orbits, axis: /** @type {Asked} */ (request).axis };
    this.#changed();
  }

  /** @param {Request} request @param {Answer} message */
  record(request, message) {
    if (message.kind !== "orbits_done" || request !== this.#asked) return;
    this.#end(message);
  }

  /** @param {OrbitsDone} message */
  #end({ wait }) {
    this.wait = wait;
    if (wait !== null) {
      this.#timer = setTimeout(() => {
        this.#asked = null;
        this.#changed();
      }, MILLISECONDS * wait);
    }
    this.#changed();
  }

  /** The server has no answer: the map of settings in the same place says why. */
  refused() {
    this.found = null;
    this.#changed();
  }
}
