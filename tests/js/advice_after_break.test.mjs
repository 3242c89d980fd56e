/** Advice that is wanted comes after a break of the line, too; the walk that it needs for that is not shown again. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { asked, begin, done, line, said, steps, stream, version, wish } from "./fake_line.mjs";

const advise = (id, run) => line().hear({ kind: "advice", version, slot: "walk", id, run, advice: "", change: null });

/** A walk that has come whole, under this id. */
function whole(id) {
  begin(id);
  steps(id, 0, 9);
  done(id);
}

/** The line breaks, and is mended after `between` has happened. */
function mended(between = () => {}) {
  line().close();
  between();
  mock.timers.tick(400);
  line().open();
}

const WHEN = {
  "before the line broke": () => {
    stream.advise("walk");
    mended();
  },
  "while there was no line": () => mended(() => stream.advise("walk")),
  "after the line was mended": () => {
    mended();
    stream.advise("walk");
  },
  twice: () => {
    stream.advise("walk");
    mended();
    stream.advise("walk");
  },
};
for (const [when, happens] of Object.entries(WHEN)) {
  test(`advice that was wanted ${when} comes, and nothing of its walk is shown again`, () => {
    line().open();
    stream.request("walk", wish("a"));
    whole(1);
    happens();
    assert.deepEqual(asked(), ["walk 2 a"]);
    whole(2);
    assert.deepEqual(line().sent.slice(1), [{ version, kind: "advise", slot: "walk", id: 2 }]);
    advise(2, 0);
    assert.deepEqual([said("chunk").length, said("done").length, said("advice")], [1, 1, [["a", 0]]]);
  });
}

test("a line that breaks again, or a server that is busy, does not show the walk again either", () => {
  line().open();
  stream.request("walk", wish("a"));
  whole(1);
  stream.advise("walk");
  mended();
  begin(2);
  mended();
  line().hear({ kind: "busy", version, slot: "walk", id: 3, retry_ms: 1000 });
  mock.timers.tick(1250);
  assert.deepEqual(asked(), ["walk 3 a", "walk 4 a"]);
  whole(4);
  assert.equal(line().sent.at(-1).kind, "advise");
  assert.deepEqual([said("chunk").length, said("done").length], [1, 1]);
});

test("after a break nothing is asked again where no advice is wanted, or all of it has come", () => {
  line().open();
  stream.request("walk", wish("a"));
  whole(1);
  mended();
  assert.deepEqual(asked(), []);
  stream.request("walk", wish("b"));
  whole(2);
  stream.advise("walk");
  advise(2, 0);
  mended();
  assert.deepEqual(asked(), []);
});

test("what is newer than a walk that comes again is shown as ever", () => {
  line().open();
  stream.request("walk", wish("a"));
  whole(1);
  stream.advise("walk");
  mended();
  stream.request("walk", wish("b", true));
  assert.deepEqual(asked(), ["walk 2 a", "walk 3 b"]);
  whole(3);
  assert.deepEqual([said("done").at(-1), said("chunk").length], [["b"], 2]);
});

test("a walk that fails when it comes again says nothing: the one on the screen stands", () => {
  line().open();
  stream.request("walk", wish("a"));
  whole(1);
  stream.advise("walk");
  mended();
  line().hear({ kind: "error", version, slot: "walk", id: 2, code: "failed", message: "Sorry." });
  assert.deepEqual([said("refused"), asked()], [[], ["walk 2 a"]]);
});
