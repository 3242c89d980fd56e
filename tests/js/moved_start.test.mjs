/** While the start is moved, the picture of the model shows the models at the start, not those at the playhead. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { linesIn, measureOnCanvas, theme, walkOf, widthOf } from "./fake_walk.mjs";

const load = (path) => import(`${process.env.MODULES}/stage/${path}`);
const { MapEdits } = await load("controls/map_edits.js");
const { drawModels, drawnWeights } = await load("model/curves.js");
const { Data } = await load("model/data.js");
const { Plot } = await load("model/plot.js");
const { SvgContext } = await load("draw/svg_context.js");

measureOnCanvas();

/** x + y u, and three examples. */
const LINE = {
  axes: ["input", "target"].map((label) => ({ label, unit: "", classes: [] })),
  rows: [
    [0, 1],
    [10, 21],
    [5, 8],
  ],
  shift: [0, 0],
  unit: [1, 1],
  boundary: null,
  program: {
    operations: [
      { name: "mul", of: [1, 2], number: null },
      { name: "add", of: [0, 3], number: null },
    ],
    result: 4,
  },
  network: null,
};
const MOVED = [9, 0.5];
const WALK = walkOf([
  [0, 0, 0],
  [1, 2, 0],
]);

function drawn(walk, scene) {
  const pen = new SvgContext(400, 300, widthOf);
  const plot = new Plot(new Data(LINE, LINE.rows), 360, 270, theme);
  drawModels(pen, plot, { walk, looks: theme.looks, residuals: 0, ...scene });
  return linesIn(pen.svg, theme.looks[0].color).map(({ path }) => path);
}

test("curve and residuals of a moved start are those of a walk that rests there, whatever the playhead's step", () => {
  const there = drawn(walkOf([[...MOVED, 0]]), { position: 0, start: null });
  assert.equal(there.length, 2);
  assert.notDeepEqual(drawn(WALK, { position: 1, start: null }), there);
  for (const position of [0, 1]) assert.deepEqual(drawn(WALK, { position, start: MOVED }), there);
});

test("a network's weights are not a position of the map: its model is that of the walk's first step", () => {
  const weights = new Float32Array(2);
  const run = { last: 3, keptAt: (step) => (step === 0 ? { step, weights } : null) };
  assert.equal(drawnWeights({ isNetwork: true }, run, 0, MOVED), weights);
});

test("the start moves until the gesture ends, by a release or when the arrow keys rest", () => {
  const store = { curtain: { down: false }, scenario: { start: [0, 0] }, edit() {} };
  const view = { area: { width: 100, height: 100 }, project: (x, y) => [x, y], unproject: (px, py) => [px, py] };
  const edits = new MapEdits(store, view, () => {});
  const moving = [];
  for (const act of [
    () => edits.start(MOVED, { live: true, click: false }),
    () => edits.start(MOVED, { live: false, click: false }),
    () => edits.nudge([1, 0], 1),
    () => edits.settle(),
    () => edits.start(MOVED, { live: false, click: true }),
  ]) {
    act();
    moving.push(edits.moving);
  }
  assert.deepEqual(moving, [true, false, true, false, false]);
});
