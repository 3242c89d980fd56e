/** The picture of a model: its curve or boundary, residuals, marked examples, its words, and its part of the link. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { linesIn, measureOnCanvas, theme, walkOf, widthOf } from "./fake_walk.mjs";

const load = (path) => import(`${process.env.MODULES}/stage/${path}`);
const { levelLines } = await load("model/boundary.js");
const { drawMarked, drawModels, weightsAt } = await load("model/curves.js");
const { Data } = await load("model/data.js");
const { describeModels } = await load("model/description.js");
const { Plot } = await load("model/plot.js");
const { Prediction } = await load("model/program.js");
const { SvgContext } = await load("draw/svg_context.js");
const { pictureParts, picturesOf } = await load("wire/pictures.js");

measureOnCanvas();

const axis = (label, classes = []) => ({ label, unit: classes.length > 0 ? "" : "m", classes });
const facts = (axes, rows, operations, more = {}) => ({
  name: "made",
  row: "one row",
  source: "",
  license: "",
  axes,
  rows,
  shift: axes.map(() => 0),
  unit: axes.map(() => 1),
  input_scale: "raw",
  target_scale: "raw",
  boundary: null,
  weights: ["x", "y"],
  program: { operations, result: axes.length + operations.length },
  network: null,
  ...more,
});
const op = (name, ...of) => ({ name, of, number: null });

/** x + y u */
const LINE = [op("mul", 1, 2), op("add", 0, 3)];
/** sigmoid(x u + y v) */
const PLANE = [op("mul", 0, 2), op("mul", 1, 3), op("add", 4, 5), op("sigmoid", 6)];
const numbers = [
  [0, 1],
  [10, 21],
  [5, 8],
];
const line = (more) => new Data(facts([axis("input"), axis("target")], numbers, LINE, more));
const KINDS = axis("kind", ["no", "yes"]);
const points = [
  [-1, -1, 0],
  [1, 1, 1],
  [1, -0.5, 1],
  [-1, 0.5, 1],
];
const plane = () => new Data(facts([axis("first"), axis("second"), KINDS], points, PLANE, { boundary: 0.5 }));

const AREA = { left: 40, top: 22, width: 300, height: 200 };

function drawn(data, walk, scene = {}) {
  const plot = new Plot(data, 360, 270, theme);
  const pen = new SvgContext(400, 300, widthOf);
  drawModels(pen, plot, { walk, position: walk.steps, looks: theme.looks, start: null, residuals: null, ...scene });
  return { plot, svg: pen.svg };
}
const pathOf = (path) => [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
const near = (a, b, far = 0.02) => assert.ok(Math.abs(a - b) <= far, `${a} is not ${b}`);

test("a prediction is computed operation by operation, for as many numbers as are given", () => {
  const prediction = new Prediction({ operations: LINE, result: 4 }, 1);
  assert.deepEqual([...prediction.at(1, 2, [Float64Array.of(0, 5, 10)])], [1, 11, 21]);
  assert.deepEqual([...prediction.at(0, 1, [Float64Array.of(7, 8, 9)], 1)], [7]);
});

test("between two steps the weights lie on the line between them, as the head of the path does", () => {
  const { runs } = walkOf([
    [0, 0, 0],
    [2, 4, 0],
    [3, 3, 0],
  ]);
  assert.deepEqual(weightsAt(runs[0], 0.5), { x: 1, y: 2 });
  assert.deepEqual(weightsAt(runs[0], 9), { x: 3, y: 3 });
});

test("a run's curve goes through its predictions in the data's own numbers, and moves with the playhead", () => {
  const data = line({ shift: [5, 10], unit: [2, 4] });
  const walk = walkOf([
    [0, 0, 0],
    [0.25, 1, 0],
  ]);
  for (const position of [0, 1]) {
    const { plot, svg } = drawn(data, walk, { position });
    const [{ path }] = linesIn(svg, theme.looks[0].color);
    const places = pathOf(path);
    const [x, y] = position === 0 ? [0, 0] : [0.25, 1];
    for (const raw of [0, 10]) {
      const [px, py] = plot.view.project(raw, (x + y * ((raw - 5) / 2)) * 4 + 10);
      const place = places.reduce((best, at) => (Math.abs(at[0] - px) < Math.abs(best[0] - px) ? at : best));
      near(place[1], py, 2);
    }
  }
});

test("runs have their colors and dashes, and a run that is not in the walk is not drawn", () => {
  const walk = walkOf([[1, 2, 0]], [[1, 1, 0]]);
  const both = drawn(line(), walk);
  for (const { color } of theme.looks.slice(0, 2)) assert.equal(linesIn(both.svg, color).length, 1);
  const dash = theme.looks[1].dash.join(",");
  assert.ok(both.svg.includes(`stroke="${theme.looks[1].color}"`) && both.svg.includes(`stroke-dasharray="${dash}"`));
  const one = drawn(line(), { ...walk, runs: [walk.runs[1]] });
  assert.equal(linesIn(one.svg, theme.looks[0].color).length, 0);
});

for (const [where, x, edge] of [
  ["above", 1e9, (area) => area.top],
  ["below", -1e9, (area) => area.top + area.height],
]) {
  test(`a curve that lies ${where} the plot has an arrow at that edge`, () => {
    const { plot, svg } = drawn(line(), walkOf([[x, 0, 0]]));
    assert.equal(linesIn(svg, theme.looks[0].color).length, 0);
    const [, path] = new RegExp(`<path d="([^"]*)" fill="${theme.looks[0].color}"`).exec(svg);
    const tips = pathOf(path).map(([, y]) => Math.abs(y - edge(plot.view.area)));
    near(Math.min(...tips), 1, 0.1);
  });
}

test("weights that are no numbers draw nothing and fail nowhere", () => {
  const walk = walkOf([[NaN, Infinity, 0]]);
  assert.equal(linesIn(drawn(line(), walk, { residuals: 0 }).svg, theme.looks[0].color)[0]?.path ?? "", "");
  assert.equal(linesIn(drawn(plane(), walk).svg, theme.looks[0].color).length, 0);
});

test("residuals go from each target to the prediction of one run", () => {
  const { plot, svg } = drawn(line(), walkOf([[2, 1, 0]], [[9, 0, 0]]), { residuals: 0 });
  const [{ path }] = linesIn(svg, theme.looks[0].color);
  const ends = pathOf(path);
  assert.equal(ends.length, 2 * numbers.length);
  numbers.forEach(([input, target], at) => {
    const [px, from] = plot.view.project(input, target);
    const [, to] = plot.view.project(input, 2 + input);
    near(ends[2 * at][0], px);
    near(ends[2 * at][1], from);
    near(ends[2 * at + 1][1], to);
  });
});

test("marked examples have a ring each, and no others", () => {
  const plot = new Plot(line(), 360, 270, theme);
  const pen = new SvgContext(400, 300, widthOf);
  drawMarked(pen, plot, new Set([2, 0]));
  const rings = linesIn(pen.svg, theme.ink).map(({ path }) => pathOf(path)[0]);
  assert.equal(rings.length, 2);
  [2, 0].forEach((example, at) => {
    const [px, py] = plot.pixel(example);
    near(rings[at][0], px + 5.5);
    near(rings[at][1], py);
  });
});

test("the boundary of a linear model is a straight line at its place, in one piece", () => {
  const { plot, svg } = drawn(plane(), walkOf([[2, 1, 0]]));
  const lines = linesIn(svg, theme.looks[0].color);
  assert.equal(lines.length, 1);
  for (const [px, py] of pathOf(lines[0].path)) {
    const { left, top, width, height } = plot.view.area;
    const [x, y] = [plot.view.x, plot.view.y];
    const u = x[0] + ((x[1] - x[0]) * (px - left)) / width;
    const v = y[1] - ((y[1] - y[0]) * (py - top)) / height;
    near(2 * u + v, 0, 2e-3);
  }
});

test("a closed boundary ends where it begins, and two of them are two lines", () => {
  const circles = (px, py, count) =>
    Float64Array.from(
      { length: count },
      (_, at) => Math.min(Math.hypot(px[at] - 120, py[at] - 120), Math.hypot(px[at] - 260, py[at] - 120)) - 50,
    );
  const lines = levelLines(circles, 0, AREA);
  assert.equal(lines.length, 2);
  for (const points of lines) {
    assert.deepEqual(points.slice(0, 2), points.slice(-2));
    for (let at = 0; at < points.length; at += 2) {
      const middle = points[0] < 190 ? 120 : 260;
      near(Math.hypot(points[at] - middle, points[at + 1] - 120), 50, 0.01);
    }
  }
});

test("a steep step is found between the points of the grid, and a field of one sign has no line", () => {
  const [points] = levelLines(
    (px, _, count) => px.subarray(0, count).map((at) => Math.tanh(1e3 * (at - 123.4))),
    0,
    AREA,
  );
  for (let at = 0; at < points.length; at += 2) near(points[at], 123.4, 0.01);
  assert.deepEqual(
    levelLines((px, _, count) => px.subarray(0, count).fill(1), 0.5, AREA),
    [],
  );
});

test("at a saddle the lines do not cross", () => {
  const { left, top, width, height } = AREA;
  const [cx, cy] = [left + width * 0.511, top + height * 0.489];
  const saddle = (px, py, count) => Float64Array.from({ length: count }, (_, at) => (px[at] - cx) * (py[at] - cy));
  const lines = levelLines(saddle, 0, AREA);
  assert.equal(lines.length, 2);
  for (const points of lines) assert.equal(new Set(points.map((_, at) => `${points[at]}`)).size > 2, true);
});

function texts(data) {
  const pen = new SvgContext(400, 300, widthOf);
  new Plot(data, 360, 270, theme).axes(pen);
  return [...pen.svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
}

test("axes have titles with units, and ticks in the data's own numbers", () => {
  const written = texts(line({ shift: [5, 10], unit: [2, 4] }));
  for (const text of ["input (m)", "target (m)", "0", "10", "20"]) assert.ok(written.includes(text), text);
});

test("a long title has several lines, and none is cut or lies under the button above the plot", () => {
  const long = "a name of many words that is far too long for one line of a small picture";
  const taken = 90;
  for (const width of [240, 360]) {
    const data = new Data(facts([axis(`${long} x`), axis(`${long} y`)], numbers, LINE));
    const plot = new Plot(data, width, 270, theme, taken);
    const pen = new SvgContext(400, 300, widthOf);
    const written = [];
    pen.fillText = (text, x, y) => written.push({ text, y, x, wide: widthOf(text, pen.font) });
    plot.axes(pen);
    const { top, height } = plot.view.area;
    const above = written.filter(({ y }) => y < top);
    const below = written.filter(({ y, text }) => y > top + height && /[a-z]/.test(text));
    for (const lines of [above, below]) assert.ok(new Set(lines.map(({ y }) => y)).size === lines.length);
    assert.ok(above.length > 1 && below.length > 1);
    for (const { x, wide, text } of above) assert.ok(x >= 0 && x + wide <= width - taken, text);
    for (const { x, y, wide, text } of below) assert.ok(x - wide / 2 >= 0 && x + wide / 2 <= width && y < 270, text);
  }
});

test("classes have their names: beside 0 and 1, or in a legend", () => {
  const rows = [
    [0, 0],
    [1, 1],
  ];
  const logistic = new Data(facts([axis("heat"), KINDS], rows, [...LINE, op("sigmoid", 4)], { boundary: 0.5 }));
  assert.ok(logistic.isProbability);
  for (const text of ["no", "yes", "0", "0.5", "1"]) assert.ok(texts(logistic).includes(text), text);
  const score = new Data(facts([axis("heat"), KINDS], rows, LINE, { boundary: 0.5 }));
  assert.ok(!score.isProbability);
  assert.notDeepEqual(texts(score), texts(logistic), "an output that is no probability is not called one");
  for (const text of ["no", "yes", "second (m)"]) assert.ok(texts(plane()).includes(text), text);
});

test("every example is drawn, each class in its own way", () => {
  const pen = new SvgContext(400, 300, widthOf);
  new Plot(plane(), 360, 270, theme).examples(pen);
  const filled = (color) => pen.svg.split(`fill="${color}"`).length - 1;
  assert.deepEqual([filled(theme.ink), filled(theme.page)], [3, 1]);
});

test("the description tells the data and each run's predictions, or how many classes it predicts", () => {
  const label = (index) => ["SGD", "Adam"][index];
  const lines = describeModels(
    line(),
    walkOf([
      [0, 0, 0],
      [1, 2, 0],
    ]),
    1,
    label,
  );
  assert.match(lines, /3 .*input \(m\), target \(m\).*SGD.*\b1\b.*\b0\b.*\b21\b.*\b10\b/);
  assert.equal(plane().hits({ x: 1, y: 0 }), 3);
  assert.match(describeModels(plane(), walkOf([[1, 0, 0]]), 0, label), /SGD.* 3 of 4/);
});

test("the picture is on unless the link sets it off", () => {
  assert.deepEqual(pictureParts({ model: true, basins: null, settings: null, window: null }, []), []);
  assert.deepEqual(pictureParts({ model: false, basins: null, settings: null, window: null }, []), ["model=off"]);
  for (const query of ["", "surface=cars_raw", "model=on", "model=", "model=%"]) assert.ok(picturesOf(query).model);
  assert.ok(!picturesOf("surface=cars_raw&model=off").model);
});
