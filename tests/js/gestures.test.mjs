/** Gestures on the map: one gesture handles each pointer; the map moves with the middle and spread of the pointers. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { Pointers } = await import(`${process.env.MODULES}/stage/controls/pointers.js`);
const { movedRanges, drawable, MoveGround } = await import(`${process.env.MODULES}/stage/controls/move_ground.js`);
const { MoveStart } = await import(`${process.env.MODULES}/stage/controls/move_start.js`);
const { View } = await import(`${process.env.MODULES}/stage/draw/view.js`);

/** A map of 400 x 200 pixels over x from 0 to 4 and y from 0 to 2, and what a gesture made of it. */
function map() {
  const view = new View();
  view.setMargins({ l: 0, r: 0, t: 0, b: 0 });
  view.resize(400, 200);
  view.setRanges([0, 4], [0, 2]);
  return view;
}

const near = (found, wanted) =>
  found.forEach((number, index) => {
    assert.ok(Math.abs(number - wanted[index]) < 1e-9, `${found} is not ${wanted}`);
  });

function moving(...pointers) {
  const view = map();
  const gesture = new MoveGround(view, ({ x, y }) => view.setRanges(x, y));
  for (const [id, place] of pointers) gesture.join(id, place);
  return { view, gesture };
}

test("the middle and the spread are those of all pointers", () => {
  const pointers = new Pointers();
  pointers.put(7, [0, 0]);
  assert.equal(pointers.spread, 0);
  pointers.put(9, [100, 0]);
  assert.deepEqual(pointers.middle, [50, 0]);
  assert.equal(pointers.spread, 50);
  pointers.drop(7);
  assert.deepEqual(pointers.middle, [100, 0]);
});

test("the point under the middle of two fingers stays there after they have moved and spread", () => {
  const { view, gesture } = moving([1, [100, 100]], [2, [200, 100]]);
  const under = view.unproject(150, 100);
  gesture.move(1, [120, 80]);
  gesture.move(2, [320, 80]);
  gesture.follow();
  near(view.unproject(220, 80), under);
  near([view.x[1] - view.x[0], view.y[1] - view.y[0]], [2, 1]); // twice as far apart: half as much is shown
});

test("two fingers that move together only move the map", () => {
  const { view, gesture } = moving([1, [100, 100]], [2, [200, 100]]);
  gesture.move(1, [150, 150]);
  gesture.move(2, [250, 150]);
  gesture.follow();
  near([...view.x, ...view.y], [-0.5, 3.5, 0.5, 2.5]);
});

test("a finger that comes or goes does not move the map", () => {
  const { view, gesture } = moving([1, [100, 100]]);
  gesture.join(2, [300, 20]);
  gesture.follow();
  near([...view.x, ...view.y], [0, 4, 0, 2]);
  assert.equal(gesture.leave(1, false), false);
  gesture.follow();
  near([...view.x, ...view.y], [0, 4, 0, 2]);
  gesture.move(2, [340, 20]);
  gesture.follow();
  near(view.x, [-0.4, 3.6]);
  assert.equal(gesture.leave(2, true), true);
});

test("two fingers on one pixel do not zoom without end", () => {
  const { view, gesture } = moving([1, [100, 100]], [2, [300, 100]]);
  gesture.move(1, [200, 100]);
  gesture.move(2, [200, 100]);
  gesture.follow();
  assert.ok(Number.isFinite(view.x[0]) && view.x[1] - view.x[0] < 100);
});

test("ranges in which neighboring pixels have the same number are not drawn", () => {
  const y = [0, 1];
  assert.ok(drawable({ x: [1, 1 + 1e-9], y }));
  assert.ok(!drawable({ x: [1, 1 + 1e-12], y }));
  assert.ok(!drawable({ x: [-1e101, 1e101], y }));
  assert.ok(!drawable({ x: [Number.NaN, 1], y }));
});

test("a move by zero changes nothing", () => {
  const { x, y } = movedRanges(map(), 1, [30, 40], [30, 40]);
  near([...x, ...y], [0, 4, 0, 2]);
});

/** A gesture on the start, and the places that it has set. */
function starting(how = {}) {
  const placed = [];
  const gesture = new MoveStart(map(), (point, { live, click }) => placed.push([point, live, click]), 1, [100, 100], {
    onHandle: false,
    tap: false,
    ...how,
  });
  return { placed, gesture };
}

test("a press and a release are a click", () => {
  const { placed, gesture } = starting();
  gesture.move(1, [101, 100]);
  assert.ok(gesture.leave(1, false));
  assert.deepEqual(placed, [[[1.01, 1], false, true]]);
});

test("a drag sets the start once a frame, and once at its end", () => {
  const { placed, gesture } = starting({ onHandle: true });
  gesture.move(1, [150, 100]);
  gesture.move(1, [200, 100]);
  gesture.follow();
  gesture.follow();
  gesture.leave(1, false);
  assert.deepEqual(placed, [
    [[2, 1], true, false],
    [[2, 1], false, false],
  ]);
});

test("a drag that the browser ends is committed where it was", () => {
  const { placed, gesture } = starting();
  gesture.move(1, [200, 100]);
  gesture.follow();
  gesture.leave(1, true);
  assert.deepEqual(placed.at(-1), [[2, 1], false, false]);
});

test("a click that the browser ends sets nothing, nor does a click on the ring, nor a finger that scrolls", () => {
  for (const [how, canceled, to] of [
    [{}, true, [100, 100]],
    [{ tap: true }, true, [100, 100]],
    [{ onHandle: true }, false, [100, 100]],
    [{ tap: true }, false, [100, 160]],
  ]) {
    const { placed, gesture } = starting(how);
    gesture.move(1, to);
    gesture.follow();
    gesture.leave(1, canceled);
    assert.deepEqual(placed, []);
  }
});

test("a second pointer does not change a drag of the start", () => {
  const { gesture } = starting();
  assert.equal(gesture.join(2, [0, 0]), false);
  assert.equal(gesture.owns(2), false);
});
