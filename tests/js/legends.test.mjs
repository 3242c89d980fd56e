/** The words of legends and boxes: shares that add up, colors that are explained, names of alike runs, free handles. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { theme } from "./fake_walk.mjs";

const MODULES = process.env.MODULES;
const { KINDS } = await import(`${MODULES}/kit/outcomes.js`);
const { wholePercents } = await import(`${MODULES}/kit/shares.js`);
const { runNames } = await import(`${MODULES}/kit/runs.js`);
const entries = await import(`${MODULES}/stage/controls/basin_entries.js`);
const { byCase, byOutcome } = await import(`${MODULES}/stage/draw/basin_colors.js`);
const { tipPlace } = await import(`${MODULES}/stage/controls/tip_place.js`);
const { OrbitView } = await import(`${MODULES}/stage/orbit_view.js`);
const { words } = await import(`${MODULES}/stage/words.js`);
const texts = words.basins;

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

test("whole percents add up to 100, and each is less than one beside its share", () => {
  for (const counts of [
    [1, 1, 1],
    [1, 1, 1, 1, 1, 1],
    [397, 2, 1],
    [5, 0, 5],
    [1],
    [285, 285, 430],
    [7, 11, 13, 17, 19],
  ]) {
    const shares = counts.map((count) => count / sum(counts));
    const found = wholePercents(shares);
    assert.equal(sum(found), 100, counts.join());
    for (const [at, percent] of found.entries()) assert.ok(Math.abs(percent - 100 * shares[at]) < 1);
  }
});

const MINIMA = [
  { global: true, style: 0, x: 1, y: 1, level: true },
  { global: true, style: 2, x: -1, y: -1, level: true },
  { global: false, style: 1, x: 3, y: 0, level: false },
];
const [ONE, OTHER, LOCAL] = MINIMA.map((_, index) => KINDS.length + index);
const STILL = KINDS.indexOf("still_moving");
const endsOf = (...cells) => ({
  cells: Uint8Array.from(cells),
  steps: Float32Array.from(cells, () => 7),
  losses: Float32Array.from(cells, () => 0.5),
});

test("the shares of a legend add up to 100 %", () => {
  const cells = [...Array(285).fill(ONE), ...Array(285).fill(LOCAL), ...Array(430).fill(STILL)];
  const ends = [endsOf(...cells)];
  const how = { names: ["SGD"], shows: "outcome", theme };
  const legend = entries.legendOf(ends, MINIMA, byOutcome(ends[0], MINIMA, theme), how);
  assert.equal(sum(legend.entries.map(({ text }) => Number(/\d+/.exec(text)[0]))), 100);
});

test("a legend with several colors of one outcome says why, and no other does", () => {
  const notes = (minima, ...cells) =>
    entries.colorNotesOf([endsOf(...cells)], minima, byOutcome(endsOf(...cells), minima, theme));
  const points = MINIMA.map((minimum) => ({ ...minimum, level: false }));
  assert.deepEqual(notes(MINIMA, ONE, OTHER, STILL), [texts.colors.curve]);
  assert.deepEqual(notes(points, ONE, OTHER), [texts.colors.minima]);
  assert.deepEqual(notes(MINIMA, ONE, LOCAL, STILL), []);
  const both = [endsOf(ONE, OTHER), endsOf(ONE, OTHER)];
  assert.deepEqual(entries.colorNotesOf(both, MINIMA, byCase(both, MINIMA, theme.looks.slice(0, 2), theme)), []);
});

test("the box under the pointer names the minimum or the marked point, if there are several", () => {
  const [one, local, still] = [ONE, LOCAL, STILL].map((cell) => entries.linesAt([endsOf(cell)], MINIMA, ["SGD"], 0)[0]);
  assert.ok(one.includes(texts.near("1.000", "1.000")), one);
  assert.ok(!local.includes(" x "), local);
  assert.ok(!still.includes(" x "), still);
});

test("runs of one optimizer are named together", () => {
  const runs = ["sgd", "sgd", "adam", "sgd"].map((optimizer) => ({ optimizer, values: {} }));
  const how = { listed: (names) => names.join(" and "), together: words.controls.ranking.together };
  assert.equal(runNames({ runs }, [0, 1], how), "SGD (runs 1 and 2)");
  assert.equal(runNames({ runs }, [0, 2, 3], how), "SGD (runs 1 and 4) and Adam");
  assert.equal(runNames({ runs }, [3], how), "SGD, run 4");
});

test("a box lies inside the picture and leaves the handle free", () => {
  const [box, picture, gap] = [{ width: 160, height: 80 }, { width: 600, height: 300 }, 14];
  for (let x = 0; x <= 600; x += 20) {
    for (let y = 0; y <= 300; y += 20) {
      for (const handle of [null, [300, 150], [x, y], [x + 60, y], [x - 60, y + 20]]) {
        const [left, top] = tipPlace([x, y], box, picture, handle, gap);
        const where = `${x} ${y} ${handle}`;
        assert.ok(left >= 0 && top >= 0 && left + box.width <= 600 && top + box.height <= 300, where);
        if (handle === null) continue;
        const [hx, hy] = handle;
        const covered = hx > left && hx < left + box.width && hy > top && hy < top + box.height;
        assert.ok(!covered, where);
      }
    }
  }
});

test("periods are entries of the legend, one each, without the stretches between", () => {
  const axis = { slot: 0, name: "lr", run: 0 };
  const [values, periods] = [Float64Array.of(0.8, 0.9, 1, 1.1, 1.2, 1.3), Uint8Array.of(1, 1, 0, 2, 2, 0)];
  const orbits = { values, periods, last: 50, kinds: [], tables: {} };
  const view = new OrbitView({ found: { axis, orbits }, wait: null, follow: () => {} });
  view.follow({}, [axis], "orbit_x", null);
  const told = view.entries("lr").map(({ text }) => text);
  assert.deepEqual(told, [
    words.settings.period(1, "lr", "0.800", "0.900"),
    words.settings.period(2, "lr", "1.100", "1.200"),
  ]);
  assert.ok(view.notes().includes(words.settings.noPeriod));
});
