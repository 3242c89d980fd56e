/** After a break the connection opens again: soon if the server had answered, rarely if it refuses. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { begin, FakeSocket, recorded, requestOf, server, socket, stream, version } from "./fake_socket.mjs";

const { words } = await import(`${process.env.MODULES}/stage/words.js`);
const { lost, refused, blocked } = words.wire;
const attempts = () => FakeSocket.made.length;
const sentence = () => recorded("connection").at(-1)[1];

/**
 * Let the connection break so many times, each time after `happens`, and wait as long as the longest usual interval.
 */
function breaks(times, happens = () => {}, [code, reason] = [1006, ""]) {
  for (let time = 0; time < times; time += 1) {
    happens();
    socket().close(code, reason);
    mock.timers.tick(6250);
  }
}

test("the interval grows with every attempt, up to five seconds", () => {
  socket().close();
  mock.timers.tick(312);
  assert.equal(attempts(), 2, "the first attempt follows soon");
  socket().close();
  mock.timers.tick(312);
  assert.equal(attempts(), 2, "the second does not");
  mock.timers.tick(313);
  assert.equal(attempts(), 3);
  breaks(8);
  socket().close();
  mock.timers.tick(3749);
  assert.equal(attempts(), 11);
  mock.timers.tick(2501);
  assert.equal(attempts(), 12);
});

test("an answer resets the interval; that the connection opens does not", () => {
  breaks(6, () => socket().open());
  const before = attempts();
  socket().open();
  socket().close();
  mock.timers.tick(3700);
  assert.equal(attempts(), before, "it has only been opened");
  mock.timers.tick(2550);
  socket().open();
  stream.request("walk", requestOf("a"));
  begin(1);
  socket().close();
  mock.timers.tick(312);
  assert.equal(attempts(), before + 2);
});

test("after a server accepts and then refuses, attempts are rare, and its sentence is shown", () => {
  socket().open();
  socket().receive({ kind: "error", version, slot: null, id: null, code: "refused", message: "Too many." });
  socket().close(1013);
  assert.deepEqual([recorded("refused"), sentence()], [[[null, "Too many."]], refused]);
  mock.timers.tick(22_000);
  assert.equal(attempts(), 1);
  mock.timers.tick(16_000);
  assert.equal(attempts(), 2);
});

test("after a refusal with a reason, attempts are rare, and the reason is shown", () => {
  socket().close(4403, "Set MR_ADAM_ORIGINS.");
  assert.equal(sentence(), "Set MR_ADAM_ORIGINS.");
  mock.timers.tick(22_000);
  assert.equal(attempts(), 1);
  mock.timers.tick(16_000);
  socket().close();
  assert.equal(sentence(), refused, "nothing has been answered since");
});

test("a reason that is not the server's own is not shown", () => {
  socket().open();
  socket().close(1001, "going away");
  assert.equal(sentence(), lost);
});

/** Let the server's answer arrive. */
async function answered() {
  for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
}

test("after a refusal over HTTP, attempts are rare, and its sentence is shown", async () => {
  server.reason = { refused: "Set MR_ADAM_ORIGINS.", open: false };
  breaks(1);
  assert.equal(sentence(), lost);
  socket().close();
  await answered();
  assert.equal(sentence(), "Set MR_ADAM_ORIGINS.");
  mock.timers.tick(22_000);
  assert.equal(attempts(), 2);
  server.reason = { refused: null, open: true };
  mock.timers.tick(16_000);
  socket().open();
  assert.equal(sentence(), "");
});

for (const open of [true, false]) {
  test(`without a connection the page names the WebSocket ${open ? "" : "only "}if the server answers`, async () => {
    server.reason = { refused: null, open };
    breaks(1);
    socket().close();
    await answered();
    assert.equal(sentence(), open ? blocked : lost);
    mock.timers.tick(6250);
    assert.equal(attempts(), 3, "the next attempt follows soon");
  });
}

test("the answer of the server about a connection is not shown if the connection opens meanwhile", async () => {
  server.reason = { refused: "No.", open: false };
  socket().close();
  mock.timers.tick(312);
  socket().close();
  mock.timers.tick(625);
  socket().open();
  await answered();
  assert.equal(sentence(), "");
});
