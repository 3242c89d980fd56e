/**
 * The map of basins: where the walks of one run, or of two, end from every start. Its requests have a separate slot,
 * so it never delays a walk. It does not depend on the start: a moved start requests nothing.
 *
 * While a slider is dragged, a coarse map is requested for each of its values, one at a time. At rest the server sends
 * maps from coarse to fine.
 */

/** @import { Map as MapBegin, Mapped, Scenario } from "../../contract.js" */
/** @import { Range } from "../../kit/types.js" */
/** @import { Cells, Ends } from "../wire/frame.js" */
/** @import { Request } from "../wire/slot.js" */
/** @import { Stream } from "../wire/socket.js" */

const SLOT = /** @type {const} */ ("map");
/** The view has to rest for this many milliseconds before a map of it is requested. */
const REST = 150;
/** The rows of a map while a slider is dragged. */
const LIVE_ROWS = { first: 32, most: 64, least: 16 };
/**
 * If an answer takes longer than `slow` milliseconds, or the budget of the socket is used up, the next map of the
 * gesture has half as many rows; beyond `slower` a quarter; if it takes less than `fast`, twice as many.
 */
const LIVE_MS = { slower: 400, slow: 120, fast: 40 };
/** A map is requested again for another number of rows only if it is larger or smaller by more than this factor. */
const OTHER_SIZE = 1.25;
const MILLISECONDS = 1000;

/** The ranges of x and y. @typedef {[Range, Range]} Window */
/**
 * The window and the number of cells of a map for the view.
 * @typedef {{ window: Window, rows: number, columns: number }} Size
 */
/**
 * What is wanted: `runs` are one or two indices.
 * @typedef {Size & { scenario: Scenario, runs: number[], live: boolean }} Wanted
 */
/**
 * The request, which comes back with the answer: `settings` is all that decides where walks end, `made` is when it was
 * made.
 * @typedef {Request & { basins: Wanted, settings: string, made: number }} BasinsRequested
 */
/** A complete map: `request` is what it answers. @typedef {Size & { request: BasinsRequested, ends: Ends[] }} Grid */

export class BasinMap {
  /** The finest map that is complete; null if there is none of the present settings. @type {Grid | null} */
  grid = null;
  /** The last message of that map's answer; null before it has arrived. @type {Mapped | null} */
  mapped = null;
  /** A sentence on why there is no map; empty if nothing is wrong. */
  sentence = "";
  #stream;
  #changed;
  #now;
  /** When the last answer arrived, in milliseconds. */
  #last = 0;
  /** @type {BasinsRequested | null} */
  #asked = null;
  /** Whether the budget of the socket has been filled since the answer. */
  #askAgain = false;
  /** The rows of a map that have arrived so far. @type {Grid | null} */
  #part = null;
  #filled = 0;
  #liveRows = LIVE_ROWS.first;
  /** The view that has to rest, as text, and whether it has rested. @type {{ view: string, rested: boolean }} */
  #resting = { view: "", rested: false };
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
    this.#now = now;
    this.#changed = changed;
  }

  /** Whether a map is wanted and the one of the present settings is not complete in its finest size. */
  get pending() {
    return this.#asked !== null && this.mapped === null && this.sentence === "";
  }

  /** Whether the map is one of other settings than have been requested. */
  get outdated() {
    return this.grid !== null && this.#asked !== null && this.grid.request.settings !== this.#asked.settings;
  }

  /**
   * Request the map that is wanted, unless it has been requested; null: none is wanted.
   * @param {Wanted | null} wanted
   */
  follow(wanted) {
    if (wanted === null) return this.drop();
    const settings = this.#settingsOf(wanted);
    const asked = this.#asked;
    if (asked === null || asked.settings !== settings || this.#askAgain || (asked.live && !wanted.live))
      return this.#request(wanted, settings);
    if (wanted.live || isLike(asked.basins, wanted)) return;
    const view = JSON.stringify([wanted.window, wanted.rows]);
    if (this.#resting.view !== view) this.#wait(view);
    else if (this.#resting.rested) this.#request(wanted, settings);
  }

  /** Wait until the view rests. @param {string} view */
  #wait(view) {
    this.#resting = { view, rested: false };
    this.#later(REST, () => {
      this.#resting.rested = true;
    });
  }

  /** @param {number} wait in milliseconds @param {() => void} act */
  #later(wait, act) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      act();
      this.#changed();
    }, wait);
  }

  /** All that decides where walks end, as text: everything but the start and the other runs. @param {Wanted} wanted */
  #settingsOf({ scenario, runs }) {
    const known = this.#known;
    const indices = runs.join();
    if (known.scenario !== scenario || known.runs !== indices) {
      const text = JSON.stringify({ ...scenario, start: null, runs: runs.map((index) => scenario.runs[index]) });
      this.#known = { scenario, runs: indices, text };
    }
    return this.#known.text;
  }

  /**
   * @param {Wanted} wanted
   * @param {string} settings
   */
  #request(wanted, settings) {
    clearTimeout(this.#timer);
    this.#resting = { view: "", rested: false };
    const { scenario, runs, window, live } = wanted;
    const rows = live ? Math.min(wanted.rows, this.#liveRows) : wanted.rows;
    const columns = Math.max(1, Math.round((wanted.columns * rows) / wanted.rows));
    /** @type {BasinsRequested} */
    const request = {
      basins: wanted,
      settings,
      made: this.#now(),
      scenario,
      shown: [],
      inside: null,
      weights: false,
      live,
      message: { kind: "map", scenario, runs, window, rows, columns, live },
    };
    this.#asked = request;
    this.#askAgain = false;
    this.sentence = "";
    this.mapped = null;
    this.#stream.request(SLOT, request);
  }

  /** No map is wanted any more. */
  drop() {
    clearTimeout(this.#timer);
    if (this.#asked !== null) this.#stream.cancel(SLOT);
    [this.#asked, this.#part, this.grid, this.mapped] = [null, null, null, null];
    this.sentence = "";
    this.#resting = { view: "", rested: false };
  }

  /**
   * Rows of a map have arrived.
   * @param {BasinsRequested} request
   * @param {Cells} cells
   */
  take(request, { first, count, rows, columns, runs }) {
    if (this.#asked === null) return;
    if (first === 0) {
      const size = rows * columns;
      const ends = runs.map(() => ({
        steps: new Float32Array(size),
        losses: new Float32Array(size),
        cells: new Uint8Array(size),
      }));
      this.#part = { request, window: request.basins.window, rows, columns, ends };
      this.#filled = 0;
    }
    const part = this.#part;
    if (part === null || part.request !== request) return;
    runs.forEach(({ steps, losses, cells }, run) => {
      part.ends[run].steps.set(steps, first * columns);
      part.ends[run].losses.set(losses, first * columns);
      part.ends[run].cells.set(cells, first * columns);
    });
    this.#filled += count;
    if (this.#filled < rows) return;
    this.#part = null;
    if (this.#isFiner(part)) {
      this.grid = part;
      this.#changed();
    }
  }

  /** Whether a map shows more than the present one. @param {Grid} part */
  #isFiner({ request, window, rows }) {
    const { grid } = this;
    if (grid === null || grid.request.settings !== request.settings) return true;
    const height = (/** @type {Window} */ [, [low, high]], /** @type {number} */ count) => (high - low) / count;
    const covered = window.every(([low, high], axis) => grid.window[axis][0] <= low && high <= grid.window[axis][1]);
    return !covered || height(window, rows) <= height(grid.window, grid.rows) || rows === request.basins.rows;
  }

  /**
   * The first or the last message of an answer has arrived.
   * @param {BasinsRequested} request
   * @param {MapBegin | Mapped} message
   */
  answered(request, message) {
    if (this.#asked === null || message.kind === "map") return;
    if (message.rows === 0 && this.grid?.request.settings !== request.settings) this.grid = null;
    if (request.live) this.#adapt(request, message);
    if (request === this.#asked) {
      this.mapped = message;
      if (message.coarse && message.wait !== null && !request.live) this.#again(message.wait);
    }
    this.#changed();
  }

  /**
   * Choose the rows of the next map of the gesture.
   * @param {BasinsRequested} request
   * @param {Mapped} message
   */
  #adapt({ made }, { rows }) {
    const now = this.#now();
    const took = now - Math.max(made, this.#last);
    this.#last = now;
    const slow = rows === 0 || took > LIVE_MS.slow;
    const factor = took > LIVE_MS.slower ? 1 / 4 : slow ? 1 / 2 : took < LIVE_MS.fast ? 2 : 1;
    this.#liveRows = Math.max(LIVE_ROWS.least, Math.min(LIVE_ROWS.most, this.#liveRows * factor));
  }

  /** Request the finest map again after some seconds. @param {number} seconds */
  #again(seconds) {
    this.#later(MILLISECONDS * seconds, () => {
      this.#askAgain = true;
    });
  }

  /**
   * The server has no map.
   * @param {string} sentence
   */
  refused(sentence) {
    if (this.#asked === null) return;
    this.grid = null;
    this.sentence = sentence;
    this.#changed();
  }

  remove() {
    clearTimeout(this.#timer);
  }
}

/** Whether a map has the window and about the rows that are wanted. @param {Size} asked @param {Size} wanted */
function isLike(asked, wanted) {
  const factor = asked.rows / wanted.rows;
  if (factor > OTHER_SIZE || factor < 1 / OTHER_SIZE) return false;
  return asked.window.every((range, axis) => range.every((end, at) => end === wanted.window[axis][at]));
}
