/** Networks: the weights that arrive, what their runs and cards tell, pale paths, and the picture at the playhead. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { layer, linesIn, measureOnCanvas, theme, walkOf, widthOf } from "./fake_walk.mjs";

const load = (path) => import(`${process.env.MODULES}/stage/${path}`);
const { contract } = await import(`${process.env.MODULES}/contract.js`);
const { readFrame } = await load("wire/frame.js");
const { Walk } = await load("wire/record.js");
const { Slot } = await load("wire/slot.js");
const { RunRecord } = await load("wire/run_record.js");
const { percent } = await import(`${process.env.MODULES}/kit/numbers.js`);
const { rowsOf, written } = await load("controls/card_rows.js");
const { ranked } = await load("controls/cards.js");
const { Paths } = await load("draw/paths.js");
const { thinLosses } = await load("draw/curve_axis.js");
const { View } = await load("draw/view.js");
const { drawModels, drawnWeights } = await load("model/curves.js");
const { Data } = await load("model/data.js");
const { Plot } = await load("model/plot.js");
const { Network } = await load("model/network.js");
const { SvgContext } = await load("draw/svg_context.js");
const { Step } = await load("step/step.js");
const { drawnLengths } = await load("step/drawn_lengths.js");
const { networkWords } = await load("network_words.js");
const { words } = await load("words.js");

measureOnCanvas();

const { steps: STEPS, weights: WEIGHTS } = contract.wire.frame_kinds;
const [KEY] = Object.entries(contract.networks).find(([, { classes }]) => classes);
const run = { optimizer: "sgd", values: { lr: 0.1 } };
const scenario = { surface: KEY, start: [0, 0], steps: 4, batch: 0, noise: 0, seed: 0, runs: [run, run] };
const COLUMNS = [...contract.wire.columns, "distance", "moved", "weight_1", "weight_2", "slope_1", "slope_2"];

/** A frame of weights as the backend packs it: a header, then float32. */
function weightsFrame(step, tables) {
  const { header_fields: fields, header_bytes: bytes, version } = contract.wire;
  const buffer = new ArrayBuffer(bytes + 4 * tables.flat().length);
  const header = { version, kind: WEIGHTS, first: step, count: 1, runs: tables.length, columns: tables[0].length };
  new Uint32Array(buffer, 0, fields.length).set(fields.map((name) => header[name] ?? 0));
  new Float32Array(buffer, bytes).set(tables.flat());
  return readFrame(buffer);
}

/** Rows of a run: x, y, loss, both gradients, and the further columns. */
const row = (x, distance, moved) => [x, 0, 1, 0.5, 0.5, distance, moved, 10 + x, 20 + x, 30 + x, 40 + x];

function recordOf(...rows) {
  const made = new RunRecord(0, { ...scenario, steps: rows.length - 1 });
  made.add(0, COLUMNS, Float64Array.from(rows.flat()));
  return made;
}

test("weights that arrive are kept by their step, for each run", () => {
  const walk = new Walk(scenario, [0, 1]);
  const rows = [0, 1, 2].map((x) => row(x, 0, x));
  const values = Float64Array.from([...rows, ...rows].flat());
  walk.add({ kind: STEPS, first: 0, count: 3, rows: 3, columns: COLUMNS, parts: [], values, inside: [], weights: [] });
  for (const step of [0, 2])
    walk.add({
      ...weightsFrame(step, [
        [step, 1],
        [step, 2],
      ]),
      columns: [],
      parts: [],
      rows: 0,
    });
  assert.equal(walk.received, 2, "weights are no steps");
  assert.deepEqual([...walk.run(1).keptAt(1.9).weights], [0, 2]);
  assert.equal(walk.run(1).keptAt(1.9).step, 0);
  assert.deepEqual([...walk.run(0).keptAt(9).weights], [2, 1]);
  assert.equal(walk.run(0).at(1, 0), 1, "the steps before stay");
  assert.equal(new RunRecord(0, scenario).keptAt(3), null);
});

test("in a gesture weights wait for the steps that they belong to, and do not count as steps", () => {
  const slot = new Slot();
  slot.queue({ scenario, shown: [0, 1], live: true, message: { scenario } });
  slot.next(1, 0);
  slot.begin({ columns: COLUMNS, parts: [], runs: 2 });
  const steps = (first, count) => ({ kind: STEPS, first, count, weights: [] });
  assert.deepEqual(slot.take(steps(0, 2), 10), []);
  assert.deepEqual(slot.take(weightsFrame(0, [[1], [1]]), 11), []);
  const shown = slot.take(steps(2, 3), 20);
  assert.deepEqual(
    shown.map(({ kind, rows }) => [kind, rows]),
    [
      [STEPS, 2],
      [WEIGHTS, 0],
      [STEPS, 3],
    ],
  );
  assert.equal(slot.take(weightsFrame(4, [[1], [1]]), 21).length, 1, "later ones are passed on at once");
});

test("a run is far from the plane from half of its way on, and tells how much of its path the plane holds", () => {
  const record = recordOf(row(0, 0, 0), row(1, 1, 2), row(2, 1.01, 2), row(3, 0, 3));
  assert.deepEqual(
    [0, 1, 2, 3].map((step) => record.isFar(step)),
    [false, false, true, false],
  );
  assert.ok(Number.isNaN(record.held(0)));
  assert.equal(record.held(1), 0.75);
  assert.equal(record.held(3), 1 - (1 + 1.01 ** 2) / (4 + 4 + 9));
  assert.equal(new RunRecord(0, { ...scenario, surface: "hump" }).isFar(1), false, "x and y are all weights");
});

test("the cards of a network always tell what the plane leaves out, and no gradient norm", () => {
  const names = rowsOf(scenario).map(([name]) => name);
  for (const name of ["offPlane", "held", "moved", "validationLoss", "accuracy", "validationAccuracy"])
    assert.ok(names.includes(name), name);
  for (const name of ["gradient", "distance"]) assert.ok(!names.includes(name), name);
  assert.ok(!rowsOf({ ...scenario, surface: "hump" }).some(([name]) => name === "held"));
  const record = recordOf(row(0, 0, 0), row(1, 0.25, 2));
  const read = Object.fromEntries(rowsOf(scenario).map(([name, , of]) => [name, of]));
  assert.deepEqual([read.offPlane(record, 1), read.moved(record, 1)], [[0.25], [2]]);
  const labels = { ...words.controls.rows, ...networkWords.controls.rows };
  for (const name of names) assert.ok(labels[name], name);
});

test("cards write shares in percent, and all other numbers as they are", () => {
  const shares = ["held", "accuracy", "validationAccuracy"].map((name) => written(name, 0.975));
  assert.deepEqual(new Set(shares), new Set(["97.5 %"]));
  assert.deepEqual([0.0098, 1, NaN].map(percent), ["1.0 %", "100 %", contract.words.no_number]);
  assert.deepEqual([written("loss", 0.975), written("step", 7)], ["0.975", "7"]);
});

test("the ranking of networks names no minimum", () => {
  const runs = [recordOf(row(0, 0, 0)), recordOf(row(0, 0, 0))];
  for (const one of runs) one.outcome = { kind: "still_moving", step: 0, sentence: "" };
  const lines = ranked({ scenario, runs }).split("\n");
  assert.equal(lines.length, 1);
  assert.ok(ranked({ scenario: { ...scenario, surface: "hump" }, runs }).startsWith(words.controls.ranking.none));
});

test("a path is pale where the network is far from the plane", () => {
  const walk = walkOf([
    [1, 1, 0],
    [2, 1, 0],
    [4, 1, 0],
    [5, 1, 0],
  ]);
  walk.runs[0].isFar = (step) => step === 2;
  const view = new View();
  view.resize(1000, 500);
  view.setMargins({ l: 0, r: 0, t: 0, b: 0 });
  view.setRanges([0, 10], [0, 5]);
  const page = layer();
  new Paths(page, page, view).draw(walk, 3, theme.looks, theme, false, 1);
  const { svg } = page.context;
  const lines = linesIn(svg, theme.looks[0].color);
  assert.deepEqual(
    lines.map(({ path }) => path),
    ["M100 400L200 400", "M200 400L400 400", "M400 400L500 400"],
  );
  const opacities = [...svg.matchAll(/<path[^>]*>/g)]
    .map(([path]) => path)
    .filter((path) => path.includes(theme.looks[0].color));
  assert.deepEqual(
    opacities.map((path) => /opacity="(?!1")/.test(path)),
    [false, true, false],
  );
});

test("the thin losses are those of validation", () => {
  assert.equal(thinLosses({ scenario }), "validation_loss");
  assert.equal(thinLosses({ scenario: { ...scenario, surface: "hump", batch: 3 } }), "batch_loss");
});

const axis = (label, classes = []) => ({ label, unit: "", classes });
const facts = {
  name: "made",
  row: "one row",
  source: "",
  license: "",
  axes: [axis("across"), axis("up"), axis("kind", ["no", "yes"])],
  rows: [
    [-1, -1, 0],
    [1, 1, 1],
    [1, -1, 1],
  ],
  shift: [0, 0, 0],
  unit: [1, 1, 1],
  input_scale: "standardized",
  target_scale: "raw",
  boundary: 0,
  weights: ["x", "y"],
  program: null,
  network: {
    layers: [
      [2, 1],
      [1, 1],
    ],
    training: 2,
  },
};
/** tanh(3 u) - tanh(0.9): its boundary is u = 0.3. */
const SPLIT = Float32Array.of(3, 0, 0, 1, -Math.tanh(0.9));

test("the boundary of a network is that of the weights which were kept last, and is not drawn before any are", () => {
  const data = new Data(facts);
  const walk = walkOf([
    [0, 0, 0],
    [1, 1, 0],
  ]);
  let kept = null;
  walk.runs[0].keptAt = () => kept;
  assert.equal(drawnWeights(data, walk.runs[0], 1), null);
  const plot = new Plot(data, 400, 300, theme);
  const draw = () => {
    const context = new SvgContext(400, 300, widthOf);
    drawModels(context, plot, { walk, position: 1, looks: theme.looks, residuals: null, marked: new Set() });
    return linesIn(context.svg, theme.looks[0].color);
  };
  assert.deepEqual(draw(), []);
  kept = { step: 1, weights: SPLIT };
  const [{ path }] = draw();
  const numbers = path.match(/[\d.]+/g).map(Number);
  const [expected] = plot.view.project(0.3, 0);
  for (let at = 0; at < numbers.length; at += 2) assert.ok(Math.abs(numbers[at] - expected) < 0.05, path);
  assert.equal(data.hits(SPLIT), 3);
});

test("more examples than before, then fewer, have the outputs of the same network", () => {
  const network = new Network([
    [1, 2],
    [2, 1],
  ]);
  const weights = Float32Array.of(1, 2, 0.5, 0, 1, -1, 0.25);
  const expected = (u) => Math.tanh(u + 0.5) - Math.tanh(2 * u) + 0.25;
  for (const inputs of [[0.1], [0.1, -0.7, 2], [3, 4]]) {
    const found = [...network.at(weights, [Float64Array.from(inputs)])];
    assert.deepEqual(
      found,
      inputs.map((u) => 0.25 + Math.tanh(0.5 + u) * 1 - Math.tanh(2 * u) * 1),
    );
    inputs.forEach((u, at) => {
      assert.ok(Math.abs(found[at] - expected(u)) < 1e-15);
    });
  }
});

test("the inside of a step shows the watched weights, and nothing of it is drawn on the map", () => {
  const walk = new Walk(scenario, [0], 0);
  const rows = [0, 1, 2].map((x) => row(x, 0, x));
  const values = Float64Array.from(rows.flat());
  walk.add({
    kind: STEPS,
    first: 0,
    count: 3,
    rows: 3,
    columns: COLUMNS,
    parts: [],
    values,
    inside: new Float64Array(0),
    weights: [],
  });
  const step = new Step(walk, { lines: [] }, 1);
  assert.deepEqual([step.before(0), step.after(0), step.before(1), step.after(1)], [11, 12, 21, 22]);
  assert.deepEqual([step.part("g", 0), step.lookup(1)(["gradient"])], [31, 41]);
  assert.deepEqual([step.isOnMap, step.axes, step.place], [false, networkWords.step.axes, [1, 0]]);
  const watched = ["layer 1", "layer 2"];
  assert.equal(drawnLengths(step, [], null, watched).drawn, networkWords.step.watched(watched));
});
