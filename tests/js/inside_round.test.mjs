/** The key I opens the inside of the next run. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { InsideRound, nextInside } = await import(`${process.env.MODULES}/stage/state/inside_round.js`);
const { storeOf } = await import(`${process.env.MODULES}/stage/state/store.js`);

const RUNS = ["sgd", "adam", "rmsprop"].map((optimizer) => ({ optimizer, values: { lr: 0.1 } }));

/** A store with three runs, and what the key opens one time after the other. */
function begin(name) {
  const store = storeOf(name);
  store.receive({ surface: "hump", runs: RUNS }, { visit: "1", acknowledged: null });
  const round = new InsideRound(store);
  const press = () => {
    round.turn();
    return store.inside;
  };
  return { store, press };
}

test("the key goes through the runs in order, then closes", () => {
  const { press } = begin("order");
  assert.deepEqual([press(), press(), press(), press()], [0, 1, 2, null]);
});

test("after closing it begins with the run that was open last, and shows each run once", () => {
  const { store, press } = begin("last");
  press();
  assert.equal(press(), 1);
  store.openInside(null);
  assert.deepEqual([press(), press(), press(), press(), press()], [1, 2, 0, null, 0]);
});

test("a run that was opened otherwise, as by its card, is the begin of a round, too", () => {
  const { store, press } = begin("card");
  store.openInside(2);
  assert.deepEqual([press(), press(), press()], [0, 1, null]);
});

test("hidden runs are left out", () => {
  const { store, press } = begin("hidden");
  store.toggle(0);
  assert.deepEqual([press(), press(), press()], [1, 2, null]);
  store.toggle(2);
  assert.deepEqual([press(), press()], [1, null], "the run that was open last is hidden now");
});

test("with one run the key opens and closes; with none it does nothing", () => {
  assert.equal(nextInside([4], { open: null, first: null, last: null }), 4);
  assert.equal(nextInside([4], { open: 4, first: 4, last: 4 }), null);
  assert.equal(nextInside([], { open: null, first: null, last: 4 }), null);
});
