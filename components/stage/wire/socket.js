/** The connection to the backend: sends requests, passes on what arrives, and asks again after a break. */

import { contract } from "../../contract.js";
import { words } from "../words.js";
import { readFrame, versionOf } from "./frame.js";
import { Line } from "./line.js";
import { reasonOf } from "./reason.js";
import { Slot } from "./slot.js";

/** @import { Advice, Busy, Done, Downward, ErrorAnswer } from "../../contract.js" */
/** @import { NamedFrame } from "./record.js" */
/** @import { Reason } from "./reason.js" */
/** @import { Request, SlotName } from "./slot.js" */

/**
 * @typedef {object} StreamEvents
 * @property {(request: Request, frame: NamedFrame) => void} chunk a frame to show (see slot.js)
 * @property {(request: Request, message: Done) => void} done the answer is complete
 * @property {(request: Request, message: Advice) => void} advice later, for some of the runs
 * @property {(request: ?Request, sentence: string) => void} refused what failed; the request is null if it is about
 * none
 * @property {(connected: boolean, sentence: string) => void} line whether there is a connection, and what is wrong
 */

const { version: VERSION, older: OLDER, newer: NEWER, slots: SLOTS } = contract.wire;

export class Stream {
  #events;
  #now;
  #line;
  #id = 0;
  #slots = /** @type {Record<SlotName, Slot>} */ (Object.fromEntries(SLOTS.map((name) => [name, new Slot()])));
  /** @type {Map<SlotName, ReturnType<typeof setTimeout>>} while the server is busy: by slot, what asks again */
  #patience = new Map();
  #closed = false;

  /**
   * @param {string} url
   * @param {StreamEvents} events
   * @param {() => number} now the time in milliseconds
   * @param {() => Promise<Reason>} reason why the connection does not open
   */
  constructor(url, events, now = () => performance.now(), reason = () => reasonOf(url)) {
    this.#events = events;
    this.#now = now;
    this.#line = new Line(url, { opened: this.#opened, heard: this.#heard, lost: this.#lost }, reason);
  }

  /**
   * Ask for something in a slot.
   * @param {SlotName} slot
   * @param {Request} request what is passed on with its answers; its `message` is sent
   */
  request(slot, request) {
    this.#slots[slot].ask(request);
    this.#send(slot);
  }

  /**
   * Ask what could be tried after the complete walk of a slot. After a break the walk is requested again for that.
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
   * End what goes on in a slot: nothing of it is shown any more.
   * @param {SlotName} slot
   */
  cancel(slot) {
    if (this.#patience.has(slot)) {
      this.#stopWaiting(slot);
      this.#calm();
    }
    if (this.#slots[slot].drop()) this.#write({ kind: "cancel", slot });
  }

  close() {
    for (const slot of SLOTS) this.cancel(slot);
    this.#closed = true;
    this.#line.close();
  }

  /** @param {object} message */
  #write(message) {
    if (!this.#closed) this.#line.send(JSON.stringify({ version: VERSION, ...message }));
  }

  /** @param {SlotName} slot */
  #send(slot) {
    if (this.#closed || this.#patience.has(slot) || !this.#line.open) return;
    const request = this.#slots[slot].next(this.#id + 1, this.#now());
    if (request === null) return;
    this.#id += 1;
    this.#write({ slot, id: this.#id, ...request.message });
  }

  /** After a break, ask again for what had not arrived completely. */
  #opened = () => {
    this.#events.line(true, "");
    for (const name of SLOTS) {
      this.#slots[name].again();
      this.#send(name);
    }
  };

  /** @param {string} sentence */
  #lost = (sentence) => {
    for (const slot of SLOTS) this.#stopWaiting(slot);
    this.#events.line(false, sentence);
  };

  /** @param {string | ArrayBuffer} data */
  #heard = (data) => {
    if (this.#closed) return;
    if (typeof data === "string") this.#message(JSON.parse(data));
    else this.#frame(data);
  };

  /**
   * Too many requests at once: wait as long as the server says, a little more or less, then ask for the newest.
   * @param {Busy} message
   */
  #busy({ slot, retry_ms: wait }) {
    this.#slots[slot].again();
    this.#events.line(true, words.wire.busy);
    const again = () => {
      this.#stopWaiting(slot);
      this.#send(slot);
    };
    this.#patience.set(slot, setTimeout(again, wait * (0.75 + Math.random() / 2)));
  }

  /** @param {SlotName} slot */
  #stopWaiting(slot) {
    clearTimeout(this.#patience.get(slot));
    this.#patience.delete(slot);
  }

  /** Nothing is wrong with the connection, unless a slot still waits for a busy server. */
  #calm() {
    if (this.#patience.size === 0) this.#events.line(true, "");
  }

  /** @param {ArrayBuffer} buffer */
  #frame(buffer) {
    const version = versionOf(buffer);
    if (version !== VERSION) return this.#part(version > VERSION ? OLDER : NEWER);
    this.#line.proven();
    const frame = readFrame(buffer);
    const name = SLOTS[frame.slot];
    const slot = this.#slots[name];
    const { request } = slot;
    if (request === null || frame.id !== slot.id) return; // of a request that a newer one has ended
    for (const shown of slot.take(frame, this.#now())) this.#events.chunk(request, shown);
    this.#send(name);
  }

  /** @param {Downward} message */
  #message(message) {
    const failure = message.kind === "error" ? message : null;
    if (message.version !== VERSION) {
      // The sentence of an error is read in every version. A server without versions is the older one.
      return this.#part(failure?.code === "version" ? failure.message : message.version > VERSION ? OLDER : NEWER);
    }
    if (failure?.code === "version") return this.#part(failure.message);
    if (failure?.id === null) {
      if (failure.code === "refused") this.#line.refused();
      return this.#events.refused(null, failure.message);
    }
    this.#line.proven();
    const slot = message.slot === null ? undefined : this.#slots[message.slot];
    if (slot !== undefined && message.id === slot.id) this.#answer(message, slot);
  }

  /**
   * Take a message about the present request of a slot.
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
        this.#calm();
        return slot.begin(message);
      case "advice":
        slot.advised(message.run);
        return this.#events.advice(request, message);
      case "done":
      case "error":
        if (slot.repeats) this.#repeated(slot, name, message);
        else this.#end(slot, request, message);
        this.#send(name);
    }
    // A message of a kind that this page does not know is ignored.
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
   * A walk that is on the screen has arrived again, for its advice. Where it failed, there is none.
   * @param {Slot} slot
   * @param {SlotName} name
   * @param {Done | ErrorAnswer} message
   */
  #repeated(slot, name, { kind }) {
    slot.end();
    if (kind === "done") this.advise(name);
  }

  /**
   * Page and server speak different versions: nothing more is requested, and no number is read as another.
   * @param {string} sentence
   */
  #part(sentence) {
    this.#closed = true;
    this.#events.refused(null, sentence);
    this.close();
  }
}
