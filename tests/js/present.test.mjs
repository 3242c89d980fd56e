/** The presenter's keys: which does what in which state, and which are left to what has the focus. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { actOf } = await import(`${process.env.MODULES}/present/keys.js`);
const { keysOf } = await import(`${process.env.MODULES}/present/legend.js`);
const { words } = await import(`${process.env.MODULES}/present/words.js`);

const STATE = { down: false, choices: 3, inside: false, before: true, after: true, invited: false };
const FOCUS = { text: false, list: false, button: false };
const act = (name, state = {}, focus = {}, repeated = false) =>
  actOf({ name, repeated }, { ...STATE, ...state }, { ...FOCUS, ...focus });

test("lessons are turned only where there is one", () => {
  assert.deepEqual([act("n"), act("p")], [{ do: "next" }, { do: "previous" }]);
  assert.deepEqual([act("n", { after: false }), act("p", { before: false })], [null, null]);
});

test("while the curtain is down numbers choose and space runs; afterwards both are the stage's", () => {
  assert.deepEqual(act("2", { down: true }), { do: "choose", choice: 1 });
  assert.equal(act("4", { down: true }), null);
  assert.deepEqual(act(" ", { down: true }), { do: "run" });
  assert.equal(act(" ", { down: true }, { button: true }), null, "a button of the question is pressed by it");
  assert.deepEqual([act("2"), act(" ")], [null, null]);
});

test("a key that is held down does nothing twice", () => {
  assert.deepEqual(act(" ", {}, {}, true), { do: "nothing" });
  assert.deepEqual(act(" ", { down: true }, {}, true), { do: "nothing" });
});

test("Esc leaves, unless it belongs to a field, a list, the inside of a step, or the invitation", () => {
  assert.deepEqual(act("Escape"), { do: "leave" });
  assert.equal(act("Escape", {}, { text: true }), null);
  assert.equal(act("Escape", {}, { list: true }), null);
  assert.equal(act("Escape", { inside: true }), null);
  assert.equal(act("Escape", { invited: true }), null);
});

test("what is typed into a field is not the presenter's", () => {
  for (const key of ["q", "n", "p", "1", " "]) assert.equal(act(key, { down: true }, { text: true }), null, key);
});

test("the line at the foot names the keys that work, and no other", () => {
  const names = (state) => keysOf({ ...STATE, ...state }).flatMap(([keys]) => keys);
  assert.deepEqual(names({ down: true }), ["1–3", words.keys.space, "N", "P", "Q", "Esc"]);
  assert.deepEqual(names({ down: true, choices: 0, after: false, before: false }), [words.keys.space, "Q", "Esc"]);
  assert.deepEqual(names({ inside: true }), [words.keys.space, "←", "→", ",", ".", "I", "Esc", "N", "P", "Q"]);
});
