/** The line to the backend: asks for walks, hands over what arrives, and restores itself when it breaks. */

import { contract } from "../../contract.js";
import { readFrame, versionOf } from "./frame.js";
import { Slot } from "./slot.js";

const { version: VERSION, older: OLDER, newer: NEWER, slots: SLOTS } = contract.wire;
const FIRST_RETRY = 250;
const LONGEST_RETRY = 5000;
const LOST = "The connection is lost; trying to get it back.";
const BUSY = "The server is busy; trying again.";

export class Stream {
  #url;
  #events;
  #now;
  #socket = null;
  #id = 0;
  #slots = new Map(SLOTS.map((name) => [name, new Slot()]));
  /** While the server is busy: by slot, what asks again. */
  #patience = new Map();
  #retry = FIRST_RETRY;
  #timer = null;
  #closed = false;

  /**
   * @param {string} url
   * @param {{chunk: Function, done: Function, advice: Function, refused: Function, line: Function}} events
   *   `chunk(request, frame)` (see slot.js), `done(request, message)`, then, for some of the runs,
   *   `advice(request, message)`; `refused(request, sentence)` (the request is null where the sentence is about none),
   *   `line(connected, word)`: whether there is a connection, and what is wrong, if anything is.
   * @param {Function} now the time in milliseconds
   */
  constructor(url, events, now = () => performance.now()) {
    this.#url = url;
    this.#events = events;
    this.#now = now;
    this.#open();
    addEventListener("online", this.#hurry);
  }

  /**
   * Ask for something in a slot.
   * @param {string} slot
   * @param {{live: boolean, message: Object}} request what comes back with its answers; its `message` is sent
   */
  request(slot, request) {
    this.#slots.get(slot).ask(request);
    this.#send(slot);
  }

  /** Ask what could be tried after the walk of a slot that has come whole; after a break it is asked for again. */
  advise(slot) {
    const id = this.#slots.get(slot).advise();
    if (id !== null) this.#write({ kind: "advise", slot, id });
    this.#send(slot);
  }

  /** The gesture in a slot has ended. */
  rest(slot) {
    this.#slots.get(slot).rest();
  }

  /** End what goes on in a slot: nothing of it is to be seen any more. */
  cancel(slot) {
    if (this.#patience.has(slot)) {
      this.#relent(slot);
      this.#calm();
    }
    if (this.#slots.get(slot).drop()) this.#write({ kind: "cancel", slot });
  }

  close() {
    for (const slot of SLOTS) this.cancel(slot);
    this.#closed = true;
    removeEventListener("online", this.#hurry);
    clearTimeout(this.#timer);
    this.#socket.close();
  }

  #write(message) {
    if (this.#closed || this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(JSON.stringify({ version: VERSION, ...message }));
  }

  #send(slot) {
    if (this.#closed || this.#patience.has(slot) || this.#socket.readyState !== WebSocket.OPEN) return;
    const request = this.#slots.get(slot).next(this.#id + 1, this.#now());
    if (request === null) return;
    this.#id += 1;
    this.#write({ slot, id: this.#id, ...request.message });
  }

  #open() {
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#retry = FIRST_RETRY;
      this.#events.line(true, "");
      this.#resume();
    };
    socket.onmessage = ({ data }) => {
      if (this.#closed) return;
      if (typeof data === "string") this.#told(JSON.parse(data));
      else this.#frame(data);
    };
    socket.onclose = () => this.#lost();
    this.#socket = socket;
  }

  #lost() {
    if (this.#closed) return;
    for (const slot of SLOTS) this.#relent(slot);
    this.#events.line(false, LOST);
    const jitter = 0.75 + Math.random() / 2;
    this.#timer = setTimeout(() => this.#open(), this.#retry * jitter);
    this.#retry = Math.min(this.#retry * 2, LONGEST_RETRY);
  }

  #hurry = () => {
    if (this.#socket.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.#timer);
    this.#open();
  };

  /** After a break, ask again for what had not arrived whole. */
  #resume() {
    for (const [name, slot] of this.#slots) {
      slot.again();
      this.#send(name);
    }
  }

  /** Too many ask at once: wait as long as the server says, each a little differently, and ask for the newest. */
  #putOff(name, wait) {
    this.#slots.get(name).again();
    this.#events.line(true, BUSY);
    const again = () => {
      this.#relent(name);
      this.#send(name);
    };
    this.#patience.set(name, setTimeout(again, wait * (0.75 + Math.random() / 2)));
  }

  #relent(slot) {
    clearTimeout(this.#patience.get(slot));
    this.#patience.delete(slot);
  }

  /** Nothing is wrong with the connection, unless a slot still waits for a busy server. */
  #calm() {
    if (this.#patience.size === 0) this.#events.line(true, "");
  }

  #frame(buffer) {
    const version = versionOf(buffer);
    if (version !== VERSION) return this.#part(version > VERSION ? OLDER : NEWER);
    const frame = readFrame(buffer);
    const name = SLOTS[frame.slot];
    const slot = this.#slots.get(name);
    if (frame.id !== slot.id) return; // of a request that a newer one has ended
    for (const shown of slot.take(frame, this.#now())) this.#events.chunk(slot.request, shown);
    this.#send(name);
  }

  #told(message) {
    if (message.version !== VERSION) {
      // Of an error, the sentence is read in every version; a server without versions is the older one.
      const known = message.code === "version" && message.kind === "error";
      return this.#part(known ? message.message : message.version > VERSION ? OLDER : NEWER);
    }
    if (message.code === "version") return this.#part(message.message);
    if (message.kind === "error" && message.id === null) return this.#events.refused(null, message.message);
    const slot = this.#slots.get(message.slot);
    if (slot === undefined || message.id !== slot.id) return;
    if (message.kind === "busy") return this.#putOff(message.slot, message.retry_ms);
    if (message.kind === "begin") {
      this.#calm();
      slot.begin(message);
      return;
    }
    const { request } = slot;
    if (message.kind === "advice") {
      slot.advised(message.run);
      return this.#events.advice(request, message);
    }
    if (message.kind !== "done" && message.kind !== "error") return; // of a kind that this page does not know
    if (slot.repeats) return this.#repeated(message);
    for (const frame of slot.end()) this.#events.chunk(request, frame);
    if (message.kind === "done") this.#events.done(request, message);
    if (message.kind === "error") this.#events.refused(request, message.message);
    this.#send(message.slot);
  }

  /** A walk that is on the screen has come again: now there may be advice. Where it failed, there is none. */
  #repeated({ kind, slot: name }) {
    this.#slots.get(name).end();
    if (kind === "done") this.advise(name);
    this.#send(name);
  }

  /** Page and server speak different versions: nothing more is asked, and nothing is read as what it is not. */
  #part(sentence) {
    this.#closed = true;
    this.#events.refused(null, sentence);
    this.close();
  }
}
