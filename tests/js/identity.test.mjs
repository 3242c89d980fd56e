/** Hidden runs, slots and the run whose inside is open are written to the address and read from it. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { identityOf, identityParts } = await import(`${process.env.MODULES}/stage/wire/identity.js`);
const { storeOf, slotsOf } = await import(`${process.env.MODULES}/stage/state/store.js`);

const PLAIN = { inside: null, hidden: [], slots: [0, 1, 2] };
const run = (optimizer) => ({ optimizer, values: { lr: 0.1 } });
const scene = (...keys) => ({
  surface: "hump",
  points: [],
  table: null,
  start: [0, 0],
  steps: 10,
  batch: 0,
  noise: 0,
  seed: 0,
  runs: keys.map(run),
});

test("defaults are not written to the address", () => {
  assert.deepEqual(identityParts(PLAIN), []);
  assert.deepEqual(identityOf("surface=hump", 3), PLAIN, "an old link means what it meant");
});

test("an address is read back, with runs counted from 1", () => {
  const identity = { inside: 1, hidden: [0, 2], slots: [0, 7, 3] };
  assert.deepEqual(identityParts(identity), ["hidden=1,3", "slots=1,8,4", "inside=2"]);
  assert.deepEqual(identityOf(identityParts(identity).join("&"), 3), identity);
});

for (const query of [
  "hidden=4&slots=1,2",
  "hidden=0&slots=1,1,2",
  "hidden=x&slots=1,2,9",
  "hidden=&slots=%",
  "inside=-1",
]) {
  test(`${query} sets nothing`, () => assert.deepEqual(identityOf(query, 3), PLAIN));
}

let made = 0;
function store() {
  made += 1;
  const sent = [];
  const one = storeOf(`identity ${made}`);
  one.connect((edit) => sent.push(edit));
  return { one, sent };
}
const from = (query) => (runs) => identityOf(query, runs);

test("a scenario from the address has the address's hidden runs, slots and inside", () => {
  const { one } = store();
  const query = "hidden=2&slots=3,1&inside=1";
  one.receive(scene("sgd", "adam"), { visit: "a", acknowledged: null }, from(query));
  assert.deepEqual([[...one.hidden], slotsOf(one.scenario), one.inside], [[1], [2, 0], 0]);
  assert.deepEqual(identityParts(one.identity).join("&"), "hidden=2&slots=3,1&inside=1");
});

test("Back restores hidden runs, slots and inside, also with the same scenario", () => {
  const { one, sent } = store();
  one.receive(scene("sgd", "adam"), { visit: "a", acknowledged: null });
  one.visit("surface=hump", from("slots=2,5&hidden=1"));
  one.receive(scene("sgd", "adam"), { visit: "a", acknowledged: 0 });
  assert.deepEqual(slotsOf(one.scenario), [0, 1], "Python has not answered yet");
  one.receive(scene("sgd", "adam"), { visit: "a", acknowledged: sent.at(-1).sequence });
  assert.deepEqual([slotsOf(one.scenario), [...one.hidden]], [[1, 4], [0]]);
});

test("an edit after going back is not given another scenario's slots", () => {
  const { one, sent } = store();
  one.receive(scene("sgd", "adam"), { visit: "a", acknowledged: null });
  one.visit("surface=hump", from("slots=2,5"));
  one.edit({ start: [1, 1] }, { origin: "map" });
  one.receive({ ...scene("sgd", "adam"), start: [1, 1] }, { visit: "a", acknowledged: sent.at(-1).sequence });
  assert.deepEqual(slotsOf(one.scenario), [0, 1]);
});
