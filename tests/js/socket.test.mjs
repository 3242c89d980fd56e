/** The line to the backend, on a WebSocket of the test's: versions, slots, canceling, holding back, waiting, breaks. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import {
  asked,
  begin,
  clock,
  columns,
  done,
  FakeSocket,
  line,
  messageOf,
  online,
  said,
  steps,
  stream,
  version,
  wish,
} from "./fake_line.mjs";

test("a request goes out as soon as there is a line, and has kind, version, slot and id", () => {
  stream.request("walk", wish("a"));
  assert.deepEqual(line().sent, []);
  line().open();
  assert.deepEqual(line().sent, [{ version, slot: "walk", id: 1, ...messageOf("a", false) }]);
  begin(1);
  steps(1, 0, 4);
  steps(1, 5, 9);
  done(1);
  assert.deepEqual(said("chunk"), [
    ["a", 0, 5, columns],
    ["a", 5, 5, columns],
  ]);
  assert.deepEqual(said("done"), [["a"]]);
});

test("slots are answered side by side, and a newer request ends only the one of its own", () => {
  line().open();
  stream.request("walk", wish("a"));
  stream.request("map", wish("m"));
  assert.deepEqual(asked(), ["walk 1 a", "map 2 m"]);
  begin(1);
  begin(2, "map");
  steps(1, 0, 4);
  stream.request("walk", wish("b"));
  assert.deepEqual(asked().slice(2), ["walk 3 b"]);
  steps(1, 5, 9); // was under way
  steps(2, 0, 9, "map");
  begin(3);
  steps(3, 0, 9);
  done(2, "map");
  done(3);
  assert.deepEqual(
    said("chunk").map(([name, first]) => `${name} ${first}`),
    ["a 0", "m 0", "b 0"],
  );
  assert.deepEqual(said("done"), [["m"], ["b"]]);
});

test("canceling a slot sends one message to the server, and leaves the others alone", () => {
  line().open();
  stream.cancel("walk");
  assert.deepEqual(asked(), [], "nothing goes on yet");
  stream.request("walk", wish("a"));
  stream.request("map", wish("m"));
  begin(1);
  stream.cancel("walk");
  stream.cancel("walk");
  assert.deepEqual(asked().slice(2), ["cancel walk"]);
  steps(1, 0, 9);
  done(1);
  begin(2, "map");
  steps(2, 0, 9, "map");
  assert.deepEqual(
    said("chunk").map(([name]) => name),
    ["m"],
  );
  done(2, "map");
  stream.cancel("map");
  assert.equal(asked().length, 3, "what has come whole needs no canceling");
});

test("advice is asked for once a walk has come whole, and comes with its request", () => {
  const advise = (id, run) => line().hear({ kind: "advice", version, slot: "walk", id, run, advice: "", change: null });
  line().open();
  stream.advise("walk");
  stream.request("walk", wish("a"));
  begin(1);
  steps(1, 0, 9);
  stream.advise("walk");
  assert.deepEqual(asked(), ["walk 1 a"], "the walk has not ended");
  done(1);
  stream.advise("walk");
  assert.deepEqual(line().sent.at(-1), { version, kind: "advise", slot: "walk", id: 1 });
  advise(1, 0);
  advise(1, 3);
  assert.deepEqual(said("advice"), [
    ["a", 0],
    ["a", 3],
  ]);
  stream.request("walk", wish("b"));
  advise(1, 2); // was under way
  begin(2);
  advise(2, 2);
  assert.deepEqual(said("advice").slice(2), [["b", 2]]);
  assert.equal(said("done").length, 1, "advice ends no walk");
});

test("a message of a kind that is not known is left alone", () => {
  line().open();
  stream.request("walk", wish("a"));
  begin(1);
  steps(1, 0, 4);
  line().hear({ kind: "news", version, slot: "walk", id: 1 });
  stream.advise("walk");
  assert.deepEqual(asked(), ["walk 1 a"], "the walk has not ended by it");
  steps(1, 5, 9);
  done(1);
  assert.deepEqual(
    said("chunk").map(([, first]) => first),
    [0, 5],
  );
  assert.deepEqual([said("done"), said("refused")], [[["a"]], []]);
});

test("a stage that closes cancels what goes on", () => {
  line().open();
  stream.request("walk", wish("a"));
  stream.close();
  assert.deepEqual(asked(), ["walk 1 a", "cancel walk"]);
  assert.equal(line().readyState, FakeSocket.CLOSED);
  mock.timers.tick(60_000);
  assert.equal(FakeSocket.made.length, 1, "it does not come back");
  assert.deepEqual(said("connection"), [[true, ""]]);
});

test("under a gesture the newest waits for a whole picture, or for 100 ms", () => {
  line().open();
  stream.request("walk", wish("a", true));
  begin(1);
  stream.request("walk", wish("b", true));
  clock.now = 40;
  steps(1, 0, 4);
  stream.request("walk", wish("c", true));
  assert.deepEqual([asked(), said("chunk")], [["walk 1 a"], []]);
  clock.now = 60;
  steps(1, 5, 9);
  assert.deepEqual(asked(), ["walk 1 a", "walk 2 c"]);
  begin(2);
  stream.rest("walk");
  stream.request("walk", wish("d", true));
  clock.now = 161;
  steps(2, 0, 3);
  assert.deepEqual(asked().slice(2), ["walk 3 d"]);
  const shown = said("chunk").map(([name, first, rows]) => [name, first, rows]);
  assert.deepEqual(shown, [
    ["a", 0, 5],
    ["a", 5, 5],
    ["c", 0, 4],
  ]);
});

test("a server that is busy is asked again, for the newest", () => {
  line().open();
  stream.request("walk", wish("a"));
  line().hear({ kind: "busy", version, slot: "walk", id: 1, retry_ms: 1000 });
  assert.deepEqual(said("connection").at(-1), [true, "The server is busy; trying again."]);
  stream.request("walk", wish("b"));
  assert.deepEqual(asked(), ["walk 1 a"]);
  stream.request("map", wish("m"));
  assert.deepEqual(asked().slice(1), ["map 2 m"], "another slot need not wait");
  mock.timers.tick(1250);
  assert.deepEqual(asked().slice(2), ["walk 3 b"]);
  begin(3);
  assert.deepEqual(said("connection").at(-1), [true, ""]);
});

test("canceling ends the waiting for a busy server", () => {
  line().open();
  stream.request("walk", wish("a"));
  line().hear({ kind: "busy", version, slot: "walk", id: 1, retry_ms: 1000 });
  stream.cancel("walk");
  assert.deepEqual(
    said("connection").at(-1),
    [true, ""],
    "nothing is asked any more: the page does not say that it is",
  );
  mock.timers.tick(5000);
  assert.deepEqual(asked(), ["walk 1 a"]);
});

test("the page shows that the server is busy for as long as any slot waits for it", () => {
  line().open();
  stream.request("walk", wish("a"));
  stream.request("map", wish("m"));
  for (const [id, slot] of [
    [1, "walk"],
    [2, "map"],
  ]) {
    line().hear({ kind: "busy", version, slot, id, retry_ms: 1000 });
  }
  stream.cancel("map");
  assert.deepEqual(said("connection").at(-1), [true, "The server is busy; trying again."]);
  stream.cancel("walk");
  assert.deepEqual(said("connection").at(-1), [true, ""]);
});

test("a broken line is mended, and what had not come whole is asked for again", () => {
  line().open();
  stream.request("walk", wish("a"));
  stream.request("map", wish("m"));
  begin(2, "map");
  steps(2, 0, 9, "map");
  done(2, "map");
  line().close();
  assert.deepEqual(said("connection").at(-1), [false, "The connection is lost; trying to get it back."]);
  mock.timers.tick(400);
  assert.equal(FakeSocket.made.length, 2);
  line().open();
  assert.deepEqual(asked(), ["walk 3 a"]);
  line().close();
  online();
  assert.equal(FakeSocket.made.length, 3, "a browser that is back on the net does not wait");
});

test("an error is about its request, or about none", () => {
  line().open();
  stream.request("walk", wish("a"));
  line().hear({ kind: "error", version, slot: "walk", id: 1, code: "failed", message: "Sorry." });
  line().hear({ kind: "error", version, slot: null, id: null, code: "refused", message: "Too many." });
  const refused = said("refused").map(([request, sentence]) => [request?.name, sentence]);
  assert.deepEqual(refused, [
    ["a", "Sorry."],
    [undefined, "Too many."],
  ]);
  stream.request("walk", wish("b"));
  assert.deepEqual(asked(), ["walk 1 a", "walk 2 b"]);
});

const OLDER = "This page is older than the server. Reload it.";
const NEWER = "This page is newer than the server. Reload it.";
const refusal = (of, message) => ({ kind: "error", version: of, slot: null, id: 1, code: "version", message });
const STRANGE = {
  "a message of a newer server": [() => line().hear({ kind: "begin", version: version + 1, id: 1, columns: 3 }), OLDER],
  "a message of a server without versions": [() => line().hear({ type: "done", id: 1, outcomes: [] }), NEWER],
  "a newer server's own sentence": [() => line().hear(refusal(version + 1, "New words.")), "New words."],
  "our server's sentence that the page is old": [() => line().hear(refusal(version, OLDER)), OLDER],
  "a frame of a newer server": [() => steps(1, 0, 9, "walk", version + 1), OLDER],
  "a frame of an older server": [() => steps(1, 0, 9, "walk", version - 1), NEWER],
  "a frame of another layout": [() => line().hear(new Uint32Array([version + 7]).buffer), OLDER],
};
for (const [what, [send, sentence]] of Object.entries(STRANGE)) {
  test(`${what} is not read as numbers: the page says so once, and asks no more`, () => {
    line().open();
    stream.request("walk", wish("a"));
    begin(1);
    send();
    assert.deepEqual(said("refused"), [[null, sentence]]);
    assert.deepEqual([said("chunk"), said("done")], [[], []]);
    stream.request("walk", wish("b"));
    steps(1, 0, 9);
    mock.timers.tick(60_000);
    assert.deepEqual([FakeSocket.made.length, line().sent.length], [1, 1]);
    assert.deepEqual([said("chunk"), said("refused").length], [[], 1]);
  });
}
