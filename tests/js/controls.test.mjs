/** What the controls compute: keys, the tools' corner, the nearest step, the way downhill, and the ranking. */

import assert from "node:assert/strict";
import { test } from "node:test";

const room = `${process.env.MODULES}/stage/controls`;
const { keyName, keys } = await import(`${room}/keys.js`);
const { cornerFor } = await import(`${room}/corner.js`);
const { nearest } = await import(`${room}/nearest.js`);
const { downhill } = await import(`${room}/hover.js`);
const { scenarioAt } = await import(`${room}/probe.js`);
const { ranking } = await import(`${room}/ranking.js`);
const { ranked } = await import(`${room}/cards.js`);
const { arrives, verdict } = await import(`${room}/verdict.js`);
const { words } = await import(`${process.env.MODULES}/stage/words.js`);
const { X, Y, LOSS } = await import(`${process.env.MODULES}/stage/wire/record.js`);
const { View } = await import(`${process.env.MODULES}/stage/draw/view.js`);
const { brief } = await import(`${process.env.MODULES}/kit/numbers.js`);
const { contract } = await import(`${process.env.MODULES}/contract.js`);

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

test("the name of a key includes the modifier keys", () => {
  assert.equal(keyName({ ...plain, key: "R" }), "r");
  assert.equal(keyName({ ...plain, key: "ArrowLeft" }), "ArrowLeft");
  assert.equal(keyName({ ...plain, key: "z", metaKey: true }), "Control+z");
  assert.equal(keyName({ ...plain, key: "Z", ctrlKey: true, shiftKey: true }), "Control+Shift+z");
});

test("a handled key does not propagate; any other key does", () => {
  const seen = [];
  const listener = keys({ r: () => seen.push("r"), Escape: () => false });
  const press = (key, held = {}) => {
    const event = { ...plain, ...held, key, target: { matches: () => false }, stopped: false };
    listener({ ...event, preventDefault: () => {}, stopPropagation: () => (event.stopped = true) });
    return event.stopped;
  };
  assert.ok(press("r"));
  assert.ok(press("c")); // Streamlit's dialog for caches
  for (const [key, held] of [["Escape"], ["x"], ["r", { ctrlKey: true }], ["r", { altKey: true }], ["toString"]])
    assert.equal(press(key, held), false, key);
  assert.deepEqual(seen, ["r"]);
});

test("the tools are in the first corner without the ring", () => {
  const [area, size] = [
    { left: 40, top: 8, width: 600, height: 400 },
    { w: 190, h: 38 },
  ];
  const corner = (...ring) => cornerFor(area, size, ring).corner;
  assert.equal(corner(300, 200), "top-left");
  assert.equal(corner(60, 20), "top-right");
  assert.equal(corner(255, 20), "top-right"); // the ring's own radius counts
  const phone = { ...area, width: 300 };
  assert.equal(cornerFor(phone, size, [180, 20]).corner, "bottom-left");
});

test("the pointer selects the nearer of two steps, and none that is far", () => {
  const run = (index, ...points) => ({
    index,
    last: points.length - 1,
    at: (step, field) => points[step][field === X ? 0 : field === Y ? 1 : 2],
  });
  const runs = [run(0, [0, 0], [20, 0]), run(1, [0, 8])];
  const find = (place, step = 9) => nearest(place, runs, step, (x, y) => [x, y]);
  assert.deepEqual([find([0, 5]).run.index, find([19, 0]).at], [1, 1]);
  assert.equal(find([19, 0], 0), null); // not reached yet
  assert.equal(find([100, 100]), null);
});

test("the downhill arrow is opposite to the gradient on the screen", () => {
  const view = new View();
  view.setMargins({ l: 0, r: 0, t: 0, b: 0 });
  view.resize(400, 200);
  view.setRanges([0, 4], [0, 20]); // a unit of x has 100 pixels, one of y has 10
  const along = (gx, gy) => downhill(view, [1, 10], [gx, gy]);
  assert.ok(Math.abs(along(-3, 0)) < 1e-9);
  assert.ok(Math.abs(along(0, 5) - Math.PI / 2) < 1e-9); // down the screen
  assert.ok(Math.abs(along(-1, 1) - Math.atan2(10, 100)) < 1e-9);
  assert.equal(along(0, 0), null);
  assert.equal(along(Number.NaN, 1), null);
  assert.equal(along(Number.POSITIVE_INFINITY, 1), null);
});

test("a point is probed with all examples and without noise, by one step of one run", () => {
  const scenario = { surface: "hump", start: [9, 9], steps: 500, batch: 4, noise: 2, seed: 7, runs: [] };
  const asked = scenarioAt(scenario, [1, 2]);
  assert.deepEqual(
    [asked.surface, asked.start, asked.steps, asked.batch, asked.noise, asked.runs.length],
    ["hump", [1, 2], 1, 0, 0, 1],
  );
  assert.ok(asked.runs[0].optimizer in contract.optimizers);
});

const ended = (index, kind, step, loss) => ({
  index,
  last: 100,
  received: 100,
  diverged: kind === "diverged" ? step : null,
  outcome: { kind, step, sentence: kind },
  at: (_, field) => (field === LOSS ? loss : Number.NaN),
});

test("the run first at a global minimum is first; local minima count only if no run is at a global one", () => {
  const runs = [
    ended(0, "local_minimum", 10, 1),
    ended(1, "global_minimum", 60, -2),
    ended(2, "global_minimum", 50, -1),
  ];
  assert.deepEqual(ranking(runs), {
    first: { kind: "global_minimum", runs: [2], step: 50 },
    lowest: { runs: [1], loss: -2 },
  });
  assert.deepEqual(ranking(runs.slice(0, 2).with(1, ended(1, "flat", 5, 0))).first, {
    kind: "local_minimum",
    runs: [0],
    step: 10,
  });
});

test("losses with the same text share a place, and a diverged run has none", () => {
  const runs = [ended(0, "flat", 1, -1.9), ended(1, "flat", 1, -1.90000001), ended(2, "diverged", 3, Number.NaN)];
  const places = ranking(runs);
  assert.equal(places.first, null);
  assert.deepEqual(places.lowest.runs, [0, 1]);
});

test("one run is not ranked, nor are runs that have not ended", () => {
  assert.equal(ranking([ended(0, "flat", 1, 0)]), null);
  assert.equal(ranking([ended(0, "flat", 1, 0), { ...ended(1, "flat", 1, 0), outcome: null }]), null);
});

test("the ranking has two lines with the runs' names", () => {
  const scenario = { runs: ["sgd", "adam"].map((optimizer) => ({ optimizer, values: {} })) };
  const runs = [ended(0, "global_minimum", 9, 1), ended(1, "global_minimum", 9, 1)];
  const names = `${contract.optimizers.sgd.label}${words.controls.ranking.and}${contract.optimizers.adam.label}`;
  const { global_minimum: first, lowest } = words.controls.ranking;
  assert.equal(ranked({ runs, scenario }), `${first(names, 9)}\n${lowest(names, brief(1))}`);
});

test("an outcome is shown once the playhead has reached it", () => {
  const run = ended(0, "flat", 40, 0);
  assert.equal(verdict(run, 39), "");
  assert.equal(verdict(run, 40), "flat");
  assert.equal(verdict({ ...run, outcome: null }, 100), "");
});

test("an outcome is announced from its step on, and written in the frame in which the playhead reaches it", () => {
  const run = { outcome: { step: 55, sentence: "at rest" }, last: 100, received: 100 };
  assert.deepEqual(
    [54, 55, 56].map((step) => verdict(run, step)),
    ["", "at rest", "at rest"],
  );
  const between = (before, step) => arrives([{ ...run, outcome: null }, run], before, step);
  assert.deepEqual([between(52, 54), between(54, 55), between(53, 57), between(55, 56)], [false, true, true, false]);
  assert.equal(verdict({ ...run, received: 40 }, 40), "at rest", "the walk is no longer than what has arrived");
});
