/** The part of the map in the address: it is shown when its map has arrived, and written when the visitor zooms. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";

mock.timers.enable({ apis: ["setTimeout"] });
const { WindowView } = await import(`${process.env.MODULES}/stage/window_view.js`);

const WHOLE = { x: [-2, 2], y: [-1, 1] };
const PART = { x: [0, 1], y: [0, 0.5], surface: null };

/** A window with a fake map; `key` is the surface that is shown. */
function shown(key = "hump") {
  const view = { ...WHOLE };
  const written = [];
  const ground = {
    key,
    get zoomed() {
      return JSON.stringify([view.x, view.y]) !== JSON.stringify([WHOLE.x, WHOLE.y]);
    },
    open: ({ x, y }) => Object.assign(view, { x, y }),
    home: () => Object.assign(view, WHOLE),
  };
  const store = { scenario: { surface: "hump" } };
  const callbacks = { requestFrame: () => {}, switched: () => written.push(part.choice) };
  const part = new WindowView(view, ground, store, callbacks);
  return { part, view, ground, store, written };
}

test("what the address sets waits for its map, and stays in the address meanwhile", () => {
  const { part, view, ground, written } = shown(null);
  part.choice = PART;
  part.follow();
  assert.deepEqual(view, WHOLE);
  assert.deepEqual(part.choice, PART);
  ground.key = "hump";
  part.follow();
  assert.deepEqual([view.x, view.y], [PART.x, PART.y]);
  mock.timers.tick(1000);
  assert.deepEqual(written, [], "the address has it already");
});

test("a zoom is written once, when the view has rested", () => {
  const { part, view, written } = shown();
  for (const x of [
    [-1, 1],
    [-0.5, 0.5],
    [0.1234567891, 0.4234567891],
  ]) {
    view.x = x;
    part.follow();
    mock.timers.tick(50);
  }
  assert.deepEqual(written, []);
  mock.timers.tick(1000);
  assert.deepEqual(written, [{ x: [0.1235, 0.4235], y: [-1, 1], surface: "hump" }]);
  Object.assign(view, WHOLE);
  part.follow();
  mock.timers.tick(1000);
  assert.equal(written.at(-1), null);
});

test("going back to an address without a part shows the whole map", () => {
  const { part, view } = shown();
  Object.assign(view, { x: PART.x, y: PART.y });
  part.choice = null;
  part.follow();
  assert.deepEqual({ ...view }, WHOLE);
});

test("the part of one surface does not get into the link of another", () => {
  const { part, view, store } = shown();
  Object.assign(view, { x: PART.x, y: PART.y });
  part.follow();
  store.scenario = { surface: "cliff" };
  assert.equal(part.choice, null);
});

test("a part that cannot be drawn is left out", () => {
  const { part, view } = shown();
  part.choice = { x: [1, 1 + 1e-15], y: [0, 1] };
  part.follow();
  assert.deepEqual({ ...view }, WHOLE);
});

test("after Back to another surface its part waits until that surface is shown", () => {
  const { part, view, ground, store } = shown();
  part.choice = { ...PART, surface: "cliff" };
  part.follow();
  assert.deepEqual({ ...view }, WHOLE);
  assert.equal(part.choice.surface, "cliff");
  store.scenario = { surface: "cliff" };
  ground.key = "cliff";
  part.follow();
  assert.deepEqual([view.x, view.y], [PART.x, PART.y]);
});
