/** The view projects, unprojects, and tests whether a pixel is inside; zooming and panning change its ranges. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { View, tidy } = await import(`${process.env.MODULES}/stage/draw/view.js`);

/** 100 x 50 pixels inside the axes, for 0 to 10 and -1 to 1. */
function view() {
  const made = new View();
  made.resize(130, 70);
  made.setMargins({ l: 20, r: 10, t: 5, b: 15 });
  made.setRanges([0, 10], [-1, 1]);
  return made;
}

test("a projected point is unprojected to the same point", () => {
  assert.deepEqual(view().project(0, -1), [20, 55]);
  assert.deepEqual(view().project(10, 1), [120, 5]);
  assert.deepEqual(view().unproject(...view().project(2.5, 0.5)), [2.5, 0.5]);
});

test("projecting into an array gives the same pixels", () => {
  const pixels = new Float64Array(4);
  view().projectInto(pixels, 2, 7, -0.25);
  assert.deepEqual([...pixels], [0, 0, ...view().project(7, -0.25)]);
});

test("a point under a pixel has only as many decimals as the pixel can resolve", () => {
  assert.deepEqual(view().unproject(53.333, 30), [3.33, 0]);
  assert.equal(tidy(0.123456, 0.1), 0.12);
  assert.equal(Object.is(tidy(-0.0001, 0.1), 0), true);
});

test("the view contains the pixels inside the axes, with the edges", () => {
  for (const pixel of [
    [20, 5],
    [120, 55],
    [60, 30],
  ])
    assert.equal(view().holds(...pixel), true, String(pixel));
  for (const pixel of [
    [19, 5],
    [121, 55],
    [60, 56],
    [60, 4],
  ])
    assert.equal(view().holds(...pixel), false, String(pixel));
  assert.equal(view().holds(NaN, 30), false);
});

test("zooming keeps the point under the pixel where it is", () => {
  const { x, y } = view().zoomed(0.5, 45, 30);
  assert.deepEqual(
    [x, y],
    [
      [1.25, 6.25],
      [-0.5, 0.5],
    ],
  );
  const closer = view();
  closer.setRanges(x, y);
  assert.deepEqual(closer.project(2.5, 0), [45, 30]);
});

test("panning moves the ranges against the pointer", () => {
  assert.deepEqual(view().panned(10, -25), { x: [-1, 9], y: [-2, 0] });
});

test("the version increases with every change of the ranges, and with nothing else", () => {
  const made = view();
  const { version } = made;
  made.resize(130, 70);
  made.setMargins({ l: 20, r: 10, t: 5, b: 15 });
  assert.equal(made.version, version);
  made.resize(131, 70);
  made.setMargins({ l: 21, r: 10, t: 5, b: 15 });
  made.setRanges([0, 10], [-1, 1]);
  made.reserve({ x: 0, y: 0, w: 1, h: 1 });
  assert.equal(made.version, version + 4);
});

test("letters grow with the map's width, and with the letters beside it", () => {
  const scale = (...size) => {
    const made = new View();
    made.resize(...size);
    return made.scale;
  };
  assert.equal(scale(390, 300), 1);
  assert.equal(scale(1032, 600), 1.2);
  assert.equal(scale(640, 400, 17.5), 1.25, "a presentation at 1024 pixels, whose cards have larger letters");
});
