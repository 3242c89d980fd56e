/** The advice of a card: requested once, applied as one edit, named by what it sets. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { Advisor, changed, changeInWords } = await import(`${process.env.MODULES}/stage/state/advisor.js`);
const { Walk } = await import(`${process.env.MODULES}/stage/wire/record.js`);

const runs = [
  { optimizer: "sgd", values: { lr: 0.1 } },
  { optimizer: "momentum", values: { lr: 0.1, momentum: 0.9 } },
];
const scenario = { surface: "hump", start: [1, 2], steps: 50, batch: 0, noise: 0, seed: 0, runs };
const value = { hyperparameter: "momentum", value: 0.5, steps: null, start: null };
const steps = { hyperparameter: null, value: null, steps: 200, start: null };
const start = { hyperparameter: null, value: null, steps: null, start: [-1.5, 3] };

test("a change sets one thing, and the runs that it leaves are the same objects", () => {
  assert.deepEqual(changed(scenario, 1, value), {
    runs: [runs[0], { ...runs[1], values: { lr: 0.1, momentum: 0.5 } }],
  });
  assert.equal(changed(scenario, 1, value).runs[0], runs[0]);
  assert.deepEqual(changed(scenario, 0, steps), { steps: 200 });
  assert.deepEqual(changed(scenario, 0, start), { start: [-1.5, 3] });
});

test("a change is named by what it sets", () => {
  assert.deepEqual([value, steps, start].map(changeInWords), ["momentum 0.5", "200 steps", "start \u22121.5, 3"]);
});

/** An advisor, its requests, and its edits. */
function advising(shown = [0, 1]) {
  const recorded = { requests: [], edits: [] };
  const store = { scenario, edit: (...edit) => recorded.edits.push(edit) };
  const advisor = new Advisor(store, { advise: (slot) => recorded.requests.push(slot) });
  const walk = new Walk(scenario, shown);
  return { advisor, recorded, store, walk };
}

test("advice is requested once, when a walk is complete, and only where advice is shown", () => {
  const { advisor, recorded, walk } = advising();
  advisor.request(null);
  walk.complete = true;
  advisor.request(walk);
  assert.deepEqual(recorded.requests, [], "no advice is wanted");
  advisor.wanted = true;
  walk.complete = false;
  advisor.request(walk);
  assert.deepEqual(recorded.requests, []);
  walk.complete = true;
  advisor.request(walk);
  advisor.request(walk);
  assert.deepEqual(recorded.requests, ["walk"]);
});

test("advice belongs to the run at its place in the request", () => {
  const { advisor, recorded, walk } = advising([1]);
  walk.advise({ run: 0, advice: "momentum 0.5 gets there", detail: "", change: value });
  assert.deepEqual(walk.run(1).advice, { text: "momentum 0.5 gets there", detail: "", change: value });
  advisor.follow(walk, 1);
  assert.deepEqual(recorded.edits, [[changed(scenario, 1, value), { origin: "card" }]]);
});

test("advice is not applied to a scenario that was edited since", () => {
  const { advisor, recorded, store, walk } = advising();
  walk.advise({ run: 1, advice: "", change: value });
  store.scenario = { ...scenario, steps: 60 };
  advisor.follow(walk, 1);
  advisor.follow(walk, 0);
  advisor.follow(null, 0);
  assert.deepEqual(recorded.edits, []);
});
