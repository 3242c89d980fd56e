/**
 * Which examples are in the batch of each step. The order does not depend on start and runs, so it is requested once
 * and not sent with every walk of a drag: a stretch of steps at a time, since a long walk has millions of indices.
 */

/** @import { Batches, Scenario } from "../../contract.js" */
/** @import { Request } from "../wire/slot.js" */
/** @import { Stream } from "../wire/socket.js" */

const SLOT = /** @type {const} */ ("batches");
/** The most stretches that are kept. */
const MOST = 8;
/** A stretch is requested this many steps before the playhead reaches it. */
const AHEAD = 12;
/** @type {ReadonlySet<number>} */
const NONE = new Set();

/** The request, which comes back with the answer. @typedef {Request & { ordered: string }} BatchesRequested */
/** @typedef {{ first: number, batches: number[][] }} Stretch */

export class BatchOrder {
  #stream;
  #changed;
  /** What the stretches belong to. */
  #key = "";
  /** @type {Stretch[]} */
  #stretches = [];
  /** The first step of the stretch that has been requested and has not arrived. @type {number | null} */
  #waiting = null;
  /** @type {{ step: number, batch: ReadonlySet<number> }} */
  #last = { step: -1, batch: NONE };

  /**
   * @param {Pick<Stream, "request" | "cancel">} stream
   * @param {() => void} changed is called when an answer has arrived
   */
  constructor(stream, changed) {
    this.#stream = stream;
    this.#changed = changed;
  }

  /**
   * Request the batches about a step, unless they have arrived.
   * @param {Scenario} scenario
   * @param {number} count how many examples the data of this scenario have
   * @param {number} step
   * @param {boolean} moving whether a gesture goes on: then nothing is requested, and batches of other data are dropped
   */
  follow(scenario, count, step, moving) {
    const key = scenario.batch === 0 ? "" : [scenario.surface, scenario.batch, scenario.seed, count].join(" ");
    if (key !== this.#key) {
      if (this.#waiting !== null) this.#stream.cancel(SLOT);
      [this.#key, this.#stretches, this.#waiting, this.#last] = [key, [], null, { step: -1, batch: NONE }];
    }
    if (moving || key === "" || this.#waiting !== null) return;
    const first = [step, Math.min(step + AHEAD, scenario.steps)].find((at) => this.#find(at) === undefined);
    if (first === undefined) return;
    this.#waiting = first;
    /** @type {BatchesRequested} */
    const request = {
      ordered: key,
      scenario,
      shown: [],
      inside: null,
      weights: false,
      live: false,
      message: { kind: "batches", scenario, first },
    };
    this.#stream.request(SLOT, request);
  }

  /** @param {number} step */
  #find(step) {
    return this.#stretches.find(({ first, batches }) => step >= first && step < first + batches.length);
  }

  /**
   * The examples of a step's batch; none if they are not known.
   * @param {number} step
   */
  at(step) {
    if (step === this.#last.step) return this.#last.batch;
    const stretch = this.#find(step);
    if (stretch === undefined) return NONE;
    this.#last = { step, batch: new Set(stretch.batches[step - stretch.first]) };
    return this.#last.batch;
  }

  /**
   * An answer has arrived.
   * @param {BatchesRequested} request
   * @param {Batches} message
   */
  record({ ordered }, { first, batches }) {
    if (ordered !== this.#key) return;
    this.#waiting = null;
    this.#stretches = [{ first, batches }, ...this.#stretches].slice(0, MOST);
    this.#changed();
  }
}
