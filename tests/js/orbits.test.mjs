/** The bifurcation view: how its frame is read, what is requested, and what is drawn and told. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";

const MODULES = process.env.MODULES;
const { readHeader } = await import(`${MODULES}/stage/wire/frame.js`);
const { readOrbits } = await import(`${MODULES}/stage/wire/orbit_frame.js`);
const { OrbitMap } = await import(`${MODULES}/stage/state/orbit_map.js`);
const { drawOrbits, numbersOf, stretchesOf } = await import(`${MODULES}/stage/draw/orbits.js`);
const { KINDS } = await import(`${MODULES}/kit/outcomes.js`);

const PACKED = Buffer.from(JSON.parse(readFileSync(process.env.FRAMES, "utf-8")).orbits, "hex");
const buffer = PACKED.buffer.slice(PACKED.byteOffset, PACKED.byteOffset + PACKED.length);
const orbits = readOrbits(buffer, readHeader(buffer));
const isLost = (kind) => kind === KINDS.indexOf("diverged");

test("a frame is read as Python has packed it", () => {
  assert.deepEqual([...orbits.values], [0.1, 0.2]);
  assert.equal(orbits.last, 3);
  assert.deepEqual([...orbits.tables.x], [0, 0.5, 1, 1.5, 2, NaN]);
  assert.deepEqual([...orbits.tables.y], [0.25, 0.75, 1.25, 1.75, 2.25, NaN]);
  assert.deepEqual([...orbits.tables.loss], [1, 1.5, 2, 2.5, 3, NaN]);
  assert.deepEqual([...orbits.kinds], [KINDS.indexOf("flat"), KINDS.indexOf("diverged")]);
  assert.deepEqual([...orbits.periods], [1, 0]);
  assert.equal(readOrbits(buffer, { ...readHeader(buffer), kind: 1 }), null);
});

test("every finite position is a dot above its value", () => {
  const dots = [];
  const context = { globalAlpha: 1, fillRect: (x, y, side) => dots.push([x + side / 2, y + side / 2]) };
  const project = (place, number) => [100 * place, 10 * number];
  drawOrbits(context, orbits, "x", "red", { across: "linear", project, size: 1 });
  const rounded = dots.map((dot) => dot.map((pixel) => Number(pixel.toFixed(6))));
  assert.deepEqual(rounded, [
    [10, 0],
    [10, 5],
    [10, 10],
    [20, 15],
    [20, 20],
  ]);
  assert.equal(context.globalAlpha, 1);
});

test("the axis is that of the walks that have stayed, or of all if none has", () => {
  assert.deepEqual([...numbersOf(orbits, "loss", isLost)], [1, 1.5, 2]);
  assert.deepEqual([...numbersOf(orbits, "loss", () => true)], [1, 1.5, 2, 2.5, 3]);
});

test("values in a row with one period are one stretch", () => {
  const found = stretchesOf({ values: [1, 2, 3, 4, 5], periods: [1, 1, 2, 2, 0] });
  assert.deepEqual(found, [
    { period: 1, from: 1, to: 2 },
    { period: 2, from: 3, to: 4 },
    { period: 0, from: 5, to: 5 },
  ]);
});

test("another value of the setting requests nothing, another setting does; a used up budget is asked again", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const sent = [];
  const stream = { request: (_, request) => sent.push(request), cancel: () => sent.push(null) };
  const map = new OrbitMap(stream, () => {});
  const axis = { slot: 0, name: "lr", run: 0, range: [0.1, 1], whole: [0.1, 1], scale: "log" };
  const scenarioOf = (lr, momentum, x = 0) => ({
    surface: "hump",
    start: [x, 0],
    runs: [{ optimizer: "momentum", values: { lr, momentum } }],
  });
  const follow = (scenario, live = false) => map.follow({ scenario, axis, columns: 300, live });
  follow(scenarioOf(0.1, 0.9));
  follow(scenarioOf(0.2, 0.9));
  assert.equal(sent.length, 1);
  assert.deepEqual(sent[0].message.axis, { name: "lr", run: 0, low: 0.1, high: 1 });
  follow(scenarioOf(0.2, 0.8), true);
  assert.ok(sent[1].message.columns < sent[0].message.columns);
  follow(scenarioOf(0.2, 0.8));
  assert.equal(sent[2].message.columns, 300);
  map.orbits(sent[2], orbits);
  assert.equal(map.found.orbits, orbits);
  map.record(sent[2], { kind: "orbits_done", columns: 0, wait: 2 });
  mock.timers.tick(2001);
  follow(scenarioOf(0.2, 0.8));
  assert.equal(sent.length, 4);
  map.follow(null);
  assert.equal(map.found, null);
  assert.equal(sent.at(-1), null);
  mock.timers.reset();
});
