/** The map of settings: its axes and their scales, its part of the address, what it requests, and its edits. */

import assert from "node:assert/strict";
import { test } from "node:test";

const MODULES = process.env.MODULES;
const { complements, placeOf, valueAt } = await import(`${MODULES}/kit/scales.js`);
const { pictureParts, picturesOf } = await import(`${MODULES}/stage/wire/pictures.js`);
const axes = await import(`${MODULES}/stage/state/settings_axes.js`);
const { SettingsChoice } = await import(`${MODULES}/stage/state/settings_choice.js`);
const { cellNear, SettingsMap, windowOf } = await import(`${MODULES}/stage/state/settings_map.js`);
const { SettingsEdits } = await import(`${MODULES}/stage/controls/settings_edits.js`);
const { byLess } = await import(`${MODULES}/stage/draw/basin_colors.js`);
const { setSlots } = await import(`${MODULES}/stage/state/slots.js`);
const { contract } = await import(`${MODULES}/contract.js`);

const BOUNDS = [
  [-3, 3],
  [-2, 2],
];
const run = (optimizer, part = {}) => ({ optimizer, values: { ...contract.optimizers[optimizer].defaults, ...part } });
function scenarioOf(...runs) {
  const made = {
    surface: "hump",
    table: null,
    points: [],
    start: [1, -1],
    steps: 60,
    batch: 0,
    noise: 0,
    seed: 0,
    runs,
  };
  setSlots(
    made,
    runs.map((_, slot) => slot),
  );
  return made;
}
const TWO = scenarioOf(run("momentum", { lr: 0.02, momentum: 0.9 }), run("adam", { lr: 0.1 }));
const axis = (slot, name, range = null) => ({ slot, name, range });

test("each scale leads from a value to its place and back, with few digits", () => {
  for (const [scale, value] of [
    ["linear", -1.25],
    ["log", 0.0316],
    ["complement", 0.987],
  ])
    assert.equal(valueAt(scale, placeOf(scale, value), 1e-9), value);
  assert.equal(valueAt("log", Math.log10(0.0123456), 0.01), 0.0123);
  assert.equal(valueAt("log", Math.log10(0.0123456), 1e-6), 0.0123456);
  assert.equal(valueAt("complement", -Math.log10(0.0123456), 0.01), 0.9877);
  assert.deepEqual(complements(0, 0.999, 4), [0, 0.9, 0.99, 0.999]);
  assert.deepEqual(complements(0.2, 0.9, 4), [0.5, 0.8, 0.9]);
});

test("the address has the axes by run and name, with the part of the range that is shown", () => {
  const pictures = (axes, shows = "loss") => ({
    model: true,
    basins: null,
    settings: axes && { axes, shows },
    window: null,
  });
  const axesOf = (query) => picturesOf(query).settings?.axes ?? null;
  const chosen = [axis(1, "lr", [0.001, 1]), axis(0, "momentum")];
  const [part] = pictureParts(pictures(chosen), [0, 1]);
  assert.equal(part, "settings=2.lr:0.001..1,1.momentum");
  assert.deepEqual(picturesOf(part).settings, { axes: chosen, shows: "loss" });
  assert.deepEqual(axesOf("settings=noise"), [axis(null, "noise")]);
  assert.deepEqual(axesOf("settings=x:-1.5..2,batch"), [axis(null, "x", [-1.5, 2]), axis(null, "batch")]);
  assert.deepEqual(pictureParts(pictures(null), [0, 1]), []);
  assert.deepEqual(pictureParts(pictures(chosen), [0]), [], "a run has been removed");
  assert.equal(axesOf("slots=1,5&settings=2.lr")[0].slot, 4);
  for (const strange of ["", "lr", "9.lr", "1.", "1.lr,1.lr,1.lr", "1.lr,", "1.<b>", "orbits.x", "1.lr,orbits.z"]) {
    assert.equal(axesOf(`settings=${strange}`), null, strange);
  }
  assert.equal(axesOf("settings=1.lr:2..1")[0].range, null, "a range that falls is not used");
});

test("the address has what the map shows, if it is not the late loss", () => {
  const lr = axis(0, "lr", [0.8, 1.4]);
  for (const [shows, word] of [
    ["steps", "steps"],
    ["outcome", "outcome"],
    ["orbit_x", "orbits.x"],
    ["orbit_y", "orbits.y"],
    ["orbit_loss", "orbits.loss"],
  ]) {
    const settings = { axes: [lr], shows };
    const [part] = pictureParts({ model: true, basins: null, settings, window: null }, [0]);
    assert.equal(part, `settings=1.lr:0.8..1.4,${word}`);
    assert.deepEqual(picturesOf(part).settings, settings);
  }
  const two = [lr, axis(0, "momentum")];
  const [part] = pictureParts(
    { model: true, basins: null, settings: { axes: two, shows: "orbit_x" }, window: null },
    [0],
  );
  assert.equal(part, "settings=1.lr:0.8..1.4,1.momentum", "positions are over one setting");
  assert.equal(picturesOf(`${part},orbits.x`).settings.shows, "loss");
  assert.equal(picturesOf(`${part},outcome`).settings.shows, "outcome");
});

test("every number of every run can be an axis, a switch cannot, and a batch only where there are data", () => {
  const ids = axes.settingsOf(TWO).map(axes.idOf);
  for (const id of ["0.lr", "0.momentum", "1.beta2", ".x", ".y", ".noise"]) assert.ok(ids.includes(id), id);
  assert.ok(!ids.includes(".batch"));
  const cars = { ...scenarioOf(run("sgd")), surface: "cars_standardized" };
  setSlots(cars, [0]);
  assert.ok(axes.settingsOf(cars).map(axes.idOf).includes(".batch"));
  const [batch] = axes.axesOf(cars, [axis(null, "batch")], BOUNDS);
  assert.equal(axes.presentOf(cars, batch), batch.whole[1], "without batches a step uses all examples");
});

test("axes that a scenario does not have are left out, and a range beyond the record's is not used", () => {
  const [lr, ...rest] = axes.axesOf(TWO, [axis(0, "lr", [1e-9, 1]), axis(0, "beta1")], BOUNDS);
  assert.deepEqual([lr.range, rest], [lr.whole, []]);
  assert.equal(axes.axesOf(TWO, [axis(0, "lr"), axis(0, "lr")], BOUNDS).length, 1);
  const choice = new SettingsChoice();
  choice.chosen = [axis(5, "lr")];
  choice.find(TWO, BOUNDS);
  assert.deepEqual(
    choice.axes.map(({ slot, name }) => `${slot} ${name}`),
    ["0 lr", "0 momentum"],
  );
  const before = choice.axes;
  choice.find({ ...TWO, runs: TWO.runs }, BOUNDS);
  assert.equal(choice.axes, before, "the same axes stay the same object, so that nothing is drawn again");
});

test("the values of two axes become one edit, of one run or of two, or of the start", () => {
  const [lr, other] = axes.axesOf(TWO, [axis(0, "lr"), axis(1, "lr")], BOUNDS);
  const { runs } = axes.editOf(TWO, [lr, other], [0.5, 0.7]);
  assert.deepEqual([runs[0].values.lr, runs[0].values.momentum, runs[1].values.lr], [0.5, 0.9, 0.7]);
  const start = axes.axesOf(TWO, [axis(null, "x"), axis(null, "y")], BOUNDS);
  assert.deepEqual(axes.editOf(TWO, start, [2, 1]), { start: [2, 1] });
});

test("a zoom keeps its middle, stays within the record's range, and ends at the whole", () => {
  const [lr] = axes.axesOf(TWO, [axis(0, "lr", [0.001, 0.1])], BOUNDS);
  assert.deepEqual(axes.zoomedRange(lr, 0.5, 0.5), [0.00316, 0.0316]);
  const [low, high] = axes.zoomedRange({ ...lr, range: [1, 10] }, 1.5, 1);
  assert.equal(high, lr.whole[1]);
  assert.ok(low < 1);
  assert.equal(axes.zoomedRange(lr, 1000, 0.5), null);
});

test("a key moves to the next cell, from between two cells to the nearest on its side", () => {
  const values = [1, 2, 3, 4];
  const moves = [
    [2, 1, 3],
    [2.5, 1, 3],
    [2.5, -1, 2],
    [2, -1, 1],
    [9, -1, 4],
    [0, 1, 1],
    [3, 10, 4],
  ];
  for (const [from, cells, to] of moves) assert.equal(axes.stepped(values, from, cells), to, `${from} ${cells}`);
});

/** A map on a stream that keeps what is sent. */
function followed() {
  const sent = [];
  const fake = { request: (_, request) => sent.push(request), cancel: () => {} };
  const map = new SettingsMap(
    fake,
    () => {},
    () => 0,
  );
  const [...chosen] = axes.axesOf(TWO, [axis(0, "lr", [0.001, 1]), axis(0, "momentum")], BOUNDS);
  const follow = (part = {}) =>
    map.follow({ scenario: TWO, axes: chosen, window: windowOf(chosen), rows: 4, columns: 8, live: false, ...part });
  return { map, sent, follow, chosen };
}

test("the map does not depend on the values of its axes, nor on other runs, but on all else", () => {
  const { sent, follow, chosen } = followed();
  const changed = (part) => ({ scenario: { ...TWO, ...part } });
  follow();
  follow({ scenario: { ...TWO, ...axes.editOf(TWO, chosen, [0.3, 0.5]) } });
  follow(changed({ runs: [TWO.runs[0], run("adam", { lr: 0.9 })] }));
  assert.equal(sent.length, 1);
  assert.deepEqual(sent[0].message.axes, [
    { name: "lr", run: 0, low: 0.001, high: 1 },
    { name: "momentum", run: 0, low: 0, high: 0.99999 },
  ]);
  follow(changed({ start: [0, 0] }));
  follow(changed({ steps: 61 }));
  assert.equal(sent.length, 3);
});

test("the lines of theory and the values of the cells come with the answer", () => {
  const { map, sent, follow } = followed();
  follow();
  const [request] = sent;
  map.record(request, { kind: "settings", runs: [0] });
  map.record(request, { kind: "settings_level", x: [0.01, 0.1], y: [0.5] });
  const table = { steps: new Float32Array(2), losses: new Float32Array(2), cells: new Uint8Array(2) };
  map.cells(request, { first: 0, count: 1, rows: 1, columns: 2, runs: [table] });
  map.record(request, { kind: "settings_done", rows: 1, columns: 2, limits: [{ run: 0 }] });
  assert.deepEqual(map.limits, [{ run: 0 }]);
  const { grid } = map;
  assert.deepEqual(cellNear(grid, [placeOf("log", 0.01), 0.2]), [0, 0]);
  assert.deepEqual(cellNear(grid, [placeOf("log", 0.5), 0.2]), [0, 1]);
  assert.equal(cellNear(grid, [placeOf("log", 2), 0.2]), null);
});

test("a cell is taken with the numbers that were simulated, and a drag has few digits", () => {
  const { chosen } = followed();
  const edits = [];
  const store = { scenario: TWO, edit: (part, how) => edits.push([part.runs?.[0].values, how.live ?? false]) };
  const grid = { level: { x: [0.0123, 0.1], y: [0.5, 0.9684] } };
  const area = { left: 10, top: 0, width: 300, height: 100 };
  const edit = new SettingsEdits(store, { area }, { axes: () => chosen, grid: () => grid });
  edit.take([1, 0]);
  edit.drag([160, 100], true);
  edit.drag([-50, -50], true);
  edit.nudge([1, 0], 1);
  const found = edits.map(([{ lr, momentum }, live]) => [lr, momentum, live]);
  assert.deepEqual(found, [
    [0.0123, 0.9684, false],
    [0.0316, 0, true],
    [0.001, 0.99999, true],
    [0.1, 0.9, true],
  ]);
});

test("of two runs a cell has the color of the one with the smaller number", () => {
  const table = (losses, cells) => ({
    steps: new Float32Array(4),
    losses: new Float32Array(losses),
    cells: new Uint8Array(cells),
  });
  const kinds = Object.keys(contract.symbols);
  const [still, lost] = ["still_moving", "diverged"].map((kind) => kinds.indexOf(kind));
  const ends = [table([1, 3, 1, NaN], [still, still, still, lost]), table([2, 2, 1, NaN], [still, still, still, lost])];
  const looks = [{ color: "#aa0000" }, { color: "#0000aa" }];
  assert.deepEqual([...byLess(ends, looks, { muted: "#888888" }, "loss").cases], [1, 2, 0, 3]);
});

test("a part of the ranges is that of its surface; the address may set one for another surface", () => {
  const choice = new SettingsChoice();
  const part = [{ slot: 0, name: "lr", range: [0.1, 0.2] }];
  choice.take(part);
  choice.find(TWO, BOUNDS);
  assert.deepEqual(choice.axes[0].range, [0.1, 0.2]);
  choice.find({ ...TWO, surface: "ravine" }, BOUNDS);
  assert.deepEqual(choice.axes[0].range, choice.axes[0].whole);
  choice.take(part);
  choice.find({ ...TWO, surface: "hump" }, BOUNDS);
  assert.deepEqual(choice.axes[0].range, [0.1, 0.2]);
});
