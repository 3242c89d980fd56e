/**
 * The examples of the step at the playhead: requested for what is switched on, one request at a time, and valid only
 * for that step of that walk.
 */

/** @import { Examples, Scenario } from "../../contract.js" */
/** @import { Walk } from "../wire/record.js" */
/** @import { Request } from "../wire/slot.js" */
/** @import { Stream } from "../wire/socket.js" */

const SLOT = /** @type {const} */ ("examples");

/** What can be drawn of a step's examples; each is a switch. @typedef {"gradients" | "losses" | "landings"} Overlay */
/** @typedef {{ scenario: Scenario, run: number, step: number }} Place a step of a run */
/** @typedef {Place & { losses: boolean, landings: boolean }} Asked */
/** The request, which comes back with the answer. @typedef {Request & { examined: Asked }} ExamplesRequested */

export class ExampleSteps {
  /** What is switched on. @type {Record<Overlay, boolean>} */
  on = { gradients: false, losses: false, landings: false };
  /** A sentence on why the step at the playhead has no answer; empty if there is none. */
  sentence = "";
  #stream;
  #changed;
  /** @type {Asked | null} */
  #asked = null;
  /** Whether the answer to the last request is missing. */
  #waiting = false;
  /** @type {{ asked: Asked, message: Examples } | null} */
  #answer = null;

  /**
   * @param {Pick<Stream, "request" | "cancel">} stream
   * @param {() => void} changed is called when an answer has arrived
   */
  constructor(stream, changed) {
    this.#stream = stream;
    this.#changed = changed;
  }

  /** Whether anything is switched on. */
  get any() {
    return Object.values(this.on).some(Boolean);
  }

  /**
   * Request the examples of a step, if something is switched on and nothing is under way that is still wanted. Null:
   * there is no step, or a gesture goes on.
   * @param {Place | null} place
   */
  follow(place) {
    if (place === null || !this.any) return this.#drop();
    const wanted = { ...place, losses: this.on.losses, landings: this.on.landings };
    if (this.#asked !== null && covers(this.#asked, wanted)) return;
    // A request for another step of the same walk is answered first: the playhead moves faster than answers arrive.
    if (this.#waiting && this.#asked?.scenario === wanted.scenario) return;
    if (this.#waiting) this.#stream.cancel(SLOT);
    this.sentence = "";
    [this.#asked, this.#waiting] = [wanted, true];
    const { scenario, run, step, losses, landings } = wanted;
    /** @type {ExamplesRequested} */
    const request = {
      examined: wanted,
      scenario,
      shown: [run],
      inside: null,
      weights: false,
      live: false,
      message: { kind: "examples", scenario, run, step, losses, landings },
    };
    this.#stream.request(SLOT, request);
  }

  /** Nothing is wanted any more. */
  #drop() {
    if (this.#waiting) this.#stream.cancel(SLOT);
    [this.#asked, this.#waiting] = [null, false];
    this.sentence = "";
  }

  /**
   * The answer for a step, and what of it is switched on and has been requested; null if it has not arrived.
   * @param {Place} place
   */
  at(place) {
    if (this.#answer === null || !this.any || !isAt(this.#answer.asked, place)) return null;
    const { asked, message } = this.#answer;
    const { gradients, losses, landings } = this.on;
    const on = { gradients, losses: losses && asked.losses, landings: landings && asked.landings };
    return { examples: message, on };
  }

  /**
   * An answer has arrived.
   * @param {ExamplesRequested} request
   * @param {Examples} message
   */
  record({ examined }, message) {
    this.#answer = { asked: examined, message };
    this.#waiting = false;
    this.#changed();
  }

  /**
   * The server has no answer.
   * @param {string} sentence
   */
  refused(sentence) {
    this.sentence = sentence;
    this.#waiting = false;
    this.#changed();
  }
}

/** @param {Place} one @param {Place} other */
function isAt(one, { scenario, run, step }) {
  return one.scenario === scenario && one.run === run && one.step === step;
}

/** Whether the answer to a request has all that is wanted. @param {Asked} asked @param {Asked} wanted */
function covers(asked, wanted) {
  return isAt(asked, wanted) && asked.losses >= wanted.losses && asked.landings >= wanted.landings;
}

/**
 * The step of a run whose examples are shown: that which begins at the playhead. If the inside of a step is open, the
 * last step at the end of the walk, which the inside shows then.
 * @param {Walk} walk
 * @param {number} position of the playhead
 * @param {number | null} inside the index of the run whose inside is open; else the first run is meant
 * @returns {Place | null}
 */
export function placeOf(walk, position, inside) {
  const run = (inside === null ? null : walk.run(inside)) ?? walk.runs[0];
  if (run === undefined || run.last < 0) return null;
  const last = inside === null ? run.last : run.last - 1;
  return { scenario: walk.scenario, run: run.index, step: Math.max(0, Math.min(Math.floor(position + 1e-9), last)) };
}
