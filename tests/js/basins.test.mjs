/** The map of basins: the shares of the outcomes, the colors of the cells, and where they are painted. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { theme, widthOf } from "./fake_walk.mjs";

const MODULES = process.env.MODULES;

/** A canvas that keeps its pixels and what is drawn on it. */
class FakeCanvas {
  width = 300;
  height = 150;
  calls = [];
  /** The first pixel of each row that has been put. */
  rows = new Map();
  getContext() {
    const note =
      (name) =>
      (...given) =>
        this.calls.push([name, ...given]);
    const names = ["clearRect", "drawImage", "fillRect", "beginPath", "moveTo", "lineTo", "stroke", "arc", "fill"];
    return {
      canvas: this,
      ...Object.fromEntries(names.map((name) => [name, note(name)])),
      putImageData: (image, _x, top) => {
        this.image = image;
        const pixels = new Uint32Array(image.data.buffer);
        for (let row = 0; row < image.height; row += 1) this.rows.set(top + row, pixels[row * image.width]);
      },
      createPattern: (tile) => tile,
    };
  }
  toDataURL() {
    return "data:image/png;base64,AA==";
  }
}
let made;
globalThis.document = {
  createElement: () => {
    made.push(new FakeCanvas());
    return made.at(-1);
  },
};
globalThis.ImageData = class {
  constructor(data, width, height) {
    Object.assign(this, { data, width, height });
  }
};
beforeEach(() => (made = []));

const { KINDS } = await import(`${MODULES}/kit/outcomes.js`);
const { byCase, byNumber, byOutcome, channels, rampAt } = await import(`${MODULES}/stage/draw/basin_colors.js`);
const { BasinPainting, pixelsOf } = await import(`${MODULES}/stage/draw/basins.js`);
const { drawLegend, placeLegend } = await import(`${MODULES}/stage/draw/legend.js`);
const { SvgContext } = await import(`${MODULES}/stage/draw/svg_context.js`);
const { View } = await import(`${MODULES}/stage/draw/view.js`);
const shares = await import(`${MODULES}/stage/state/basin_shares.js`);
const { words } = await import(`${MODULES}/stage/words.js`);

const MINIMA = [
  { global: true, style: 0 },
  { global: false, style: 1 },
  { global: true, style: 2 },
];
const [GLOBAL, LOCAL, OTHER] = MINIMA.map((_, index) => KINDS.length + index);
const [STILL, LEFT, DIVERGED] = ["still_moving", "left_the_map", "diverged"].map((kind) => KINDS.indexOf(kind));

/** The ends of walks from some cells. */
function endsOf(cells, numbers = cells.map((_, at) => at)) {
  return { cells: Uint8Array.from(cells), steps: Float32Array.from(numbers), losses: Float32Array.from(numbers) };
}

const colorOf = (pixel) => [...new Uint8Array(Uint32Array.of(pixel).buffer)];

test("shares count each outcome, and several minima of one kind together", () => {
  const found = shares.sharesOf(endsOf([GLOBAL, OTHER, LOCAL, STILL]), MINIMA);
  assert.deepEqual(found, [
    { kind: "global_minimum", share: 0.5, styles: [0, 2] },
    { kind: "local_minimum", share: 0.25, styles: [1] },
    { kind: "still_moving", share: 0.25, styles: [] },
  ]);
});

test("shares are told in whole percent, and neither 0 nor 100 where it would be false", () => {
  const told = [0, 0.004, 0.5, 0.996, 1].map((share) => words.basins.percent(share).replace("\u00a0", " "));
  assert.deepEqual(told, ["0 %", "<1 %", "50 %", ">99 %", "100 %"]);
});

test("of two runs, each start is one of four cases", () => {
  const ends = [endsOf([GLOBAL, GLOBAL, LOCAL, STILL]), endsOf([OTHER, LOCAL, GLOBAL, DIVERGED])];
  const cases = shares.casesOf(ends, MINIMA);
  assert.deepEqual(
    [...cases].map((found) => shares.CASES[found]),
    ["both", "first", "second", "neither"],
  );
  const { paints, of } = byCase(ends, MINIMA, theme.looks.slice(0, 2), theme);
  assert.equal(new Set([...of].map((paint) => JSON.stringify(paints[paint]))).size, 4);
});

test("a cell is found under a point, up to the edges of the window", () => {
  const map = {
    window: [
      [0, 3],
      [-1, 1],
    ],
    rows: 2,
    columns: 3,
  };
  assert.equal(shares.cellAt(map, [0, -1]), 0);
  assert.equal(shares.cellAt(map, [2.5, -0.1]), 2);
  assert.equal(shares.cellAt(map, [0.5, 0.1]), 3);
  for (const point of [
    [-0.1, 0],
    [3.1, 0],
    [1, -1.1],
    [1, 1.1],
  ]) {
    assert.equal(shares.cellAt(map, point), null);
  }
});

test("a map whose minima have not arrived is not known", () => {
  assert.equal(shares.areKnown([endsOf([GLOBAL, OTHER])], MINIMA), true);
  assert.equal(shares.areKnown([endsOf([GLOBAL, OTHER])], MINIMA.slice(0, 2)), false);
});

test("a pixel is a cell: the highest row first, with the color of its minimum; a hatch has a mask of its own", () => {
  const size = { rows: 2, columns: 3 };
  const { tints, masks } = pixelsOf(
    size,
    byOutcome(endsOf([GLOBAL, LOCAL, OTHER, STILL, LEFT, DIVERGED]), MINIMA, theme),
  );
  const colors = [...tints].map((tint) => colorOf(tint).slice(0, 3));
  assert.deepEqual(
    colors.slice(3),
    MINIMA.map(({ style }) => channels(theme.minima[style].color)),
  );
  assert.deepEqual([...tints.slice(0, 3)], [0, 0, 0]);
  assert.ok([...tints.slice(3)].every((tint) => colorOf(tint)[3] > 0 && colorOf(tint)[3] < 255));
  assert.equal(masks.length, 2);
  assert.deepEqual(
    masks.map(({ pixels }) => [...pixels].map((pixel) => Number(pixel !== 0))),
    [
      [0, 1, 0, 0, 0, 0],
      [0, 0, 1, 0, 0, 0],
    ],
  );
  assert.notEqual(masks[0].hatch.name, masks[1].hatch.name);
});

test("all outcomes are painted differently", () => {
  const { paints } = byOutcome(endsOf([GLOBAL]), MINIMA, theme);
  assert.equal(new Set(paints.slice(2, KINDS.length).map((paint) => JSON.stringify(paint))).size, KINDS.length - 2);
});

test("steps have a color where a walk arrives, losses where it stays on the map", () => {
  const ends = endsOf([GLOBAL, LOCAL, STILL, DIVERGED], [10, 30, 50, 70]);
  const steps = byNumber(ends, MINIMA, theme, "steps");
  const losses = byNumber(ends, MINIMA, theme, "loss");
  const tints = ({ paints, of }) => [...of].map((paint) => paints[paint].tint);
  assert.deepEqual(tints(steps), [rampAt(0), rampAt(1), null, null]);
  assert.deepEqual(tints(losses), [rampAt(0), rampAt(128 / 255), rampAt(1), null]);
  assert.deepEqual([steps.scale.low, steps.scale.high, losses.scale.high], [10, 30, 50]);
  assert.equal(byNumber(endsOf([STILL]), MINIMA, theme, "steps").scale, null);
});

/** A view of 100 x 50 pixels, at 20 and 5, for 0 to 10 and -1 to 1. */
function view() {
  const seen = new View();
  seen.resize(130, 70);
  seen.setMargins({ l: 20, r: 10, t: 5, b: 15 });
  seen.setRanges([0, 10], [-1, 1]);
  return seen;
}

test("the cells are enlarged to their window in the view, with sharp edges, and follow the view", () => {
  const painting = new BasinPainting();
  const size = { rows: 1, columns: 2 };
  painting.take(size, byOutcome(endsOf([GLOBAL, LEFT]), MINIMA, theme));
  const window = [
    [5, 10],
    [-1, 0],
  ];
  const context = new SvgContext(130, 70, widthOf);
  painting.draw(context, view(), window, 2);
  const boxes = made.flatMap(({ calls }) => calls).filter(([name, , , , w]) => name === "drawImage" && w !== undefined);
  assert.deepEqual(
    boxes.map(([, , ...box]) => box),
    [
      [100, 50, 100, 50],
      [100, 50, 100, 50],
    ],
    "the tints, and the hatch",
  );
  assert.match(context.svg, /<image x="20" y="5" width="100" height="50" [^>]*href="data:image\/png/);
  for (const { calls } of made) calls.length = 0;
  const moved = view();
  moved.setRanges([5, 15], [-1, 1]);
  painting.draw(context, moved, window, 1);
  const [[, , ...box]] = made.flatMap(({ calls }) => calls).filter(([name]) => name === "drawImage");
  assert.deepEqual(box, [0, 25, 50, 25]);
});

test("rows that arrive later are painted above the first ones, and drawn up to the last row that has arrived", () => {
  const painting = new BasinPainting();
  const size = {
    rows: 4,
    columns: 1,
    window: [
      [0, 10],
      [-1, 1],
    ],
  };
  painting.take(size, byOutcome(endsOf([GLOBAL]), MINIMA, theme));
  painting.take(size, byOutcome(endsOf([LEFT, LOCAL]), MINIMA, theme), 1);
  const [cells] = made;
  assert.deepEqual([cells.width, cells.height], [1, 4]);
  const whole = pixelsOf({ rows: 3, columns: 1 }, byOutcome(endsOf([GLOBAL, LEFT, LOCAL]), MINIMA, theme));
  assert.deepEqual([...cells.rows.keys()].sort(), [1, 2, 3], "the highest row has not arrived");
  assert.deepEqual(
    [1, 2, 3].map((row) => cells.rows.get(row)),
    [...whole.tints],
  );
  const calls = [];
  const note =
    (name) =>
    (...given) =>
      calls.push([name, ...given]);
  const names = ["save", "beginPath", "rect", "clip", "clearRect", "drawImage", "restore"];
  const context = Object.fromEntries(names.map((name) => [name, note(name)]));
  painting.drawRows(context, view(), size, 3, 2);
  assert.deepEqual(
    calls.map(([name]) => name),
    names,
  );
  const area = view().area;
  const top = Math.ceil(2 * (area.top + area.height / 4)) / 2;
  assert.deepEqual(calls[2].slice(1), [area.left, top, area.width, area.top + area.height - top]);
  assert.deepEqual(calls[4].slice(1), calls[2].slice(1));
});

test("the legend of a saved picture has the samples of an entry before its text", () => {
  const samples = [new FakeCanvas(), new FakeCanvas()];
  const entries = [{ text: "Basins of SGD:" }, { text: "63 % global minimum", samples }];
  const { placed } = placeLegend(entries, 600, theme, widthOf);
  const pen = new SvgContext(600, 40, widthOf);
  drawLegend(pen, placed, theme);
  const images = [...pen.svg.matchAll(/<image x="([\d.]+)"/g)].map(([, x]) => Number(x));
  const texts = [...pen.svg.matchAll(/<text x="([\d.]+)"/g)].map(([, x]) => Number(x));
  assert.equal(images.length, 2);
  assert.equal(texts[0], 0);
  assert.ok(texts[0] + widthOf(entries[0].text, "13px x") < images[0]);
  assert.ok(images[0] + 20 < images[1] && images[1] + 20 < texts[1]);
});
