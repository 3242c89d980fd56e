/** The connection to the backend on a fake WebSocket: versions, slots, canceling, delayed frames, waiting, breaks. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import {
  begin,
  clock,
  columns,
  done,
  FakeSocket,
  messageOf,
  online,
  recorded,
  requestOf,
  requests,
  socket,
  steps,
  stream,
  version,
} from "./fake_socket.mjs";

test("a request goes out as soon as the connection is open, and has kind, version, slot and id", () => {
  stream.request("walk", requestOf("a"));
  assert.deepEqual(socket().sent, []);
  socket().open();
  assert.deepEqual(socket().sent, [{ version, slot: "walk", id: 1, ...messageOf("a", false) }]);
  begin(1);
  steps(1, 0, 4);
  steps(1, 5, 9);
  done(1);
  assert.deepEqual(recorded("chunk"), [
    ["a", 0, 5, columns],
    ["a", 5, 5, columns],
  ]);
  assert.deepEqual(recorded("done"), [["a"]]);
});

test("slots are answered side by side, and a newer request ends only the one of its own", () => {
  socket().open();
  stream.request("walk", requestOf("a"));
  stream.request("map", requestOf("m"));
  assert.deepEqual(requests(), ["walk 1 a", "map 2 m"]);
  begin(1);
  begin(2, "map");
  steps(1, 0, 4);
  stream.request("walk", requestOf("b"));
  assert.deepEqual(requests().slice(2), ["walk 3 b"]);
  steps(1, 5, 9); // was under way
  steps(2, 0, 9, "map");
  begin(3);
  steps(3, 0, 9);
  done(2, "map");
  done(3);
  assert.deepEqual(
    recorded("chunk").map(([name, first]) => `${name} ${first}`),
    ["a 0", "m 0", "b 0"],
  );
  assert.deepEqual(recorded("done"), [["m"], ["b"]]);
});

test("canceling a slot sends one message to the server, and leaves the others alone", () => {
  socket().open();
  stream.cancel("walk");
  assert.deepEqual(requests(), [], "nothing goes on yet");
  stream.request("walk", requestOf("a"));
  stream.request("map", requestOf("m"));
  begin(1);
  stream.cancel("walk");
  stream.cancel("walk");
  assert.deepEqual(requests().slice(2), ["cancel walk"]);
  steps(1, 0, 9);
  done(1);
  begin(2, "map");
  steps(2, 0, 9, "map");
  assert.deepEqual(
    recorded("chunk").map(([name]) => name),
    ["m"],
  );
  done(2, "map");
  stream.cancel("map");
  assert.equal(requests().length, 3, "what has come whole needs no canceling");
});

test("advice is requested once a walk is complete, and is reported with its request", () => {
  const advise = (id, run) =>
    socket().receive({ kind: "advice", version, slot: "walk", id, run, advice: "", change: null });
  socket().open();
  stream.advise("walk");
  stream.request("walk", requestOf("a"));
  begin(1);
  steps(1, 0, 9);
  stream.advise("walk");
  assert.deepEqual(requests(), ["walk 1 a"], "the walk has not ended");
  done(1);
  stream.advise("walk");
  assert.deepEqual(socket().sent.at(-1), { version, kind: "advise", slot: "walk", id: 1 });
  advise(1, 0);
  advise(1, 3);
  assert.deepEqual(recorded("advice"), [
    ["a", 0],
    ["a", 3],
  ]);
  stream.request("walk", requestOf("b"));
  advise(1, 2); // was under way
  begin(2);
  advise(2, 2);
  assert.deepEqual(recorded("advice").slice(2), [["b", 2]]);
  assert.equal(recorded("done").length, 1, "advice ends no walk");
});

test("a message of an unknown kind is ignored", () => {
  socket().open();
  stream.request("walk", requestOf("a"));
  begin(1);
  steps(1, 0, 4);
  socket().receive({ kind: "news", version, slot: "walk", id: 1 });
  stream.advise("walk");
  assert.deepEqual(requests(), ["walk 1 a"], "the walk has not ended by it");
  steps(1, 5, 9);
  done(1);
  assert.deepEqual(
    recorded("chunk").map(([, first]) => first),
    [0, 5],
  );
  assert.deepEqual([recorded("done"), recorded("refused")], [[["a"]], []]);
});

test("a stage that closes cancels its unfinished walk", () => {
  socket().open();
  stream.request("walk", requestOf("a"));
  stream.close();
  assert.deepEqual(requests(), ["walk 1 a", "cancel walk"]);
  assert.equal(socket().readyState, FakeSocket.CLOSED);
  mock.timers.tick(60_000);
  assert.equal(FakeSocket.made.length, 1, "it does not come back");
  assert.deepEqual(recorded("connection"), [[true, ""]]);
});

test("under a gesture the newest waits for a whole picture, or for 100 ms", () => {
  socket().open();
  stream.request("walk", requestOf("a", true));
  begin(1);
  stream.request("walk", requestOf("b", true));
  clock.now = 40;
  steps(1, 0, 4);
  stream.request("walk", requestOf("c", true));
  assert.deepEqual([requests(), recorded("chunk")], [["walk 1 a"], []]);
  clock.now = 60;
  steps(1, 5, 9);
  assert.deepEqual(requests(), ["walk 1 a", "walk 2 c"]);
  begin(2);
  stream.rest("walk");
  stream.request("walk", requestOf("d", true));
  clock.now = 161;
  steps(2, 0, 3);
  assert.deepEqual(requests().slice(2), ["walk 3 d"]);
  const shown = recorded("chunk").map(([name, first, rows]) => [name, first, rows]);
  assert.deepEqual(shown, [
    ["a", 0, 5],
    ["a", 5, 5],
    ["c", 0, 4],
  ]);
});

test("the newest request is sent again to a busy server", () => {
  socket().open();
  stream.request("walk", requestOf("a"));
  socket().receive({ kind: "busy", version, slot: "walk", id: 1, retry_ms: 1000 });
  assert.deepEqual(recorded("connection").at(-1), [true, "The server is busy; trying again."]);
  stream.request("walk", requestOf("b"));
  assert.deepEqual(requests(), ["walk 1 a"]);
  stream.request("map", requestOf("m"));
  assert.deepEqual(requests().slice(1), ["map 2 m"], "another slot need not wait");
  mock.timers.tick(1250);
  assert.deepEqual(requests().slice(2), ["walk 3 b"]);
  begin(3);
  assert.deepEqual(recorded("connection").at(-1), [true, ""]);
});

test("a canceled request is not sent again to a busy server", () => {
  socket().open();
  stream.request("walk", requestOf("a"));
  socket().receive({ kind: "busy", version, slot: "walk", id: 1, retry_ms: 1000 });
  stream.cancel("walk");
  assert.deepEqual(
    recorded("connection").at(-1),
    [true, ""],
    "nothing is requested any more: the page does not show that the server is busy",
  );
  mock.timers.tick(5000);
  assert.deepEqual(requests(), ["walk 1 a"]);
});

test("the page shows that the server is busy for as long as any slot waits for it", () => {
  socket().open();
  stream.request("walk", requestOf("a"));
  stream.request("map", requestOf("m"));
  for (const [id, slot] of [
    [1, "walk"],
    [2, "map"],
  ]) {
    socket().receive({ kind: "busy", version, slot, id, retry_ms: 1000 });
  }
  stream.cancel("map");
  assert.deepEqual(recorded("connection").at(-1), [true, "The server is busy; trying again."]);
  stream.cancel("walk");
  assert.deepEqual(recorded("connection").at(-1), [true, ""]);
});

test("after a break the connection opens again, and an incomplete walk is requested again", () => {
  socket().open();
  stream.request("walk", requestOf("a"));
  stream.request("map", requestOf("m"));
  begin(2, "map");
  steps(2, 0, 9, "map");
  done(2, "map");
  socket().close();
  assert.deepEqual(recorded("connection").at(-1), [false, "The connection is lost; trying to get it back."]);
  mock.timers.tick(400);
  assert.equal(FakeSocket.made.length, 2);
  socket().open();
  assert.deepEqual(requests(), ["walk 3 a"]);
  socket().close();
  online();
  assert.equal(FakeSocket.made.length, 3, "a browser that is online again does not wait");
});

test("an error is about its request, or about none", () => {
  socket().open();
  stream.request("walk", requestOf("a"));
  socket().receive({ kind: "error", version, slot: "walk", id: 1, code: "failed", message: "Sorry." });
  socket().receive({ kind: "error", version, slot: null, id: null, code: "refused", message: "Too many." });
  assert.deepEqual(recorded("refused"), [
    ["walk", "Sorry."],
    [null, "Too many."],
  ]);
  stream.request("walk", requestOf("b"));
  assert.deepEqual(requests(), ["walk 1 a", "walk 2 b"]);
});

const OLDER = "This page is older than the server. Reload it.";
const NEWER = "This page is newer than the server. Reload it.";
const refusal = (of, message) => ({ kind: "error", version: of, slot: null, id: 1, code: "version", message });
const STRANGE = {
  "a message of a newer server": [
    () => socket().receive({ kind: "begin", version: version + 1, id: 1, columns: 3 }),
    OLDER,
  ],
  "a message of a server without versions": [() => socket().receive({ type: "done", id: 1, outcomes: [] }), NEWER],
  "a newer server's own sentence": [() => socket().receive(refusal(version + 1, "New words.")), "New words."],
  "our server's sentence that the page is old": [() => socket().receive(refusal(version, OLDER)), OLDER],
  "a frame of a newer server": [() => steps(1, 0, 9, "walk", version + 1), OLDER],
  "a frame of an older server": [() => steps(1, 0, 9, "walk", version - 1), NEWER],
  "a frame of another layout": [() => socket().receive(new Uint32Array([version + 7]).buffer), OLDER],
};
for (const [what, [send, sentence]] of Object.entries(STRANGE)) {
  test(`${what} is not read as numbers: the page shows one sentence, and sends no more requests`, () => {
    socket().open();
    stream.request("walk", requestOf("a"));
    begin(1);
    send();
    assert.deepEqual(recorded("refused"), [[null, sentence]]);
    assert.deepEqual([recorded("chunk"), recorded("done")], [[], []]);
    stream.request("walk", requestOf("b"));
    steps(1, 0, 9);
    mock.timers.tick(60_000);
    assert.deepEqual([FakeSocket.made.length, socket().sent.length], [1, 1]);
    assert.deepEqual([recorded("chunk"), recorded("refused").length], [[], 1]);
  });
}
