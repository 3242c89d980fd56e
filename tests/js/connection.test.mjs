/** After a break the connection opens again: soon if the server had answered, slowly if it refuses. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { begin, FakeSocket, line, said, server, stream, version, wish } from "./fake_line.mjs";

const { words } = await import(`${process.env.MODULES}/stage/words.js`);
const { lost, refused, blocked } = words.wire;
const attempts = () => FakeSocket.made.length;
const sentence = () => said("connection").at(-1)[1];

/**
 * Let the connection break so many times, each time after `happens`, and wait as long as the longest usual interval.
 */
function breaks(times, happens = () => {}, [code, reason] = [1006, ""]) {
  for (let time = 0; time < times; time += 1) {
    happens();
    line().close(code, reason);
    mock.timers.tick(6250);
  }
}

test("the interval grows with every attempt, up to five seconds", () => {
  line().close();
  mock.timers.tick(312);
  assert.equal(attempts(), 2, "the first attempt follows soon");
  line().close();
  mock.timers.tick(312);
  assert.equal(attempts(), 2, "the second does not");
  mock.timers.tick(313);
  assert.equal(attempts(), 3);
  breaks(8);
  line().close();
  mock.timers.tick(3749);
  assert.equal(attempts(), 11);
  mock.timers.tick(2501);
  assert.equal(attempts(), 12);
});

test("an answer resets the interval; that the connection opens does not", () => {
  breaks(6, () => line().open());
  const before = attempts();
  line().open();
  line().close();
  mock.timers.tick(3700);
  assert.equal(attempts(), before, "it has only been opened");
  mock.timers.tick(2550);
  line().open();
  stream.request("walk", wish("a"));
  begin(1);
  line().close();
  mock.timers.tick(312);
  assert.equal(attempts(), before + 2);
});

test("a server that accepts the connection only to refuse it is asked rarely, and its sentence is shown", () => {
  line().open();
  line().hear({ kind: "error", version, slot: null, id: null, code: "refused", message: "Too many." });
  line().close(1013);
  assert.deepEqual([said("refused"), sentence()], [[[null, "Too many."]], refused]);
  mock.timers.tick(22_000);
  assert.equal(attempts(), 1);
  mock.timers.tick(16_000);
  assert.equal(attempts(), 2);
});

test("a refusal with a reason shows the reason, and is asked rarely", () => {
  line().close(4403, "Set MR_ADAM_ORIGINS.");
  assert.equal(sentence(), "Set MR_ADAM_ORIGINS.");
  mock.timers.tick(22_000);
  assert.equal(attempts(), 1);
  mock.timers.tick(16_000);
  line().close();
  assert.equal(sentence(), refused, "nothing has been answered since");
});

test("a reason that is not the server's own is not shown", () => {
  line().open();
  line().close(1001, "going away");
  assert.equal(sentence(), lost);
});

/** Let the server's answer arrive. */
async function answered() {
  for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
}

test("a server that refuses over HTTP is asked rarely, and its sentence is shown", async () => {
  server.reason = { refused: "Set MR_ADAM_ORIGINS.", open: false };
  breaks(1);
  assert.equal(sentence(), lost);
  line().close();
  await answered();
  assert.equal(sentence(), "Set MR_ADAM_ORIGINS.");
  mock.timers.tick(22_000);
  assert.equal(attempts(), 2);
  server.reason = { refused: null, open: true };
  mock.timers.tick(16_000);
  line().open();
  assert.equal(sentence(), "");
});

for (const open of [true, false]) {
  test(`without a connection the page blames the WebSocket ${open ? "" : "only "}if the server answers`, async () => {
    server.reason = { refused: null, open };
    breaks(1);
    line().close();
    await answered();
    assert.equal(sentence(), open ? blocked : lost);
    mock.timers.tick(6250);
    assert.equal(attempts(), 3, "it goes on trying soon");
  });
}

test("what the server says of a connection that opens meanwhile is not shown", async () => {
  server.reason = { refused: "No.", open: false };
  line().close();
  mock.timers.tick(312);
  line().close();
  mock.timers.tick(625);
  line().open();
  await answered();
  assert.equal(sentence(), "");
});
