/** A WebSocket that opens again after a break, at growing intervals. */

import { words } from "../words.js";

/** @import { Reason } from "./reason.js" */

const FIRST_RETRY = 250;
const LONGEST_RETRY = 5000;
/** The interval after a refusal, in milliseconds: the server will probably refuse for some time. */
const REFUSED_RETRY = 30_000;
/** After this number of failed attempts the page requests the reason from the server. */
const ATTEMPTS = 2;
/** Close codes from here on are the server's own: it refuses the connection (see backend/stream.py). */
const REFUSAL = 4000;
/** The close code for a message or a connection that breaks a rule of the server. */
const POLICY = 1008;

/**
 * @typedef {object} ConnectionEvents
 * @property {() => void} opened
 * @property {(data: string | ArrayBuffer) => void} received
 * @property {(sentence: string) => void} lost the connection has closed, with the reason as a sentence for the visitor
 */

export class Connection {
  #url;
  #events;
  #reason;
  /** @type {WebSocket} */
  #socket;
  #retry = FIRST_RETRY;
  /** Attempts in a row that did not open. */
  #attempts = 0;
  #refused = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #closed = false;

  /**
   * @param {string} url
   * @param {ConnectionEvents} events
   * @param {() => Promise<Reason>} reason requests why the connection does not open
   */
  constructor(url, events, reason) {
    this.#url = url;
    this.#events = events;
    this.#reason = reason;
    this.#socket = this.#open();
    addEventListener("online", this.#retryNow);
  }

  get open() {
    return !this.#closed && this.#socket.readyState === WebSocket.OPEN;
  }

  /** @param {string} message */
  send(message) {
    if (this.open) this.#socket.send(message);
  }

  /**
   * The server has answered a request: after the next break the first attempt follows after the shortest interval. An
   * open connection is no proof, since the server may accept it only to send that it refuses.
   */
  answered() {
    this.#retry = FIRST_RETRY;
    this.#refused = false;
  }

  /** The server has refused the connection in a message. */
  refused() {
    this.#refused = true;
  }

  close() {
    this.#closed = true;
    removeEventListener("online", this.#retryNow);
    clearTimeout(this.#timer);
    this.#socket.close();
  }

  #open() {
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#attempts = 0;
      this.#events.opened();
    };
    socket.onmessage = ({ data }) => {
      if (!this.#closed) this.#events.received(data);
    };
    socket.onclose = (event) => this.#lost(event);
    return socket;
  }

  /** @param {CloseEvent} event */
  #lost(event) {
    if (this.#closed) return;
    this.#attempts += 1;
    const refusal = event.reason !== "" && (event.code === POLICY || event.code >= REFUSAL);
    if (refusal) this.#refused = true;
    this.#events.lost(refusal ? event.reason : this.#refused ? words.wire.refused : words.wire.lost);
    this.#wait(this.#refused ? REFUSED_RETRY : this.#retry);
    this.#retry = Math.min(this.#retry * 2, LONGEST_RETRY);
    if (this.#attempts >= ATTEMPTS) this.#explain();
  }

  /**
   * Open a new connection after an interval, varied by a quarter so that clients do not reconnect all at once.
   * @param {number} interval in milliseconds
   */
  #wait(interval) {
    const again = () => {
      this.#socket = this.#open();
    };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(again, interval * (0.75 + Math.random() / 2));
  }

  /** Request from the server why no connection opens, and report the reason. */
  async #explain() {
    const { refused, open } = await this.#reason();
    if (this.#closed || this.#socket.readyState !== WebSocket.CLOSED) return;
    this.#refused = refused !== null;
    if (refused !== null) {
      this.#events.lost(refused);
      this.#wait(REFUSED_RETRY);
    } else if (open) {
      this.#events.lost(words.wire.blocked);
    }
  }

  /** The browser has network access again. */
  #retryNow = () => {
    if (this.#socket.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.#timer);
    this.#socket = this.#open();
  };
}
