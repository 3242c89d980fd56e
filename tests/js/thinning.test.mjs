/**
 * A long walk's curve keeps each peak and its end; ticks and the axes of the loss chart, also of runs that diverge.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { walkOf } from "./fake_walk.mjs";

const { thin, trace } = await import(`${process.env.MODULES}/stage/draw/thinning.js`);
const { logarithmic, nice } = await import(`${process.env.MODULES}/stage/draw/ticks.js`);
const { exits } = await import(`${process.env.MODULES}/stage/draw/curve.js`);
const { measure } = await import(`${process.env.MODULES}/stage/draw/curve_axis.js`);

const of = (values) => (step) => values[step];

test("a short curve is drawn through every step", () => {
  assert.deepEqual(thin(of([3, 1, 2, 5]), 0, 3, 100), [0, 1, 2, 3]);
  assert.deepEqual(thin(of([7]), 0, 0, 100), [0]);
  assert.deepEqual(thin(of([]), 0, -1, 100), []);
});

for (const last of [7999, 8000, 8001]) {
  test(`a cycle of two steps keeps both halves after ${last} steps`, () => {
    const value = (step) => (step % 2 === 0 ? 1 : 4);
    const steps = thin(value, 0, last, 500);
    assert.equal(steps.at(-1), last);
    assert.ok(steps.length <= 1100, `${steps.length}`);
    for (let from = 0; from < last - 40; from += 40) {
      const seen = steps.filter((step) => step >= from && step < from + 40).map(value);
      assert.deepEqual([Math.min(...seen), Math.max(...seen)], [1, 4], `steps from ${from}`);
    }
  });
}

test("the drawn steps are in order, once each, and include the least and the greatest loss", () => {
  const values = Array.from({ length: 1000 }, (_, step) => Math.sin(step * 1.7) * step);
  const steps = thin(of(values), 0, 999, 50);
  assert.deepEqual(
    steps,
    [...new Set(steps)].sort((a, b) => a - b),
  );
  const kept = steps.map(of(values));
  assert.equal(Math.min(...kept), Math.min(...values));
  assert.equal(Math.max(...kept), Math.max(...values));
});

test("a value that is not finite breaks the curve where it is", () => {
  const values = Array.from({ length: 100 }, (_, step) => (step === 40 ? NaN : step));
  const drawn = [];
  const pen = { moveTo: (x) => drawn.push(["move", x]), lineTo: (x) => drawn.push(["line", x]) };
  trace(pen, thin(of(values), 0, 99, 10), (step) => step, of(values));
  const moves = drawn.filter(([kind]) => kind === "move").map(([, x]) => x);
  assert.deepEqual(moves, [0, 41]);
  assert.deepEqual(
    drawn.find(([, x]) => x === 39),
    ["line", 39],
  );
  assert.deepEqual(drawn.at(-1), ["line", 99]);
});

test("ticks are round and lie inside", () => {
  assert.deepEqual(nice(-1, 1, 4), [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(nice(-0.00125, -0.00105, 4), [-0.00125, -0.0012, -0.00115, -0.0011, -0.00105]);
  assert.deepEqual(nice(1, 1, 4), []);
  assert.deepEqual(nice(1, 1 + 1e-15, 4), [], "between neighboring numbers there is no round one");
  assert.deepEqual(logarithmic(-3.2, 2.1, 4), [0.01, 1, 100]);
  assert.deepEqual(logarithmic(0.2, 0.9, 4), [2, 5], "less than a power of ten");
  assert.ok(logarithmic(0.31, 0.39, 4).length >= 2, "less than from 2 to 5");
});

const room = { width: 600, height: 120, scale: 1, widthOf: (text) => 6 * text.length };
const losses = (...values) => values.map((loss) => [0, 0, loss]);
/** From 300 up by so many powers of ten a step. */
const diverging = (power) =>
  losses(...Array.from({ length: 8 }, (_, step) => Math.min(1e300, 300 * 10 ** (power * step))));

const WALKS = {
  "a run that diverges to 1e300": [walkOf(diverging(45)), 0],
  "two that do": [walkOf(diverging(45), diverging(20)), 0],
  "one that does, and one that converges": [walkOf(diverging(45), losses(300, 30, 3, 1, 0.5, 0.2, 0.1, 0.1)), 0],
  "one that does, from below zero": [walkOf(losses(-3, 5, 1e9, 1e40, 1e200)), -4],
  "a start at infinity": [walkOf(losses(Infinity)), 0],
  "a loss that stays": [walkOf(losses(1e84, 1e84, 1e84)), 0],
  "a loss that falls by its last digits": [walkOf(losses(5, 5 - 1e-14, 5 - 2e-14)), 0],
  "a loss that falls to zero": [walkOf(losses(1, 1e-20, 0, 0)), 0],
  "a rise by a tenth": [walkOf(losses(2.1, 2.2, 2.3)), 2],
};

for (const [name, [walk, floor]] of Object.entries(WALKS)) {
  for (const choice of ["auto", "linear", "log"]) {
    test(`the chart has ticks that can be read: ${name}, ${choice}`, () => {
      const { ticks, plot, y } = measure(walk, floor, choice, room);
      assert.ok(ticks.length >= 2 && ticks.length <= 12, JSON.stringify(ticks));
      assert.equal(new Set(ticks.map(({ text }) => text)).size, ticks.length, "no two alike");
      for (const { value, text } of ticks) {
        const py = y(value);
        assert.ok(py >= plot.top - 1 && py <= plot.top + plot.height + 1, `${text} at ${py}`);
        assert.ok(room.widthOf(text) + 6 <= plot.left, `${text} does not fit beside the chart`);
      }
    });
  }
}

test("a run that diverges leaves the chart at the top if another run is on it", () => {
  const [walk] = WALKS["one that does, and one that converges"];
  const { plot, y } = measure(walk, 0, "auto", room);
  assert.ok(y(walk.runs[0].at(7, 2)) < plot.top);
  assert.ok(y(0.1) <= plot.top + plot.height);
});

test("a single run that diverges is on the chart to its last loss", () => {
  const [walk] = WALKS["a run that diverges to 1e300"];
  const { log, plot, y } = measure(walk, 0, "auto", room);
  assert.equal(log, true);
  assert.ok(y(1e300) >= plot.top);
});

test("on a log scale every loss above 0 is on the chart, however small", () => {
  for (const least of [1e-11, 1e-13, 1e-40, 1e-300]) {
    const walk = walkOf(losses(1, 1e-6, least));
    const { log, plot, y } = measure(walk, 0, "auto", room);
    assert.equal(log, true);
    assert.ok(y(least) <= plot.top + plot.height, `${least}`);
  }
});

test("a run whose loss leaves a log scale is marked at the first such step, at the top and at the bottom", () => {
  const walk = walkOf(losses(300, 30, 0, 0, 1e-3), losses(300, 1e80, 1e90, 1, 1), losses(300, 3, 2, 1, 1));
  const axis = measure(walk, 0, "log", room);
  assert.deepEqual(
    walk.runs.map((run) => exits(axis, run)),
    [
      { top: -1, bottom: 2 },
      { top: 1, bottom: -1 },
      { top: -1, bottom: -1 },
    ],
  );
});

test("the last step's number fits at the end of the axis", () => {
  const { plot } = measure(walkOf(losses(...new Array(8001).fill(1))), 0, "auto", room);
  assert.ok(plot.left + plot.width + room.widthOf("8000") / 2 <= room.width);
});
