/** Which minima are named, by the names that Python sends; and that a surface may have none. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { theme, widthOf } from "./fake_walk.mjs";

const { contract } = await import(`${process.env.MODULES}/contract.js`);
const { Labels } = await import(`${process.env.MODULES}/stage/draw/labels.js`);
const { landmarks, lowestLoss } = await import(`${process.env.MODULES}/stage/draw/minima.js`);
const { SvgContext } = await import(`${process.env.MODULES}/stage/draw/svg_context.js`);

const minimum = (value, name, global = false) => ({
  x: value,
  y: 0,
  value,
  global,
  origin: "found",
  name,
  kind: "minimum",
});

test("few minima have the names that Python sends", () => {
  const minima = [minimum(1, "global minimum (found)", true), minimum(2, "local minimum (found)")];
  assert.deepEqual(landmarks(minima), minima);
});

test("of many minima only the global ones are named", () => {
  const minima = [minimum(1, "global", true), ...[2, 3, 4, 5, 6].map((value) => minimum(value, "local"))];
  assert.deepEqual(
    landmarks(minima).map((mark) => mark.name),
    ["global", null, null, null, null, null],
  );
});

test("saddles and maxima are marked with the minima, and have names while there are few marks", () => {
  const saddle = { x: 1, y: 2, value: 3, kind: "saddle", name: "saddle (found)" };
  const [first, second] = landmarks([minimum(1, "global minimum (found)", true)], [saddle]);
  assert.deepEqual([first.kind, first.name], ["minimum", "global minimum (found)"]);
  assert.deepEqual([second.kind, second.name, second.global], ["saddle", "saddle (found)", false]);
  const many = landmarks(
    [minimum(1, "global", true)],
    Array.from({ length: 9 }, () => ({ ...saddle })),
  );
  assert.deepEqual(
    many.map((mark) => mark.name),
    ["global", "saddle (found)", ...Array(8).fill(null)],
  );
});

test("a saddle is a cross and a maximum a triangle", () => {
  const shapes = ["saddle", "maximum"].map((kind) => {
    const pen = new SvgContext(200, 100, widthOf);
    const labels = new Labels({ project: (x, y) => [x, y], holds: () => true });
    labels.marks(pen, landmarks([], [{ x: 50, y: 50, value: 0, kind, name: "" }]), theme);
    return [...pen.svg.matchAll(/<path d="([^"]*)"/g)].map(([, path]) => path);
  });
  assert.deepEqual(shapes[0], Array(2).fill("M46 46L54 54M46 54L54 46"));
  assert.equal(shapes[1].length, 2);
  assert.match(shapes[1][0], /^M[^ML]+L[^ML]+L[^ML]+Z$/);
});

test("a surface without minima has no marks, and any loss of a walk is its lowest", () => {
  assert.deepEqual(landmarks([]), []);
  assert.equal(lowestLoss([minimum(2, ""), minimum(-3, "")]), -3);
  assert.equal(Math.min(lowestLoss([]), 5), 5);
});

/** How often a path turns a corner. */
const corners = (path) => path.split(/[ML]/).length - 1;

for (const [scheme, colors] of Object.entries(contract.themes))
  for (const count of [1, 30])
    test(`minima have the shapes of their outcomes and no run's color: ${count} local ones, ${scheme}`, () => {
      const pen = new SvgContext(200, 100, widthOf);
      const labels = new Labels({ project: (x, y) => [10 * x, y], holds: () => true });
      const local = Array.from({ length: count }, (_, place) => minimum(place + 2, null));
      labels.marks(pen, [minimum(1, null, true), ...local], { ...theme, ...colors });
      const filled = [...pen.svg.matchAll(/<path d="([^"]*)" fill="(#[^"]*)"/g)];
      assert.deepEqual([contract.symbols.global_minimum, contract.symbols.local_minimum], ["star", "square"]);
      assert.deepEqual(
        filled.map(([, path, fill]) => [corners(path), fill]),
        [[10, colors.page], ...local.map(() => [4, count > 1 ? colors.ink : colors.page])],
      );
    });
