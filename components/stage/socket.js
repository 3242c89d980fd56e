/** The line to the backend: asks for walks, hands over what arrives, and restores itself when it breaks. */

const FIRST_RETRY = 250;
const LONGEST_RETRY = 5000;
const HEADER_BYTES = 16;
const LOST = "The connection is lost; trying to get it back.";
const BUSY = "The server is busy; trying again.";

export class Stream {
  #url;
  #events;
  #socket = null;
  #id = 0;
  #waiting = null;
  #current = null;
  #retry = FIRST_RETRY;
  #timer = null;
  #closed = false;
  /** While the server is busy: what asks again. */
  #patience = null;

  /**
   * @param {string} url
   * @param {{chunk: Function, done: Function, refused: Function, line: Function}} events
   *   `chunk(request, first, count, values, parts)`, `done(request, message)`, `refused(request, sentence)`,
   *   `line(connected, word)`: whether there is a connection, and what is wrong, if anything is.
   */
  constructor(url, events) {
    this.#url = url;
    this.#events = events;
    this.#open();
    addEventListener("online", this.#hurry);
  }

  /**
   * Ask for a walk. While an earlier request has brought nothing yet, the new one waits for its first
   * chunk, so that a pointer that never rests still sees pictures; of those that wait only the newest counts.
   */
  request(request) {
    this.#waiting = request;
    this.#send();
  }

  close() {
    this.#closed = true;
    removeEventListener("online", this.#hurry);
    clearTimeout(this.#timer);
    clearTimeout(this.#patience);
    this.#socket?.close();
  }

  #send() {
    if (this.#waiting === null || this.#patience !== null || this.#socket?.readyState !== WebSocket.OPEN) return;
    if (this.#current !== null && !this.#current.answered) return;
    this.#id += 1;
    this.#current = { id: this.#id, request: this.#waiting, answered: false, complete: false };
    this.#waiting = null;
    this.#socket.send(JSON.stringify({ id: this.#id, ...this.#current.request.message }));
  }

  #open() {
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#retry = FIRST_RETRY;
      this.#events.line(true, "");
      this.#resume();
    };
    socket.onmessage = ({ data }) => (typeof data === "string" ? this.#told(JSON.parse(data)) : this.#chunk(data));
    socket.onclose = () => this.#lost();
    this.#socket = socket;
  }

  #lost() {
    if (this.#closed) return;
    clearTimeout(this.#patience);
    this.#patience = null;
    this.#events.line(false, LOST);
    const jitter = 0.75 + Math.random() / 2;
    this.#timer = setTimeout(() => this.#open(), this.#retry * jitter);
    this.#retry = Math.min(this.#retry * 2, LONGEST_RETRY);
  }

  #hurry = () => {
    if (this.#socket?.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.#timer);
    this.#open();
  };

  /** After a break, ask again for what had not arrived whole. */
  #resume() {
    if (this.#waiting === null && this.#current !== null && !this.#current.complete) this.#waiting = this.#current.request;
    this.#current = null;
    this.#send();
  }

  /** Too many ask at once: wait as long as the server says, each a little differently, and ask for the newest. */
  #putOff({ retry_ms: wait }) {
    this.#waiting ??= this.#current.request;
    this.#current = null;
    this.#events.line(true, BUSY);
    this.#patience = setTimeout(() => {
      this.#patience = null;
      this.#send();
    }, wait * (0.75 + Math.random() / 2));
  }

  #chunk(buffer) {
    const [id, first, count, runs] = new Uint32Array(buffer, 0, 4);
    if (id !== this.#current?.id) return;
    if (!this.#current.answered) this.#events.line(true, "");
    this.#current.answered = true;
    const values = new Float64Array(buffer, HEADER_BYTES, runs * count * 5);
    const parts = new Float64Array(buffer, HEADER_BYTES + values.byteLength);
    this.#events.chunk(this.#current.request, first, count, values, parts);
    this.#send();
  }

  #told(message) {
    if (message.id !== this.#current?.id && message.id !== null) return;
    if (message.type === "busy") return this.#putOff(message);
    if (this.#current !== null) Object.assign(this.#current, { answered: true, complete: true });
    if (message.type === "done") this.#events.done(this.#current.request, message);
    if (message.type === "error") this.#events.refused(this.#current?.request ?? null, message.message);
    this.#send();
  }
}
