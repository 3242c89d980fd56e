/** A run keeps its slot (color, visibility, open inside) while other runs are added and removed. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { storeOf, slotsOf } = await import(`${process.env.MODULES}/stage/state/store.js`);
const { assignSlots } = await import(`${process.env.MODULES}/stage/state/slots.js`);

const run = (optimizer, lr = 0.1) => ({ optimizer, values: { lr } });
const scene = (...runs) => ({ surface: "hump", start: [0, 0], steps: 10, batch: 0, noise: 0, seed: 0, runs });
const by = { origin: "panel" };
let made = 0;

/** A store that shows some runs, as Python has sent them, and what it has sent to Python. */
function shown(...keys) {
  made += 1;
  const store = storeOf(`test ${made}`);
  const sent = [];
  store.connect((edit) => sent.push(edit));
  store.receive(scene(...keys.map((key) => run(key))), { visit: "a", acknowledged: null });
  return { store, sent, slots: () => slotsOf(store.scenario), runs: () => store.scenario.runs };
}

test("the runs of a received scenario have the first slots", () => {
  assert.deepEqual(shown("sgd", "adam", "radam").slots(), [0, 1, 2]);
});

test("a new run has a free slot, and hidden runs stay hidden", () => {
  const { store, slots, runs } = shown("sgd", "adam");
  store.toggle(1);
  store.edit({ runs: [...runs(), run("radam")] }, by);
  assert.deepEqual([slots(), [...store.hidden]], [[0, 1, 2], [1]]);
});

test("a removed run changes no other color, and the next new run has its slot", () => {
  const { store, slots, runs } = shown("sgd", "adam", "radam");
  store.toggle(2);
  store.edit({ runs: runs().toSpliced(0, 1) }, by);
  assert.deepEqual([slots(), [...store.hidden]], [[1, 2], [1]]);
  store.edit({ runs: [...runs(), run("nadam")] }, by);
  assert.deepEqual([slots(), [...store.hidden]], [[1, 2, 0], [1]]);
});

test("a new run in the slot of a removed hidden run is visible", () => {
  const { store, runs } = shown("sgd", "adam");
  store.toggle(1);
  store.edit({ runs: runs().slice(0, 1) }, by);
  store.edit({ runs: [...runs(), run("nadam")] }, by);
  assert.deepEqual([...store.hidden], []);
});

test("inserting, reordering and changing keep the slots of the rest", () => {
  const { store, slots, runs } = shown("sgd", "adam", "radam");
  store.edit({ runs: runs().toSpliced(1, 0, structuredClone(runs()[0])) }, by);
  assert.deepEqual(slots(), [0, 3, 1, 2]);
  store.edit({ runs: runs().toReversed?.() ?? [...runs()].reverse() }, by);
  assert.deepEqual(slots(), [2, 1, 3, 0]);
  const changed = runs().map((each, index) => (index === 1 ? run("nadam", 3) : each));
  store.edit({ runs: changed }, { origin: "panel", live: true });
  assert.deepEqual(slots(), [2, 1, 3, 0]);
});

test("a run that is changed keeps its slot, also where a lower one is free", () => {
  const { store, slots, runs } = shown("sgd", "adam", "radam");
  store.edit({ runs: runs().toSpliced(0, 1) }, by);
  store.edit({ runs: runs().map((each, index) => (index === 0 ? run("nadam", 3) : each)) }, by);
  assert.deepEqual(slots(), [1, 2]);
});

test("the run whose inside is open stays the same", () => {
  const { store, runs } = shown("sgd", "adam", "radam");
  store.openInside(2);
  store.edit({ runs: runs().toSpliced(0, 1) }, by);
  assert.equal(store.inside, 1);
  store.toggle(1);
  assert.equal(store.inside, null);
  store.toggle(1);
  assert.equal(store.inside, null);
  store.openInside(1);
  store.edit({ runs: runs().slice(0, 1) }, by);
  assert.equal(store.inside, null);
});

test("an echo of an edit changes nothing; another scenario has the first slots", () => {
  const { store, sent, slots, runs } = shown("sgd", "adam", "radam");
  store.edit({ runs: runs().toSpliced(0, 1) }, by);
  const { sequence, scenario } = structuredClone(sent.at(-1));
  store.receive(scenario, { visit: "a", acknowledged: sequence });
  assert.deepEqual(slots(), [1, 2]);
  store.toggle(0);
  store.receive({ ...scenario, start: [1, 1] }, { visit: "a", acknowledged: sequence });
  assert.deepEqual([slots(), [...store.hidden]], [[0, 1], [0]]);
  store.receive(scene(run("sgd")), { visit: "a", acknowledged: sequence });
  assert.deepEqual([slots(), [...store.hidden]], [[0], []]);
});

test("a picked surface has the first slots, also with as many runs", () => {
  const { store, slots, runs } = shown("sgd", "adam", "radam");
  store.edit({ runs: runs().toSpliced(0, 1) }, by);
  store.edit({ ...scene(run("sgd"), run("adam")), surface: "trap" }, { origin: "picker" });
  assert.deepEqual(slots(), [0, 1]);
});

test("a scenario from Python that is older than our edit is ignored", () => {
  const { store, sent } = shown("sgd");
  const old = store.scenario;
  store.edit({ start: [1, 2] }, { origin: "map" });
  store.receive(old, { visit: "a", acknowledged: null });
  assert.deepEqual(store.scenario.start, [1, 2]);
  assert.deepEqual(sent[0], { sequence: 1, scenario: store.scenario });
  store.receive({ ...old, steps: 20 }, { visit: "a", acknowledged: 1 });
  assert.equal(store.scenario.steps, 20);
});

test("an edit that Python has not received is sent again with its next message, and no other", () => {
  const { store, sent } = shown("sgd");
  const old = store.scenario;
  store.edit({ start: [1, 2] }, { origin: "map" });
  store.edit({ start: [3, 4] }, { origin: "map" });
  store.receive({ ...old, start: [1, 2] }, { visit: "a", acknowledged: 1 });
  assert.equal(sent.length, 2, "Python still answers the first edit; the second has already been sent");
  store.receive({ ...old, start: [1, 2] }, { visit: "a", acknowledged: 1 });
  assert.deepEqual(sent.at(-1), { sequence: 2, scenario: store.scenario });
  assert.equal(sent.length, 3);
  store.receive(store.scenario, { visit: "a", acknowledged: 2 });
  assert.equal(sent.length, 3);
});

test("after a restart, Python that has only the address is sent what is shown; otherwise its scenario is taken", () => {
  const { store, sent } = shown("sgd");
  store.edit({ start: [1, 2] }, { origin: "map" });
  store.receive(scene(run("sgd")), { visit: "b", acknowledged: null });
  assert.deepEqual(store.scenario.start, [1, 2]);
  assert.deepEqual(sent.at(-1).scenario.start, [1, 2]);
  store.receive(scene(run("adam")), { visit: "c", acknowledged: 0 });
  assert.equal(store.scenario.runs[0].optimizer, "adam");
});

test("slots are never given twice, and never beyond the number of runs", () => {
  const all = [..."abcdefgh"].map((key) => run(key));
  for (let removed = 0; removed < 8; removed += 1) {
    const rest = all.toSpliced(removed, 1);
    const slots = assignSlots(all, [7, 6, 5, 4, 3, 2, 1, 0], rest);
    const again = assignSlots(rest, slots, [run("new"), ...rest]);
    assert.deepEqual([...again].sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert.equal(again[0], 7 - removed);
  }
});
