/** Typed formulas in the browser: their links, the ends of their sliders, and which landscapes are a visitor's. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { theme, widthOf } from "./fake_walk.mjs";

const { isVisitors, sameData } = await import(`${process.env.MODULES}/kit/data_rows.js`);
const { endsOf } = await import(`${process.env.MODULES}/kit/letters.js`);
const { drawHatch } = await import(`${process.env.MODULES}/stage/draw/hatch.js`);
const { SvgContext } = await import(`${process.env.MODULES}/stage/draw/svg_context.js`);
const { linkOf } = await import(`${process.env.MODULES}/stage/wire/link.js`);

const scenario = {
  surface: "own",
  formula: "a x^2 + b",
  box: [-1, 2, -3, 4],
  letters: [
    { name: "a", value: 1.5, low: null, high: null },
    { name: "b", value: 12, low: 0, high: 20 },
  ],
  table: null,
  points: [],
  start: [1, 2],
  steps: 50,
  batch: 0,
  noise: 0,
  seed: 0,
  runs: [],
};

test("a link has the formula, its box and its letters, and no surface", () => {
  assert.equal(linkOf(scenario), "f=a%20x%5E2%20%2B%20b&box=-1,2,-3,4&let=a:1.5&let=b:12:0..20&start=1,2&steps=50");
  assert.match(linkOf({ ...scenario, surface: "hump", formula: null, box: null, letters: [] }), /^surface=hump&start=/);
});

test("the ends of a slider hold its value", () => {
  assert.deepEqual(endsOf({ name: "a", value: 2, low: null, high: null }), [-5, 5]);
  assert.deepEqual(endsOf({ name: "a", value: -12, low: null, high: null }), [-24, 24]);
  assert.deepEqual(endsOf({ name: "a", value: 2, low: 0, high: null }), [0, 5]);
});

test("another formula, another value of a letter and another box are another landscape", () => {
  assert.ok(isVisitors(scenario));
  assert.ok(!isVisitors({ ...scenario, formula: null }));
  assert.ok(sameData(scenario, structuredClone(scenario)));
  for (const part of [{ formula: "x" }, { box: null }, { letters: [] }]) {
    assert.ok(!sameData(scenario, { ...scenario, ...part }));
  }
});

test("places without a value are hatched in a saved picture, inside the map", () => {
  const area = { left: 40, top: 10, width: 300, height: 200 };
  const pen = new SvgContext(400, 300, widthOf);
  drawHatch(pen, area, theme);
  const numbers = [...pen.svg.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  assert.ok(numbers.length > 60);
  for (const [x, y] of numbers) {
    assert.ok(x >= 39.9 && x <= 340.1, `${x}`);
    assert.ok(y >= 9.9 && y <= 210.1, `${y}`);
  }
});
