/** The stream of the backend: sends requests, passes on what arrives, and repeats requests after a break. */

import { contract } from "../../contract.js";
import { words } from "../words.js";
import { Connection } from "./connection.js";
import { readCells, readFrame, readHeader, readTones, versionOf } from "./frame.js";
import { reasonOf } from "./reason.js";
import { Slot } from "./slot.js";

/** @import { Advice, Batches, Busy, Done, Downward, ErrorAnswer, Examples, GroundFacts } from "../../contract.js" */
/** @import { Map as MapBegin, Mapped } from "../../contract.js" */
/** @import { Cells, Grid } from "./frame.js" */
/** @import { NamedFrame } from "./record.js" */
/** @import { Reason } from "./reason.js" */
/** @import { Request, SlotName } from "./slot.js" */

/**
 * @typedef {object} StreamEvents
 * @property {(request: Request, facts: GroundFacts, grid: Grid) => void} ground the map of edited data has arrived
 * @property {(request: Request, frame: NamedFrame) => void} chunk a frame to show (see slot.js)
 * @property {(request: Request, message: Done) => void} done the answer is complete
 * @property {(request: Request, message: Advice) => void} advice on one run, after the answer is complete
 * @property {(request: Request, message: Examples | Batches | MapBegin | Mapped) => void} record an answer that is one
 *   message, or the first and the last message of a map of basins
 * @property {(request: Request, cells: Cells) => void} cells rows of a map of basins
 * @property {(request: ?Request, sentence: string) => void} refused what has failed; the request is null if
 *   the failure concerns none
 * @property {(connected: boolean, sentence: string) => void} connection whether there is a connection, and what is
 *   wrong
 */

const { version: VERSION, older: OLDER, newer: NEWER, slots: SLOTS } = contract.wire;

export class Stream {
  #events;
  #now;
  #connection;
  #id = 0;
  #slots = /** @type {Record<SlotName, Slot>} */ (Object.fromEntries(SLOTS.map((name) => [name, new Slot()])));
  /**
   * @type {Map<SlotName, ReturnType<typeof setTimeout>>} by slot, the timer that sends the request again after the
   *   server was busy
   */
  #retries = new Map();
  #closed = false;

  /**
   * @param {string} url
   * @param {StreamEvents} events
   * @param {() => number} now the time in milliseconds
   * @param {() => Promise<Reason>} reason requests why the connection does not open
   */
  constructor(url, events, now = () => performance.now(), reason = () => reasonOf(url)) {
    this.#events = events;
    this.#now = now;
    this.#connection = new Connection(
      url,
      { opened: this.#opened, received: this.#received, lost: this.#lost },
      reason,
    );
  }

  /**
   * Send a request in a slot, or let it wait until it may be sent.
   * @param {SlotName} slot
   * @param {Request} request its `message` is sent; the request itself is passed on with each answer
   */
  request(slot, request) {
    this.#slots[slot].queue(request);
    this.#send(slot);
  }

  /**
   * Request advice on the complete walk of a slot. After a break the walk itself is requested again first.
   * @param {SlotName} slot
   */
  advise(slot) {
    const id = this.#slots[slot].advise();
    if (id !== null) this.#write({ kind: "advise", slot, id });
    this.#send(slot);
  }

  /**
   * The gesture in a slot has ended.
   * @param {SlotName} slot
   */
  rest(slot) {
    this.#slots[slot].rest();
  }

  /**
   * Cancel the request of a slot: no more of its answer is shown.
   * @param {SlotName} slot
   */
  cancel(slot) {
    if (this.#retries.has(slot)) {
      this.#stopWaiting(slot);
      this.#reportConnected();
    }
    if (this.#slots[slot].drop()) this.#write({ kind: "cancel", slot });
  }

  close() {
    for (const slot of SLOTS) this.cancel(slot);
    this.#closed = true;
    this.#connection.close();
  }

  /** @param {object} message */
  #write(message) {
    if (!this.#closed) this.#connection.send(JSON.stringify({ version: VERSION, ...message }));
  }

  /** @param {SlotName} slot */
  #send(slot) {
    if (this.#closed || this.#retries.has(slot) || !this.#connection.open) return;
    const request = this.#slots[slot].next(this.#id + 1, this.#now());
    if (request === null) return;
    this.#id += 1;
    this.#write({ slot, id: this.#id, ...request.message });
  }

  /** After a break, request again what has not arrived completely. */
  #opened = () => {
    this.#events.connection(true, "");
    for (const name of SLOTS) {
      this.#slots[name].again();
      this.#send(name);
    }
  };

  /** @param {string} sentence */
  #lost = (sentence) => {
    for (const slot of SLOTS) this.#stopWaiting(slot);
    this.#events.connection(false, sentence);
  };

  /** @param {string | ArrayBuffer} data */
  #received = (data) => {
    if (this.#closed) return;
    if (typeof data === "string") this.#message(JSON.parse(data));
    else this.#frame(data);
  };

  /**
   * The server has too many requests: wait for the time that it sends, varied by a quarter, then send the newest
   * request.
   * @param {Busy} message
   */
  #busy({ slot, retry_ms: wait }) {
    this.#slots[slot].again();
    this.#events.connection(true, words.wire.busy);
    const again = () => {
      this.#stopWaiting(slot);
      this.#send(slot);
    };
    this.#retries.set(slot, setTimeout(again, wait * (0.75 + Math.random() / 2)));
  }

  /** @param {SlotName} slot */
  #stopWaiting(slot) {
    clearTimeout(this.#retries.get(slot));
    this.#retries.delete(slot);
  }

  /** Report that nothing is wrong with the connection, unless a slot still waits for a busy server. */
  #reportConnected() {
    if (this.#retries.size === 0) this.#events.connection(true, "");
  }

  /** @param {ArrayBuffer} buffer */
  #frame(buffer) {
    const version = versionOf(buffer);
    if (version !== VERSION) return this.#stopForVersion(version > VERSION ? OLDER : NEWER);
    this.#connection.answered();
    const header = readHeader(buffer);
    const name = SLOTS[header.slot];
    const slot = this.#slots[name];
    const { request } = slot;
    if (request === null || header.id !== slot.id) return; // it belongs to a request that a newer one has replaced
    const [grid, cells] = [readTones(buffer, header), readCells(buffer, header)];
    if (cells !== null) {
      this.#events.cells(request, cells);
    } else if (grid !== null) {
      slot.end();
      if (slot.facts !== null) this.#events.ground(request, slot.facts, grid);
    } else {
      for (const shown of slot.take(readFrame(buffer), this.#now())) this.#events.chunk(request, shown);
    }
    this.#send(name);
  }

  /** @param {Downward} message */
  #message(message) {
    const failure = message.kind === "error" ? message : null;
    if (message.version !== VERSION) {
      // The sentence of an error has the same form in every version. A server that sends no version is older.
      return this.#stopForVersion(
        failure?.code === "version" ? failure.message : message.version > VERSION ? OLDER : NEWER,
      );
    }
    if (failure?.code === "version") return this.#stopForVersion(failure.message);
    if (failure?.id === null) {
      if (failure.code === "refused") this.#connection.refused();
      return this.#events.refused(null, failure.message);
    }
    this.#connection.answered();
    const slot = message.slot === null ? undefined : this.#slots[message.slot];
    if (slot !== undefined && message.id === slot.id) this.#answer(message, slot);
  }

  /**
   * Handle a message about the present request of a slot.
   * @param {Downward} message
   * @param {Slot} slot
   */
  #answer(message, slot) {
    const { request } = slot;
    const name = message.slot;
    if (request === null || name === null) return;
    switch (message.kind) {
      case "busy":
        return this.#busy(message);
      case "begin":
        this.#reportConnected();
        return slot.begin(message);
      case "ground":
        this.#reportConnected();
        slot.facts = message.facts;
        return;
      case "advice":
        slot.advised(message.run);
        return this.#events.advice(request, message);
      case "map":
        this.#reportConnected();
        return this.#events.record(request, message);
      case "examples":
      case "batches":
      case "mapped":
        slot.end();
        this.#reportConnected();
        this.#events.record(request, message);
        return this.#send(name);
      case "done":
      case "error":
        if (slot.repeats) this.#repeated(slot, name, message);
        else this.#end(slot, request, message);
        this.#send(name);
    }
    // A message of an unknown kind is ignored.
  }

  /**
   * @param {Slot} slot
   * @param {Request} request
   * @param {Done | ErrorAnswer} message
   */
  #end(slot, request, message) {
    for (const frame of slot.end()) this.#events.chunk(request, frame);
    if (message.kind === "done") this.#events.done(request, message);
    else this.#events.refused(request, message.message);
  }

  /**
   * A walk that is on the screen has been computed again for its advice: request the advice. If it failed, there is
   * none.
   * @param {Slot} slot
   * @param {SlotName} name
   * @param {Done | ErrorAnswer} message
   */
  #repeated(slot, name, { kind }) {
    slot.end();
    if (kind === "done") this.advise(name);
  }

  /**
   * Page and server have different versions of the contract. Nothing more is requested, since numbers could be misread.
   * @param {string} sentence
   */
  #stopForVersion(sentence) {
    this.#closed = true;
    this.#events.refused(null, sentence);
    this.close();
  }
}
