/** When a picture is shown, and when the next request may follow: by a clock that the test sets. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { Slot } = await import(`${process.env.MODULES}/stage/wire/slot.js`);

const STEPS = 1000;

/** A slot whose requests are numbered; `take` gives the steps that are shown then. */
function slot() {
  const it = new Slot();
  let id = 0;
  return {
    it,
    add: (name, live = true) => it.queue({ name, live, message: { scenario: { steps: STEPS } } }),
    next: (now) => {
      const sent = it.next(id + 1, now);
      if (sent === null) return null;
      id += 1;
      it.begin({ columns: ["x"], parts: [] });
      return sent.name;
    },
    take: (first, last, now) => {
      const shown = it.take({ first, count: last - first + 1 }, now);
      return shown.length === 0 ? null : shown.at(-1).first + shown.at(-1).rows - 1;
    },
  };
}

test("under a gesture a walk that is short is shown whole, and only then the newest follows", () => {
  const { add, next, take } = slot();
  add("a");
  assert.equal(next(0), "a");
  add("b");
  add("c");
  assert.equal(next(20), null);
  assert.equal(take(0, 600, 30), null);
  assert.equal(next(30), null);
  assert.equal(take(601, STEPS, 60), STEPS);
  assert.equal(next(60), "c", "the newest, and not the one before it");
  assert.equal(next(60), null);
});

test("a walk that takes longer shows what has come in 100 ms", () => {
  const { add, next, take } = slot();
  add("a");
  next(0);
  add("b");
  assert.equal(take(0, 300, 99), null);
  assert.equal(next(99), null);
  assert.equal(take(301, 400, 101), 400);
  assert.equal(next(101), "b");
});

test("under a gesture a picture never shows fewer steps than the picture before", () => {
  const { add, next, take } = slot();
  add("a");
  next(0);
  add("b");
  assert.equal(take(0, 400, 100), 400);
  assert.equal(next(100), "b");
  add("c");
  assert.equal(take(0, 250, 205), null);
  assert.equal(next(205), null, "it is given more time");
  assert.equal(take(251, 460, 260), 400, "and no more than that is shown, or the next would have to wait still longer");
  assert.equal(next(260), "c");
  assert.equal(take(0, 500, 360), 500, "where more fits, more is shown");
  add("d");
  next(360);
  assert.equal(take(0, 450, 470), null);
});

test("while the pointer rests on a point, the walk goes on to its end", () => {
  const { it, add, next, take } = slot();
  add("a");
  next(0);
  assert.equal(take(0, 400, 100), 400);
  assert.equal(take(401, 800, 150), 800);
  assert.equal(take(801, STEPS, 200), STEPS);
  it.end();
  add("b");
  assert.equal(next(900), "b");
  assert.equal(take(0, 390, 1000), null);
  assert.equal(take(391, 430, 1050), 430, "as many as the picture before showed in its 100 ms, and nothing waits");
});

test("the first picture of a gesture needs no number of steps of an earlier one", () => {
  const { it, add, next, take } = slot();
  add("a");
  next(0);
  take(0, STEPS, 50);
  it.rest();
  add("b");
  next(60);
  assert.equal(take(0, 100, 160), 100);
});

test("without a gesture every frame is shown as it comes, and the newest follows the first", () => {
  const { it, add, next, take } = slot();
  add("a", false);
  assert.equal(next(0), "a");
  add("b", false);
  assert.equal(next(1), null);
  assert.equal(take(0, 10, 5), 10);
  assert.equal(next(5), "b");
  assert.equal(take(0, 10, 9), 10);
  assert.equal(take(11, 20, 12), 20);
  it.end();
  assert.equal(next(12), null);
});

test("a request outside of a gesture does not wait for a whole picture", () => {
  const { add, next, take } = slot();
  add("a");
  next(0);
  add("b", false);
  assert.equal(next(5), null);
  assert.equal(take(0, 10, 20), null);
  assert.equal(next(20), "b");
});

test("frames that wait for a whole picture are shown when an answer ends early", () => {
  const { it, add, next, take } = slot();
  add("a");
  next(0);
  assert.equal(take(0, 10, 20), null);
  assert.deepEqual(
    it.end().map((frame) => frame.rows),
    [11],
  );
  add("b");
  assert.equal(next(30), "b");
});

test("after a break an incomplete walk is requested again, and nothing for a dropped slot", () => {
  const { it, add, next, take } = slot();
  add("a", false);
  next(0);
  take(0, 10, 1);
  it.again();
  assert.equal(next(2), "a");
  assert.equal(it.drop(), true);
  assert.equal(it.drop(), false, "the backend needs no message");
  it.again();
  assert.equal(next(3), null);
});
