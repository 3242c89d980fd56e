/** Requested advice arrives after a break of the connection, too; the walk that it repeats is not shown again. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { begin, done, recorded, requestOf, requests, socket, steps, stream, version } from "./fake_socket.mjs";

const advise = (id, run) =>
  socket().receive({ kind: "advice", version, slot: "walk", id, run, advice: "", change: null });

/** A complete walk under this id. */
function whole(id) {
  begin(id);
  steps(id, 0, 9);
  done(id);
}

/** The connection breaks, `between` happens, and the connection opens again. */
function reconnect(between = () => {}) {
  socket().close();
  between();
  mock.timers.tick(400);
  socket().open();
}

const WHEN = {
  "before the connection broke": () => {
    stream.advise("walk");
    reconnect();
  },
  "while there was no connection": () => reconnect(() => stream.advise("walk")),
  "after the connection opened again": () => {
    reconnect();
    stream.advise("walk");
  },
  twice: () => {
    stream.advise("walk");
    reconnect();
    stream.advise("walk");
  },
};
for (const [when, happens] of Object.entries(WHEN)) {
  test(`advice that was requested ${when} arrives, and its walk is not shown again`, () => {
    socket().open();
    stream.request("walk", requestOf("a"));
    whole(1);
    happens();
    assert.deepEqual(requests(), ["walk 2 a"]);
    whole(2);
    assert.deepEqual(socket().sent.slice(1), [{ version, kind: "advise", slot: "walk", id: 2 }]);
    advise(2, 0);
    assert.deepEqual([recorded("chunk").length, recorded("done").length, recorded("advice")], [1, 1, [["a", 0]]]);
  });
}

test("after a second break, or when the server is busy, the walk is not shown again either", () => {
  socket().open();
  stream.request("walk", requestOf("a"));
  whole(1);
  stream.advise("walk");
  reconnect();
  begin(2);
  reconnect();
  socket().receive({ kind: "busy", version, slot: "walk", id: 3, retry_ms: 1000 });
  mock.timers.tick(1250);
  assert.deepEqual(requests(), ["walk 3 a", "walk 4 a"]);
  whole(4);
  assert.equal(socket().sent.at(-1).kind, "advise");
  assert.deepEqual([recorded("chunk").length, recorded("done").length], [1, 1]);
});

test("after a break nothing is requested again if no advice is missing", () => {
  socket().open();
  stream.request("walk", requestOf("a"));
  whole(1);
  reconnect();
  assert.deepEqual(requests(), []);
  stream.request("walk", requestOf("b"));
  whole(2);
  stream.advise("walk");
  advise(2, 0);
  reconnect();
  assert.deepEqual(requests(), []);
});

test("a newer walk than the repeated one is shown", () => {
  socket().open();
  stream.request("walk", requestOf("a"));
  whole(1);
  stream.advise("walk");
  reconnect();
  stream.request("walk", requestOf("b", true));
  assert.deepEqual(requests(), ["walk 2 a", "walk 3 b"]);
  whole(3);
  assert.deepEqual([recorded("done").at(-1), recorded("chunk").length], [["b"], 2]);
});

test("a repeated walk that fails shows no error: the walk on the screen stays", () => {
  socket().open();
  stream.request("walk", requestOf("a"));
  whole(1);
  stream.advise("walk");
  reconnect();
  socket().receive({ kind: "error", version, slot: "walk", id: 2, code: "failed", message: "Sorry." });
  assert.deepEqual([recorded("refused"), requests()], [[], ["walk 2 a"]]);
});
