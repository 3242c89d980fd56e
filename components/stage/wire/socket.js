/** The stream of the backend: sends requests, passes on what arrives, and repeats requests after a break. */

import { contract } from "../../contract.js";
import { words } from "../words.js";
import { passOn } from "./aggregate_frames.js";
import { Connection } from "./connection.js";
import { readFrame, readHeader, readTones, versionOf } from "./frame.js";
import { reasonOf } from "./reason.js";
import { Slot } from "./slot.js";

/** @import { Busy, Done, Downward, ErrorAnswer } from "../../contract.js" */
/** @import { Part } from "./part.js" */
/** @import { Reason } from "./reason.js" */
/** @import { Request, SlotName } from "./slot.js" */

/**
 * @typedef {object} StreamEvents
 * @property {(sentence: string) => void} refused what has failed; not called if a part takes the sentence
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
  /** The part of the stage that receives the answers of each slot. @type {Partial<Record<SlotName, Part>>} */
  #parts = {};
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
   * Pass the answers of a slot to the part that requests in it.
   * @param {SlotName} slot
   * @param {Part} part
   */
  answer(slot, part) {
    this.#parts[slot] = part;
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
    const part = this.#parts[name];
    const grid = readTones(buffer, header);
    if (passOn(buffer, header, part, request)) return this.#send(name);
    if (grid !== null) {
      slot.end();
      if (slot.facts !== null) part?.ground?.(request, slot.facts, grid);
    } else {
      for (const shown of slot.take(readFrame(buffer), this.#now())) part?.chunk?.(request, shown);
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
      return this.#events.refused(failure.message);
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
    const part = this.#parts[name];
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
        return part?.advice?.(request, message);
      case "map":
      case "settings":
      case "settings_level":
      case "fan":
        this.#reportConnected();
        return part?.record?.(request, message);
      case "examples":
      case "batches":
      case "mapped":
      case "settings_done":
      case "fanned":
      case "orbits_done":
        slot.end();
        this.#reportConnected();
        part?.record?.(request, message);
        return this.#send(name);
      case "done":
      case "error":
        if (slot.repeats) this.#repeated(slot, name, message);
        else this.#end(slot, part, request, message);
        this.#send(name);
    }
    // A message of an unknown kind is ignored.
  }

  /**
   * @param {Slot} slot
   * @param {Part | undefined} part
   * @param {Request} request
   * @param {Done | ErrorAnswer} message
   */
  #end(slot, part, request, message) {
    for (const frame of slot.end()) part?.chunk?.(request, frame);
    if (message.kind === "done") part?.done?.(request, message);
    else if (part?.refused !== undefined) part.refused(message.message);
    else this.#events.refused(message.message);
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
    this.#events.refused(sentence);
    this.close();
  }
}
