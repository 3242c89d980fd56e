/**
 * A map whose cells are walks: of basins or of settings. Its requests have a separate slot, so it never delays a walk.
 *
 * While a slider is dragged, a coarse map is requested for each of its values, one at a time. At rest the server sends
 * maps from coarse to fine.
 */

import { ArrivingMap } from "./arriving_map.js";
import { LiveDetail } from "./live_detail.js";

/** @import { Scenario } from "../../contract.js" */
/** @import { Range } from "../../kit/types.js" */
/** @import { Cells, Ends } from "../wire/frame.js" */
/** @import { Answer } from "../wire/part.js" */
/** @import { Outgoing } from "../wire/request.js" */
/** @import { Request, SlotName } from "../wire/slot.js" */
/** @import { Stream } from "../wire/socket.js" */

/** The view has to rest for this many milliseconds before a map of it is requested. */
const REST = 150;
/** The rows of a map while a slider is dragged. */
const LIVE_ROWS = { first: 32, most: 64, least: 16 };
/** A map is requested again for another number of rows only if it is larger or smaller by more than this factor. */
const OTHER_SIZE = 1.25;
const MILLISECONDS = 1000;

/** The ranges of x and y. @typedef {[Range, Range]} Window */
/**
 * The window and the number of cells of a map for the view.
 * @typedef {{ window: Window, rows: number, columns: number }} Size
 */
/** What is wanted of a map. @typedef {Size & { scenario: Scenario, live: boolean }} Wanted */
/** What the last message of an answer says. @typedef {{ rows: number, coarse: boolean, wait: number | null }} Last */
/**
 * How the maps of one kind are requested.
 * @template {Wanted} W
 * @typedef {object} Kind
 * @property {SlotName} slot
 * @property {(wanted: W) => unknown[]} same what `decides` depends on: it is called again if one of them is another
 * @property {(wanted: W) => string} decides all that determines the cells, but their window and their number
 * @property {(wanted: W, rows: number, columns: number) => Outgoing} message the request
 * @property {Answer["kind"]} last the kind of the last message of an answer
 */
/**
 * The request, which comes back with the answer: `settings` is what `decides` gave, `made` is when it was made.
 * @template {Wanted} W
 * @typedef {Request & { wanted: W, settings: string, made: number }} Requested
 */
/**
 * A complete map: `request` is what it answers, `level` the last message before its cells.
 * @template {Wanted} W
 * @typedef {Size & { request: Requested<W>, ends: Ends[], level: Answer | null }} Grid
 */

/**
 * @template {Wanted} W
 * @template {Last & Answer} End
 */
export class CellMap {
  /** The finest map that is complete; null if there is none of the present settings. @type {Grid<W> | null} */
  grid = null;
  /** The last message of that map's answer; null before it has arrived. @type {End | null} */
  mapped = null;
  /** A sentence on why there is no map; empty if nothing is wrong. */
  sentence = "";
  #stream;
  #changed;
  #kind;
  #now;
  /** @type {Requested<W> | null} */
  #asked = null;
  /** Whether the budget of the socket has been filled since the answer. */
  #askAgain = false;
  /** @type {ArrivingMap<W> | null} */
  #arriving = null;
  #liveRows;
  /** The view that has to rest, as text, and whether it has rested. @type {{ view: string, rested: boolean }} */
  #resting = { view: "", rested: false };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {{ of: unknown[], text: string }} */
  #known = { of: [null], text: "" };
  /** The last message before the cells that arrive next. @type {Answer | null} */
  #level = null;

  /**
   * @param {Pick<Stream, "request" | "cancel">} stream
   * @param {() => void} changed is called when there is something to request or to show
   * @param {Kind<W>} kind
   * @param {() => number} now the time in milliseconds
   */
  constructor(stream, changed, kind, now = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
    this.#changed = changed;
    this.#kind = kind;
    this.#liveRows = new LiveDetail(LIVE_ROWS, now);
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
   * @param {W | null} wanted
   */
  follow(wanted) {
    if (wanted === null) return this.drop();
    const settings = this.#settingsOf(wanted);
    const asked = this.#asked;
    if (asked === null || asked.settings !== settings || this.#askAgain || (asked.live && !wanted.live))
      return this.#request(wanted, settings);
    if (wanted.live || isLike(asked.wanted, wanted)) return;
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

  /** @param {W} wanted */
  #settingsOf(wanted) {
    const of = this.#kind.same(wanted);
    if (of.some((part, place) => part !== this.#known.of[place])) {
      this.#known = { of, text: this.#kind.decides(wanted) };
    }
    return this.#known.text;
  }

  /**
   * @param {W} wanted
   * @param {string} settings
   */
  #request(wanted, settings) {
    clearTimeout(this.#timer);
    this.#resting = { view: "", rested: false };
    const { scenario, live } = wanted;
    const rows = live ? Math.min(wanted.rows, this.#liveRows.count) : wanted.rows;
    const columns = Math.max(1, Math.round((wanted.columns * rows) / wanted.rows));
    /** @type {Requested<W>} */
    const request = {
      wanted,
      settings,
      made: this.#now(),
      scenario,
      shown: [],
      inside: null,
      weights: false,
      live,
      message: this.#kind.message(wanted, rows, columns),
    };
    this.#asked = request;
    this.#askAgain = false;
    this.sentence = "";
    this.mapped = null;
    this.#stream.request(this.#kind.slot, request);
  }

  /** No map is wanted any more. */
  drop() {
    clearTimeout(this.#timer);
    if (this.#asked !== null) this.#stream.cancel(this.#kind.slot);
    [this.#asked, this.#arriving, this.grid, this.mapped] = [null, null, null, null];
    this.sentence = "";
    this.#resting = { view: "", rested: false };
  }

  /**
   * Rows of a map have arrived.
   * @param {Requested<W>} request
   * @param {Cells} cells
   */
  cells(request, cells) {
    if (this.#asked === null) return;
    if (cells.first === 0) this.#arriving = new ArrivingMap(request, cells, this.#level);
    const arriving = this.#arriving;
    if (arriving === null || arriving.grid.request !== request) return;
    arriving.take(cells);
    if (!arriving.complete) {
      if (this.arriving !== null) this.#changed();
      return;
    }
    this.#arriving = null;
    if (this.#isFiner(arriving.grid)) {
      this.grid = arriving.grid;
      this.#changed();
    }
  }

  /** A finer map of the settings of the present one, of which not all rows have arrived; null if there is none. */
  get arriving() {
    const { grid } = this;
    const arriving = this.#arriving;
    if (grid === null || arriving === null || arriving.grid.request !== this.#asked || this.#asked.live) return null;
    const same = grid.request.settings === arriving.grid.request.settings;
    return same && this.#isFiner(arriving.grid) ? arriving : null;
  }

  /** Whether a map shows more than the present one. @param {Grid<W>} part */
  #isFiner({ request, window, rows }) {
    const { grid } = this;
    if (grid === null || grid.request.settings !== request.settings) return true;
    const height = (/** @type {Window} */ [, [low, high]], /** @type {number} */ count) => (high - low) / count;
    const covered = window.every(([low, high], axis) => grid.window[axis][0] <= low && high <= grid.window[axis][1]);
    return !covered || height(window, rows) <= height(grid.window, grid.rows) || rows === request.wanted.rows;
  }

  /**
   * A message of an answer has arrived.
   * @param {Requested<W>} request
   * @param {Answer} answer
   */
  record(request, answer) {
    if (this.#asked === null) return;
    if (answer.kind !== this.#kind.last) {
      this.#level = answer;
      return;
    }
    const message = /** @type {End} */ (answer);
    if (message.rows === 0 && this.grid?.request.settings !== request.settings) this.grid = null;
    if (request.live) this.#liveRows.arrived(request.made, message.rows === 0);
    if (request === this.#asked) {
      this.mapped = message;
      if (message.coarse && message.wait !== null && !request.live) this.#again(message.wait);
    }
    this.#changed();
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
