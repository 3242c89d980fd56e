/** Edits can be undone and done again: whole gestures, added and hidden runs, presets; Back keeps slots. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { History, MOST } = await import(`${process.env.MODULES}/stage/state/history.js`);
const { commandOf } = await import(`${process.env.MODULES}/stage/state/undo.js`);
const { historyChangeOf, playsAfter } = await import(`${process.env.MODULES}/stage/state/changes.js`);
const { linkOf } = await import(`${process.env.MODULES}/stage/wire/link.js`);
const { slotsOf, storeOf } = await import(`${process.env.MODULES}/stage/state/store.js`);

const run = (optimizer, lr = 0.1) => ({ optimizer, values: { lr } });
const SCENE = {
  surface: "hump",
  points: [],
  table: null,
  start: [0, 0],
  steps: 10,
  batch: 0,
  noise: 0,
  seed: 0,
  runs: [run("sgd"), run("adam")],
};
const map = { origin: "map" };
let made = 0;

/** A store that shows a scene, and what it has sent to Python. */
function shown() {
  made += 1;
  const store = storeOf(`history ${made}`);
  const sent = [];
  store.connect((edit) => sent.push(edit));
  store.receive(SCENE, { visit: "a", acknowledged: null });
  return { store, sent };
}

test("a history is bounded, and an edit ends what could be done again", () => {
  const history = new History();
  assert.equal(history.undo("now"), null);
  for (let edit = 0; edit <= MOST; edit += 1) history.note(edit);
  assert.equal(history.undo("now"), MOST);
  assert.equal(history.undo(MOST), MOST - 1);
  assert.equal(history.redo(MOST - 1), MOST);
  history.note("other");
  assert.equal(history.redo("now"), null);
  let undone = 0;
  while (history.undo("now") !== null) undone += 1;
  assert.equal(undone, MOST, "the oldest is forgotten");
});

test("a whole drag is one edit, and Python gets what is shown again", () => {
  const { store, sent } = shown();
  for (const x of [1, 2, 3]) store.edit({ start: [x, 0] }, { origin: "map", live: true });
  assert.equal(store.undo(), false, "not while the drag goes on");
  store.edit({}, map);
  store.edit({ start: [9, 9] }, map);
  assert.equal(store.undo(), true);
  assert.deepEqual(store.scenario.start, [3, 0]);
  assert.equal(store.undo(), true);
  assert.deepEqual([store.scenario, sent.at(-1).scenario], [SCENE, SCENE]);
  assert.equal(store.undo(), false);
  assert.equal(store.redo(), true);
  assert.equal(store.redo(), true);
  assert.deepEqual(store.scenario.start, [9, 9]);
  assert.deepEqual(
    sent.map(({ sequence }) => sequence),
    [1, 2, 3, 4, 5, 6],
  );
});

test("a drag that ends where it began is no edit", () => {
  const { store } = shown();
  store.edit({ start: [1, 0] }, { origin: "map", live: true });
  store.edit({ start: [0, 0] }, { origin: "map", live: true });
  store.edit({}, map);
  assert.equal(store.undo(), false);
});

test("runs come back with their slots, and hidden ones hidden", () => {
  const { store } = shown();
  store.toggle(1);
  store.edit({ runs: store.scenario.runs.slice(1) }, { origin: "panel" });
  store.edit({ runs: [...store.scenario.runs, run("nadam")] }, { origin: "panel" });
  assert.deepEqual([slotsOf(store.scenario), [...store.hidden]], [[1, 0], [0]]);
  store.undo();
  assert.deepEqual([slotsOf(store.scenario), [...store.hidden]], [[1], [0]]);
  store.undo();
  assert.deepEqual([slotsOf(store.scenario), [...store.hidden]], [[0, 1], [1]]);
  store.undo();
  assert.deepEqual([...store.hidden], [], "hiding is an edit, too");
});

test("undo reverts a preset from Python, but not the first scenario", () => {
  const { store } = shown();
  assert.equal(store.undo(), false);
  store.receive({ ...SCENE, surface: "trap" }, { visit: "a", acknowledged: 0 });
  assert.equal(store.undo(), true);
  assert.equal(store.scenario.surface, "hump");
});

test("undo does nothing while a question hides the walk", () => {
  const { store } = shown();
  store.edit({ start: [1, 1] }, map);
  store.curtain.receive(true);
  assert.equal(store.undo(), false);
  store.curtain.skip();
  assert.equal(store.undo(), true);
});

test("undo and redo have the keys of the operating system", () => {
  const key = (name, ...held) =>
    commandOf({ key: name, ctrlKey: held.includes("ctrl"), metaKey: held.includes("meta"), ...others(held) });
  const others = (held) => ({ shiftKey: held.includes("shift"), altKey: held.includes("alt") });
  assert.deepEqual([key("z", "ctrl"), key("z", "meta")], ["undo", "undo"]);
  assert.deepEqual([key("Z", "ctrl", "shift"), key("Z", "meta", "shift"), key("y", "ctrl")], ["redo", "redo", "redo"]);
  for (const press of [["z"], ["z", "ctrl", "alt"], ["z", "ctrl", "meta"], ["y", "meta"], ["x", "ctrl"]])
    assert.equal(key(...press), null, press.join("+"));
});

test("picker, Python and card make a new history entry; map, panel and undo edit the current one", () => {
  assert.deepEqual(["picker", "python", "card"].map(historyChangeOf), ["entry", "entry", "entry"]);
  assert.deepEqual(["map", "panel", "undo"].map(historyChangeOf), ["edit", "edit", "edit"]);
  assert.deepEqual(["legend", "insideRun", "place", "curtain"].map(historyChangeOf), Array(4).fill("same"));
  assert.equal(historyChangeOf("inside"), "entry");
});

test("only another scenario is played from its start; opening the inside leaves the playhead where it is", () => {
  assert.deepEqual(["picker", "python", "card"].map(playsAfter), [true, true, true]);
  assert.deepEqual(["inside", "insideRun", "place", "map", "undo"].map(playsAfter), Array(5).fill(false));
});

test("undo leaves an open inside open, and opens one that the edit has closed", () => {
  const { store } = shown();
  store.edit({ start: [1, 1] }, map);
  store.openInside(1);
  store.undo();
  assert.equal(store.inside, 1, "undo is of edits: the inside was opened later and stays");
  store.redo();
  for (const close of [
    () => store.toggle(1),
    () => store.edit({ runs: store.scenario.runs.slice(0, 1) }, { origin: "panel" }),
  ]) {
    close();
    assert.equal(store.inside, null);
    for (let times = 0; times < 2; times += 1) {
      store.undo();
      assert.equal(store.inside, 1);
      store.redo();
      assert.equal(store.inside, null);
    }
    store.undo();
  }
  store.openInside(null);
  store.undo();
  assert.equal(store.inside, null, "the visitor has closed it, not an edit");
});

test("an inside that is closed with its run does not open when the run is shown again", () => {
  const { store } = shown();
  store.openInside(1);
  store.toggle(1);
  store.openInside(1);
  assert.equal(store.inside, null, "a hidden run has no inside");
  store.toggle(1);
  assert.equal(store.inside, null);
});

test("an edit that opens or closes the inside is announced as such, a change of its run is not", () => {
  const { store } = shown();
  const origins = [];
  store.subscribe((_, { origin }) => origins.push(origin));
  for (const index of [0, 1, 1, null, null]) store.openInside(index);
  assert.deepEqual(origins, ["inside", "insideRun", "inside"]);
});

test("Back to an address with the same scenario changes the inside without Python, and is no edit", () => {
  const { store, sent } = shown();
  const link = linkOf(store.scenario);
  const identify = (inside) => () => ({ inside, hidden: [], slots: [0, 1] });
  store.openInside(1);
  const origins = [];
  store.subscribe((_, { origin }) => origins.push(origin));
  store.visit(link, identify(null));
  assert.equal(store.inside, null);
  store.visit(`${link}&inside=2`, identify(1));
  assert.equal(store.inside, 1);
  assert.deepEqual([origins, sent, store.undo()], [["place", "place"], [], false]);
});

test("Back to another scenario sends a request to Python, also before the last one is answered", () => {
  const { store, sent } = shown();
  const link = linkOf(store.scenario);
  store.visit("surface=trap");
  store.visit(link, () => ({ inside: 0, hidden: [], slots: [0, 1] }));
  assert.deepEqual(
    sent.map((edit) => edit.link),
    ["surface=trap", link],
  );
  store.receive({ ...SCENE, surface: "trap" }, { visit: "a", acknowledged: 1 });
  assert.deepEqual([store.scenario.surface, store.inside], ["hump", null], "an older answer");
  store.receive({ ...SCENE }, { visit: "a", acknowledged: 2 });
  assert.equal(store.inside, 0);
});
