/** Small curves: a long one keeps both halves of a cycle and its last step; sizes may have a log scale. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { brief } = await import(`${process.env.MODULES}/kit/numbers.js`);
const { words } = await import(`${process.env.MODULES}/stage/words.js`);
const { SmallCurve } = await import(`${process.env.MODULES}/stage/step/small_curve.js`);

const AXES = ["x", "y"];

/** The pixels of the curves that are painted of some values, along x and along y. */
function painted(values, sizes = false) {
  const points = [];
  const note = { moveTo: (...at) => points.push(at), lineTo: (...at) => points.push(at) };
  const context = new Proxy(note, {
    get: (to, name) => to[name] ?? (() => ({ width: 1 })),
    set: () => true,
  });
  const shown = { line: null, ink: "other", name: "", sizes };
  const area = { left: 0, top: 0, width: 100, height: 50 };
  new SmallCurve(shown, values, area, values[0].length - 1, AXES).paint(context, { inks: {}, scale: 1 });
  return points;
}

test("a long cycle of two keeps both halves and its last step", () => {
  for (const count of [9999, 10000]) {
    const values = Float64Array.from({ length: count + 1 }, (_, step) => (step % 2 === 0 ? 1 : -1));
    const points = painted([values, values]);
    const [low, high] = [-1, 1].map((value) => 25 - 25 * value);
    for (const y of [low, high]) assert.ok(points.filter((at) => at[1] === y).length >= 2 * 99);
    assert.deepEqual(points.at(-1), [100, count % 2 === 0 ? high : low]);
    assert.ok(points.length < 1000);
  }
});

test("sizes over several powers of ten are painted on a log scale, moves are not", () => {
  const values = Float64Array.of(NaN, 1, 10, 100, 1000);
  const heights = (sizes) =>
    painted([values, values], sizes)
      .slice(2, 6)
      .map(([, y]) => Math.round(y));
  assert.deepEqual(heights(true), [50, 33, 17, 0]);
  assert.deepEqual(heights(false), [50, 50, 45, 0]);
});

test("a point of the curve leads back to its step", () => {
  const area = { left: 10, top: 0, width: 100, height: 50 };
  const shown = { line: null, ink: "other", name: "", sizes: true };
  const values = [Float64Array.of(NaN, 1, 2, 3), Float64Array.of(NaN, 1, 2, 1)];
  const curve = new SmallCurve(shown, values, area, 3, AXES);
  for (const step of [1, 2, 3]) assert.equal(curve.stepAt(curve.x(step)), step);
  assert.equal(curve.stepAt(-100), 1);
  assert.equal(curve.stepAt(1000), 3);
});

test("every curve has its least and greatest value: beside its name, or below it if there is no room", () => {
  for (const name of ["g", "effective step"]) {
    const written = [];
    const context = new Proxy(
      { fillText: (...text) => written.push(text), measureText: (text) => ({ width: 6 * text.length }) },
      { get: (to, key) => to[key] ?? (() => {}), set: () => true },
    );
    const values = Float64Array.of(NaN, 0.25, 0.5);
    const area = { left: 0, top: 20, width: 120, height: 50 };
    const curve = new SmallCurve({ line: null, ink: "other", name, sizes: true }, [values, values], area, 2, AXES);
    curve.paint(context, { inks: {}, scale: 1 });
    const range = written.find(([text]) => text === words.step.range("0", brief(0.5)));
    assert.ok(range !== undefined, name);
    const [, x, y] = range;
    if (name === "g") assert.deepEqual([x > 0, y, curve.area], [true, 13, area]);
    else {
      assert.ok(x === 0 && y > 13 && y < curve.area.top, "the range lies between name and curve");
      assert.equal(curve.area.top + curve.area.height, area.top + area.height);
    }
  }
});

test("the names at the ends of two curves that meet at the edge stay apart", () => {
  for (const end of [0, 1]) {
    const named = [];
    const context = new Proxy(
      { fillText: (...text) => named.push(text), measureText: () => ({ width: 1 }) },
      { get: (to, key) => to[key] ?? (() => {}), set: () => true },
    );
    const values = Float64Array.of(NaN, 1 - end, end);
    const area = { left: 0, top: 20, width: 120, height: 50 };
    new SmallCurve({ line: null, ink: "other", name: "", sizes: true }, [values, values], area, 2, AXES).paint(
      context,
      { inks: {}, scale: 1 },
    );
    const [x, y] = AXES.map((name) => named.find(([text]) => text === name)[2]);
    assert.equal(Math.abs(x - y), 10);
    for (const place of [x, y]) assert.ok(place >= area.top && place <= area.top + area.height);
  }
});
