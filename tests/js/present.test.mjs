/** The presenter's keys: the action of each key in each state, and the keys that the focused element handles. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { actOf } = await import(`${process.env.MODULES}/present/keys.js`);
const { keysOf } = await import(`${process.env.MODULES}/present/legend.js`);
const { changed, nextStop } = await import(`${process.env.MODULES}/present/run_keys.js`);
const { words } = await import(`${process.env.MODULES}/present/words.js`);

const STATE = {
  down: false,
  choices: 3,
  answered: false,
  inside: false,
  more: false,
  before: true,
  after: true,
  scenes: 0,
  scene: -1,
  invited: false,
  blank: false,
  runs: 0,
  text: false,
  reads: false,
  helped: false,
};
const FOCUS = { text: false, list: false, button: false };
const act = (name, state = {}, focus = {}, repeated = false, shift = false) =>
  actOf({ name, repeated, shift }, { ...STATE, ...state }, { ...FOCUS, ...focus });

test("the keys for another lesson work only if there is one", () => {
  assert.deepEqual([act("n"), act("p")], [{ do: "next" }, { do: "previous" }]);
  assert.deepEqual([act("n", { after: false }), act("p", { before: false })], [null, null]);
});

test("while the curtain is down numbers choose and Space runs; afterwards the stage handles both", () => {
  assert.deepEqual(act("2", { down: true }), { do: "choose", choice: 1 });
  assert.equal(act("4", { down: true }), null);
  assert.deepEqual(act(" ", { down: true }), { do: "run" });
  assert.equal(act(" ", { down: true }, { button: true }), null, "a button of the question is pressed by it");
  assert.deepEqual([act("2"), act(" ")], [null, null]);
});

test("the inside of a step opens only when no question waits", () => {
  assert.deepEqual([act("i", { down: true }), act("i")], [{ do: "nothing" }, null]);
});

test("a key that is held down acts once", () => {
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

test("keys that are typed into a field do no action of the presenter", () => {
  for (const key of ["q", "n", "p", "b", "1", " ", "PageDown"])
    assert.equal(act(key, { down: true }, { text: true }), null, key);
});

test("a remote control goes through the scenes of a lesson, then to the lesson beside it", () => {
  assert.deepEqual([act("PageDown"), act("PageUp")], [{ do: "next" }, { do: "previous" }]);
  assert.deepEqual(act("PageDown", { after: false }), { do: "nothing" }, "the page must not scroll");
  const scenes = { scenes: 3, scene: 1 };
  assert.deepEqual(act("PageDown", scenes), { do: "scene", scene: 2 });
  assert.deepEqual(act("PageUp", scenes), { do: "scene", scene: 0 });
  assert.deepEqual(act("PageDown", { ...scenes, scene: 2 }), { do: "next" });
  assert.deepEqual(act("PageUp", { ...scenes, scene: 0 }), { do: "previous" });
  assert.deepEqual(act("PageDown", { ...scenes, scene: -1 }), { do: "scene", scene: 0 });
  assert.deepEqual(act("n", scenes), { do: "next" }, "N always goes to a lesson");
});

test("B makes the screen black, and any key shows the page again without doing anything else", () => {
  assert.deepEqual(act("b"), { do: "blank" });
  assert.equal(act("b", { invited: true }), null);
  for (const key of ["b", "n", "Escape", " ", "q", "PageDown"])
    assert.deepEqual(act(key, { blank: true }, { text: true }), { do: "light" }, key);
  assert.deepEqual(act("b", { blank: true }, {}, true), { do: "nothing" }, "held down");
});

test("the legend at the foot names the keys that work, and no other", () => {
  const { space, pageUp, pageDown } = words.keys;
  const names = (state) => keysOf({ ...STATE, ...state }).flatMap(([keys]) => keys);
  assert.deepEqual(names({ down: true }), ["1–3", space, "N", "P", "Q", "B", "?", "Esc"]);
  assert.deepEqual(names({ down: true, choices: 0, after: false, before: false }), [space, "Q", "B", "?", "Esc"]);
  assert.deepEqual(names({ inside: true }), [space, "←", "→", "↑", "↓", "Esc", "N", "P", "Q", "B", "?"]);
  assert.deepEqual(names({ inside: true, more: true, before: false, after: false, scenes: 2 }), [
    space,
    ...["←", "→", "↑", "↓", "I", "Esc"],
    ...[pageUp, pageDown, "Q", "B", "?"],
  ]);
});

test("numbers select a run, letters change its settings, Shift and an arrow moves the start", () => {
  assert.deepEqual(act("2", { runs: 2 }), { do: "select", run: 1 });
  assert.equal(act("3", { runs: 2 }), null);
  assert.deepEqual(act("u"), { do: "change", setting: "lr", by: 1 });
  assert.deepEqual(act("l", {}, {}, true), { do: "change", setting: "momentum", by: -1 }, "a held key goes on");
  assert.deepEqual([act("ArrowLeft", {}, {}, false, true), act("ArrowLeft")], [{ do: "move" }, null]);
  for (const key of ["u", "w"]) assert.equal(act(key, { down: true }), null, "not while a question waits");
});

test("the help sheet and the text take the keys until they are closed", () => {
  assert.deepEqual([act("?"), act("?", { helped: true })], [{ do: "help" }, { do: "help" }]);
  assert.equal(act("u", { helped: true }), null);
  assert.deepEqual([act("t"), act("t", { text: true })], [null, { do: "text" }]);
  assert.deepEqual([act("Escape", { reads: true }), act("u", { reads: true })], [{ do: "text" }, null]);
});

test("every key of the table of changes is on the help sheet", () => {
  const all = words.help.keys.flatMap(([names]) => names);
  for (const key of ["U", "J", "O", "L", "W", "S", "T", "A", "B", "Q", "N", "P", "I"])
    assert.ok(all.includes(key), key);
});

test("a setting goes to the next stop, and stays at the last", () => {
  const stops = [0.1, 0.2, 0.5];
  assert.deepEqual([nextStop(stops, 0.15, 1), nextStop(stops, 0.2, -1), nextStop(stops, 0.5, 1)], [0.2, 0.1, 0.5]);
});

test("momentum is beta1 where an optimizer has that, and nothing where it has neither", () => {
  const runs = [
    { optimizer: "adam", values: { lr: 0.1, beta1: 0.9, beta2: 0.999, eps: 1e-8 } },
    { optimizer: "sgd", values: { lr: 0.1 } },
  ];
  const scenario = { runs, steps: 100 };
  const up = changed(scenario, 0, "momentum", 1);
  assert.equal(up.name, "beta1");
  assert.ok(up.value > 0.9 && up.part.runs[0].values.beta1 === up.value);
  assert.equal(up.part.runs[1], runs[1], "the other run is the same object");
  assert.equal(changed(scenario, 1, "momentum", 1), null);
  assert.ok(changed(scenario, 1, "lr", -1).value < 0.1);
  assert.ok(changed(scenario, 1, "steps", 1).part.steps > 100);
});
