/** The drawing of a step's examples: contour lines, arrows at one multiple, the ends of the step, and the notes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { theme, widthOf } from "./fake_walk.mjs";

const MODULES = process.env.MODULES;
const { SvgContext } = await import(`${MODULES}/stage/draw/svg_context.js`);
const { View } = await import(`${MODULES}/stage/draw/view.js`);
const { beyond } = await import(`${MODULES}/stage/draw/curve_lines.js`);
const { ExampleDrawing, multiple, notes, sentences } = await import(`${MODULES}/stage/step/examples.js`);
const { levelLines } = await import(`${MODULES}/stage/step/level_lines.js`);
const { words } = await import(`${MODULES}/stage/words.js`);

const BOUNDS = [
  [0, 10],
  [0, 5],
];
const OFF = { gradients: false, losses: false, landings: false };
const EXAMPLES = {
  batch: [4, 7],
  gradients: [
    [3, 0],
    [1, 2],
  ],
  batch_gradient: [2, 1],
  full_gradient: [1, 1],
  map: { columns: 3, rows: 2, tones: [0, 0.5, 1, 0, 0.5, 1], levels: [0.1, 0.25, 0.4, 0.75] },
  landings: {
    own: [4, 2],
    others: [
      [5, 2],
      [50, 2],
    ],
    batches: 4,
    every: false,
  },
};

function view() {
  const made = new View();
  made.resize(1000, 500, 14);
  made.setMargins({ l: 0, r: 0, t: 0, b: 0 });
  made.setRanges(...BOUNDS);
  return made;
}
const shown = (on, more = {}) => ({
  examples: { ...EXAMPLES, ...more },
  on: { ...OFF, ...on },
  position: [5, 2.5],
  batches: true,
  bounds: BOUNDS,
});

function drawn(what) {
  const context = new SvgContext(1000, 500, widthOf);
  new ExampleDrawing().draw(context, view(), what, theme, true);
  return context.svg;
}
const count = (svg, part) => svg.split(part).length - 1;

test("the contour lines of a slope are straight lines where every second level lies", () => {
  const lines = levelLines(EXAMPLES.map, BOUNDS);
  const ends = lines.map((line) => [line[0], line.at(-2)]);
  assert.deepEqual(ends, [
    [2.5, 2.5],
    [7.5, 7.5],
  ]);
  for (const line of lines) assert.deepEqual([line[1], line.at(-1)].sort(), [0, 5]);
});

test("the contour line about a peak is closed, and a level that is nowhere has no line", () => {
  const tones = [0, 0, 0, 0, 1, 0, 0, 0, 0];
  const [line, ...others] = levelLines({ columns: 3, rows: 3, tones, levels: [0.1, 0.5, 0.6, 2] }, BOUNDS);
  assert.deepEqual(others, []);
  assert.deepEqual(line.slice(0, 2), line.slice(-2));
  assert.equal(line.length, 10);
});

test("all gradients have one multiple, with which the longest can be seen", () => {
  assert.equal(multiple(shown({ gradients: true }), view()), 0.5);
  const small = EXAMPLES.gradients.map(([x, y]) => [x * 1e-4, y * 1e-4]);
  const tiny = { gradients: small, batch_gradient: [2e-4, 1e-4], full_gradient: [1e-4, 1e-4] };
  assert.equal(multiple(shown({}, tiny), view()), 5000);
  const none = { gradients: [[0, 0]], batch_gradient: [0, 0], full_gradient: [0, 0] };
  assert.equal(multiple(shown({}, none), view()), null);
  assert.deepEqual(sentences(shown({ gradients: true }, none), view()), [words.batch.short]);
});

test("an arrow ends at the position plus the multiple of its gradient", () => {
  const svg = drawn(shown({ gradients: true }));
  const [px, py] = view().project(5 + 0.5 * 1, 2.5 + 0.5 * 2);
  assert.ok(svg.includes(`L${Math.round(px * 100) / 100} ${Math.round(py * 100) / 100}`));
});

test("what is switched off is not drawn", () => {
  assert.equal(count(drawn(shown({})), "<path"), count(drawn(shown({ landings: true }, { landings: null })), "<path"));
  const alone = ["gradients", "losses", "landings"].map((name) => count(drawn(shown({ [name]: true })), "<path"));
  const empty = count(drawn(shown({})), "<path");
  assert.ok(alone.every((paths) => paths > empty));
});

test("without batches the gradient over all examples is drawn once", () => {
  const whole = { ...shown({ gradients: true }), batches: false };
  assert.ok(count(drawn(whole), "<path") < count(drawn(shown({ gradients: true })), "<path"));
});

test("the notes say what is drawn, and the sentences how many ends are not in view", () => {
  const on = { gradients: true, losses: true, landings: true };
  const { batch: texts } = words;
  assert.deepEqual(notes(shown(on), view()), [
    texts.note.gradients(2, "0.5", true),
    texts.note.losses,
    texts.note.landings(EXAMPLES.landings),
  ]);
  assert.equal(sentences(shown({ landings: true }), view())[0], texts.landings(EXAMPLES.landings, 2, 2));
  const missing = shown({ losses: true, landings: true }, { map: null, landings: null });
  assert.deepEqual(notes(missing, view()), []);
  assert.deepEqual(sentences(missing, view()), [texts.noLosses, texts.noLandings]);
});

test("the sentence on the gradients says how many arrows end outside of the view", () => {
  const inside = shown({ gradients: true });
  const { gradients } = words.batch;
  assert.deepEqual(sentences(inside, view()), [gradients(2, "0.5", true, 0)]);
  assert.deepEqual(sentences({ ...inside, position: [9, 2.5] }, view()), [gradients(2, "0.5", true, 1)]);
  assert.notEqual(gradients(2, "0.5", true, 0), gradients(2, "0.5", true, 1));
});

test("the sentence says whether all batches were taken or some at random", () => {
  const { landings } = words.batch;
  const all = { ...EXAMPLES.landings, every: true };
  const texts = [landings(all, 2, 0), landings(EXAMPLES.landings, 2, 0), landings({ ...all, batches: 1 }, 2, 0)];
  assert.equal(new Set(texts).size, 3);
});

test("losses of batches beyond the axis have a mark at its edge", () => {
  const losses = [5, 50, 0.5, Infinity, 1, -1, NaN];
  const run = { last: losses.length - 1, value: (_, step) => losses[step] };
  const plot = { left: 0, top: 10, width: 60, height: 100 };
  const linear = { log: false, base: 0, plot, x: (step) => 10 * step, y: (loss) => 110 - 10 * loss };
  const found = beyond(linear, run, "batch_loss");
  assert.deepEqual([[...found.top], [...found.bottom]], [[10, 30], [50]]);
  const log = { ...linear, log: true, y: (loss) => 60 - 50 * Math.log10(loss) };
  const logarithmic = beyond(log, run, "batch_loss");
  assert.deepEqual([[...logarithmic.top], [...logarithmic.bottom]], [[10, 30], [50]]);
});
