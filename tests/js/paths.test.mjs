/** Paths are drawn where the runs went; runs that diverge paint no bands; a start outside of the map has an arrow. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { layer, linesIn, theme, walkOf } from "./fake_walk.mjs";

const { clipLine } = await import(`${process.env.MODULES}/stage/draw/clipping.js`);
const { CROSSINGS, Paths } = await import(`${process.env.MODULES}/stage/draw/paths.js`);
const { Renderer } = await import(`${process.env.MODULES}/stage/draw/renderer.js`);
const { View } = await import(`${process.env.MODULES}/stage/draw/view.js`);
const { words } = await import(`${process.env.MODULES}/stage/words.js`);

const BOUNDS = [
  [0, 10],
  [0, 5],
];
const [LOOK] = theme.looks;

/** 1000 x 500 pixels inside the axes for the map: 100 pixels for a unit. */
function view() {
  const made = new View();
  made.resize(1000, 500);
  made.setMargins({ l: 0, r: 0, t: 0, b: 0 });
  made.setRanges(...BOUNDS);
  return made;
}

/** What is drawn of a walk, as SVG. */
function drawn(walk, seen = view()) {
  const page = layer();
  const trails = new Paths(page, page, seen);
  trails.bounds = BOUNDS;
  trails.draw(walk, walk.steps, theme.looks, theme, false, 1);
  return page.context.svg;
}

test("a path goes through every position", () => {
  const [line] = linesIn(
    drawn(
      walkOf([
        [1, 1, 0],
        [2, 3, 0],
        [4, 4.5, 0],
      ]),
    ),
    LOOK.color,
  );
  assert.equal(line.path, "M100 400L200 200L400 50");
});

test("a path that leaves the map and comes back is drawn along the straight lines it took", () => {
  const lines = linesIn(
    drawn(
      walkOf([
        [5, 1, 0],
        [5, 1e9, 0],
        [6, 1, 0],
      ]),
    ),
    LOOK.color,
  );
  const points = lines.map(({ path }) => path.match(/-?[\d.]+/g).map(Number));
  assert.equal(points.length, 2);
  for (const [x1, , x2] of points) assert.ok(Math.abs(x1 - x2) < 0.1, "as good as upright");
  assert.deepEqual([points[0][0], points[1].at(-2)], [500, 600]);
});

test("a run that diverges paints no band over the map", () => {
  const strides = Array.from({ length: 400 }, (_, step) => [5 + step / 100, step % 2 === 0 ? 9 + step : -5 - step, 0]);
  const [line] = linesIn(drawn(walkOf([[5, 2, 0], ...strides])), LOOK.color).filter(({ width }) => width < 1);
  assert.equal(line.path.match(/M/g).length, CROSSINGS);
});

test("a cycle with both ends outside of the map paints no band, frame by frame", () => {
  const walk = walkOf(Array.from({ length: 200 }, (_, step) => [5, step % 2 === 0 ? 8 : -3, 0]));
  const page = layer();
  const kept = { ...page, fit: () => false };
  const trails = new Paths(kept, kept, view());
  trails.bounds = BOUNDS;
  for (let step = 0; step <= walk.steps; step += 1) trails.draw(walk, step, theme.looks, theme, false, 1);
  const crossings = linesIn(page.context.svg, LOOK.color).flatMap(({ path }) => path.match(/M/g));
  assert.equal(crossings.length, CROSSINGS);
});

test("outside of the map but in a zoomed view a path is drawn like any other", () => {
  const far = view();
  far.setRanges([-50, 50], [-25, 25]);
  const rows = Array.from({ length: 40 }, (_, step) => [step % 2 === 0 ? -20 : 20, 10 + step / 10, 0]);
  const [line] = linesIn(drawn(walkOf(rows), far), LOOK.color);
  assert.equal(line.path.match(/[ML]/g).length, rows.length);
});

test("a line far outside is cut without being turned", () => {
  const area = { left: 0, top: 0, width: 100, height: 100 };
  assert.deepEqual(clipLine(50, 50, 50, 1e300, area), [50, 50, 50, 100]);
  assert.deepEqual(clipLine(-1e12, 0, 1e12, 100, area)?.map(Math.round), [0, 50, 100, 50]);
  assert.equal(clipLine(-5, 0, -5, 100, area), null);
  assert.equal(clipLine(0, 0, Infinity, 0, area), null);
});

/** The names on a frame with a start there. */
function names(start, startOff, seen = view()) {
  const page = layer();
  const renderer = new Renderer(seen, page, page, page);
  renderer.bounds = BOUNDS;
  const walk = walkOf([
    [start.x, start.y, 0],
    [start.x, start.y, 0],
  ]);
  const scene = { walk, position: 1, looks: theme.looks, theme, start, startOff, ring: true, marks: [], turns: [] };
  renderer.frame({ ...scene, moving: false, alpha: 1, kept: null, inside: null, aggregates: [] });
  const texts = [...page.context.svg.matchAll(/<text x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</g)];
  return texts.map(([, x, y, text]) => ({ x: Number(x), y: Number(y), text }));
}

for (const x of [1e21, -1e21, 11]) {
  test(`a start at ${x}, outside of the map, has an arrow and a label`, () => {
    const [{ x: px, y: py, text }] = names({ x, y: 2 }, true);
    assert.equal(text, words.draw.startOff);
    assert.ok(px > 0 && px < 1000 && py > 0 && py < 500);
    assert.equal(px > 500, x > 0, "at the edge that is nearest to it");
  });
}

test("a start on the map has its name there, and one outside of a zoomed view an arrow", () => {
  assert.equal(names({ x: 3, y: 2 }, false)[0].text, words.draw.start);
  const closer = view();
  closer.setRanges([8, 9], [1, 2]);
  const [{ x, text }] = names({ x: 3, y: 1.5 }, false, closer);
  assert.equal(text, words.draw.start);
  assert.ok(x < 200);
});
