/** A stream on a fake WebSocket, new for each test: its requests, the answers that a test sends, and its events. */

import { beforeEach, mock } from "node:test";

export let online = null;
globalThis.addEventListener = (_, act) => (online = act);
globalThis.removeEventListener = () => (online = null);

export class FakeSocket {
  static OPEN = 1;
  static CLOSED = 3;
  static made = [];
  readyState = 0;
  sent = [];

  constructor(url) {
    this.url = url;
    FakeSocket.made.push(this);
  }

  send(message) {
    this.sent.push(JSON.parse(message));
  }

  open() {
    this.readyState = FakeSocket.OPEN;
    this.onopen();
  }

  receive(message) {
    this.onmessage({ data: message instanceof ArrayBuffer ? message : JSON.stringify(message) });
  }

  close(code = 1006, reason = "") {
    if (this.readyState === FakeSocket.CLOSED) return;
    this.readyState = FakeSocket.CLOSED;
    this.onclose({ code, reason });
  }
}
globalThis.WebSocket = FakeSocket;

const { contract } = await import(`${process.env.MODULES}/contract.js`);
const { Stream } = await import(`${process.env.MODULES}/stage/wire/socket.js`);
const { header_bytes: headerBytes, header_fields: fields, slots } = contract.wire;
export const { version } = contract.wire;
export const columns = ["x", "y", "loss", "gradient_x", "gradient_y"];
const STEPS = 9;
export const messageOf = (name, live) => ({ kind: "walk", scenario: { steps: STEPS, name }, live });
export const requestOf = (name, live = false) => ({ name, live, message: messageOf(name, live) });

export const clock = { now: 0 };
/** The answer of the server over HTTP about a connection that does not open. */
export const server = { reason: { refused: null, open: false } };
let log;
export let stream;
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  FakeSocket.made = [];
  clock.now = 0;
  server.reason = { refused: null, open: false };
  log = [];
  const note =
    (event) =>
    (...details) =>
      log.push([event, ...details]);
  const chunk = ({ name }, frame) => log.push(["chunk", name, frame.first, frame.rows, frame.columns]);
  const done = ({ name }) => log.push(["done", name]);
  const advice = ({ name }, { run }) => log.push(["advice", name, run]);
  const record = ({ name }, { kind, id }) => log.push(["record", name, kind, id]);
  const cells = ({ name }, { first }) => log.push(["cells", name, first]);
  const refused = (slot) => (sentence) => log.push(["refused", slot, sentence]);
  const events = { refused: refused(null), connection: note("connection") };
  stream = new Stream(
    "ws://here/api/stream",
    events,
    () => clock.now,
    async () => server.reason,
  );
  for (const slot of slots) stream.answer(slot, { chunk, done, advice, record, cells, refused: refused(slot) });
});

export const socket = () => FakeSocket.made.at(-1);
const brief = ({ kind, slot, id, scenario }) => (scenario ? `${slot} ${id} ${scenario.name}` : `${kind} ${slot}`);
export const requests = () => socket().sent.map(brief);
export const recorded = (event) => log.filter(([name]) => name === event).map(([, ...details]) => details);
export function begin(id, slot = "walk") {
  socket().receive({ kind: "begin", version, slot, id, columns, parts: [], runs: 1 });
}
export const done = (id, slot = "walk") =>
  socket().receive({ kind: "done", version, slot, id, steps: STEPS, outcomes: [] });

export function steps(id, first, last, slot = "walk", of = version) {
  const count = last - first + 1;
  const buffer = new ArrayBuffer(headerBytes + 8 * count * columns.length);
  const shape = { first, count, runs: 1, columns: columns.length, parts: 0 };
  const header = { version: of, kind: 1, slot: slots.indexOf(slot), id, ...shape };
  new Uint32Array(buffer).set(fields.map((name) => header[name]));
  socket().receive(buffer);
}
