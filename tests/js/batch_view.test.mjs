/** What the stage shows of a step's examples while the data are edited: nothing that belongs to other data. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { theme, widthOf } from "./fake_walk.mjs";

const MODULES = process.env.MODULES;
const { BatchView } = await import(`${MODULES}/stage/batch_view.js`);
const { BatchOrder } = await import(`${MODULES}/stage/state/batch_order.js`);
const { ExampleSteps } = await import(`${MODULES}/stage/state/example_steps.js`);
const { SvgContext } = await import(`${MODULES}/stage/draw/svg_context.js`);
const { View } = await import(`${MODULES}/stage/draw/view.js`);
const { sameData } = await import(`${MODULES}/kit/data_rows.js`);

const MOVED = [{ example: 3, values: [3, 9] }];
const OUT = [{ example: 3, values: null }];
const SCENARIO = {
  surface: "cars_raw",
  batch: 2,
  seed: 3,
  steps: 9,
  start: [5, 2],
  points: [],
  table: null,
  runs: [{}],
};
const ANSWER = {
  kind: "examples",
  batch: [0, 2],
  gradients: [
    [3, 0],
    [1, 2],
  ],
  batch_gradient: [2, 1],
  full_gradient: [1, 1],
  map: null,
  landings: null,
};

const element = () => ({ addEventListener() {}, setAttribute() {}, querySelector: element, textContent: "" });

/** A view of the examples of a complete walk, whose gradients are switched on and have arrived. */
function shownView() {
  const sent = [];
  const stream = { request: (slot, request) => sent.push({ slot, request }), cancel() {} };
  const run = { index: 0, last: 9, at: (_, field) => [5, 2][field] };
  const walk = { scenario: SCENARIO, steps: 9, runs: [run], run: () => run };
  const walks = { walk, examples: new ExampleSteps(stream, () => {}), order: new BatchOrder(stream, () => {}) };
  const model = { exists: true, shown: true, trained: 50 };
  const view = new View();
  view.resize(1000, 500, 14);
  view.setMargins({ l: 0, r: 0, t: 0, b: 0 });
  view.setRanges([0, 10], [0, 5]);
  const parts = { tools: element(), batchSwitches: element(), hint: element() };
  const batch = new BatchView(parts, view, walks, model, () => {});
  batch.bounds = [
    [0, 10],
    [0, 5],
  ];
  walks.examples.on.gradients = true;
  const follow = (scenario, moving) => batch.follow(walks.walk, 4, null, moving, scenario);
  follow(SCENARIO, false);
  for (const { slot, request } of sent.splice(0)) {
    if (slot === "examples") walks.examples.record(request, ANSWER);
    else walks.order.record(request, { first: 0, batches: Array.from({ length: 10 }, () => [0, 2]) });
  }
  follow(SCENARIO, false);
  const drawn = () => {
    const context = new SvgContext(1000, 500, widthOf);
    batch.drawOn(view, context, walks.walk, 4, theme);
    return context.svg.includes("<path");
  };
  return { batch, walks, model, sent, follow, drawn };
}

test("the gradients disappear in the frame in which a data point is dragged, before the next walk arrives", () => {
  const { batch, follow, drawn } = shownView();
  assert.equal(drawn(), true);
  const { version } = batch;
  follow({ ...SCENARIO, points: MOVED }, true);
  assert.deepEqual([batch.version, drawn()], [version + 1, false]);
});

test("a dragged start leaves them until its own walk arrives, and so do equal data that Python has sent", () => {
  const { follow, drawn } = shownView();
  follow({ ...SCENARIO, start: [6, 3], points: [...SCENARIO.points] }, true);
  assert.equal(drawn(), true);
});

test("nothing is requested for a walk on the data before an edit", () => {
  const { sent, follow } = shownView();
  follow({ ...SCENARIO, points: MOVED }, false);
  assert.deepEqual(sent, []);
});

test("no example is marked while the picture has more or fewer of them than the walk on the map", () => {
  const { walks, model, sent, follow } = shownView();
  assert.deepEqual([...model.batchAt(4)], [0, 2]);
  model.trained = 49;
  assert.equal(model.batchAt(4).size, 0);
  walks.walk = { ...walks.walk, scenario: { ...SCENARIO, points: OUT } };
  follow(walks.walk.scenario, true);
  assert.equal(model.batchAt(4).size, 0); // the order of 49 examples has not arrived
  follow(walks.walk.scenario, false);
  assert.deepEqual(
    sent.map(({ slot, request }) => [slot, request.scenario.points]),
    [
      ["batches", OUT],
      ["examples", OUT],
    ],
  );
});

test("scenarios have the same data if their edits are equal", () => {
  const other = { ...SCENARIO, start: [0, 0], points: [] };
  assert.equal(sameData(SCENARIO, other), true);
  assert.equal(sameData({ ...SCENARIO, points: MOVED }, { ...other, points: structuredClone(MOVED) }), true);
  assert.equal(sameData({ ...SCENARIO, points: MOVED }, other), false);
  assert.equal(
    sameData(
      {
        ...SCENARIO,
        table: [
          [1, 2],
          [2, 3],
        ],
      },
      other,
    ),
    false,
  );
});
