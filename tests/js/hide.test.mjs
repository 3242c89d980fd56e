/** A run that is hidden while its walk is requested is not drawn, from frames that have arrived or arrive later. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { X, Walk } = await import(`${process.env.MODULES}/stage/wire/record.js`);
const { storeOf } = await import(`${process.env.MODULES}/stage/state/store.js`);

const run = (optimizer) => ({ optimizer, values: { lr: 0.1 } });
const scenario = {
  surface: "hump",
  start: [0, 0],
  steps: 3,
  batch: 0,
  noise: 0,
  seed: 0,
  runs: ["sgd", "adam", "radam"].map(run),
};
const columns = ["x", "y", "loss", "gradient_x", "gradient_y"];
const outcome = (index) => ({ kind: "flat", step: index, sentence: "", message: { key: "", arguments: {} } });

/** A frame of two steps of two runs; the numbers of the second run are 100 more. */
function frame(first) {
  const values = Float64Array.from({ length: 2 * 2 * 5 }, (_, place) => first + place + (place < 10 ? 0 : 100));
  return { first, count: 2, rows: 2, runs: 2, columns, parts: ["m"], values, inside: new Float64Array(4) };
}

test("a run is hidden at once, and frames that arrive later fill all runs", () => {
  const walk = new Walk(scenario, [0, 2], 2);
  walk.add(frame(0));
  const less = walk.without(new Set([0]));
  assert.deepEqual([less.runs.map(({ index }) => index), less.run(0), less.shown], [[2], null, walk.shown]);
  assert.deepEqual([less.received, less.complete, less.inside], [1, false, walk.inside]);
  less.add(frame(2));
  less.finish([outcome(7), outcome(8)]);
  assert.deepEqual([less.run(2).at(2, X), less.run(2).outcome.step], [112, 8]);
  const again = less.without(new Set());
  assert.deepEqual([again.run(0).at(2, X), again.run(0).outcome.step, again.complete], [2, 7, true]);
});

test("the inside of a hidden run is not drawn, and advice belongs to the run that was requested", () => {
  const walk = new Walk(scenario, [0, 2], 0);
  const less = walk.without(new Set([0]));
  assert.equal(less.inside, null);
  less.advise({ run: 1, advice: "more steps", detail: "", change: null });
  assert.equal(less.run(2).advice.text, "more steps");
});

test("without hidden runs nothing changes", () => {
  const walk = new Walk(scenario, [0, 2]);
  assert.equal(walk.without(new Set([1])), walk);
});

test("which runs of an earlier scenario are hidden follows from their slots", () => {
  const store = storeOf("hide");
  store.receive(scenario, { visit: "a", acknowledged: null });
  const earlier = store.scenario;
  store.edit({ runs: earlier.runs.slice(1) }, { origin: "panel" });
  store.toggle(1);
  assert.deepEqual([[...store.hidden], [...store.hiddenIn(earlier)]], [[1], [2]]);
});
