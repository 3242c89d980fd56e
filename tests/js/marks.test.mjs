/** Where a run turns back; and the bands of color that are painted until Plotly has drawn. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { theme, walkOf, widthOf } from "./fake_walk.mjs";

const { contract } = await import(`${process.env.MODULES}/contract.js`);
const { drawTurns, turningPoint, turns } = await import(`${process.env.MODULES}/stage/draw/marks.js`);
const { bands, paint } = await import(`${process.env.MODULES}/stage/draw/sketch.js`);
const { SvgContext } = await import(`${process.env.MODULES}/stage/draw/svg_context.js`);
const { words } = await import(`${process.env.MODULES}/stage/words.js`);

/** A run along x. */
const along = (...places) => walkOf(places.map(([x, loss]) => [x, 0, loss]));

// Down into a dip at 2, up to a crest at 4, and back.
const BACK = along([0, 5], [1, 3], [2, 1], [3, 2], [4, 3], [3.5, 2.5], [2.5, 1.5]);

test("a run that goes up from a dip and comes back turns at its highest step", () => {
  assert.equal(turningPoint(BACK.runs[0]), 4);
});

test("a run that goes on over the crest does not turn back", () => {
  assert.equal(turningPoint(along([0, 5], [1, 3], [2, 1], [3, 2], [4, 3], [5, 2], [6, 1]).runs[0]), null);
});

test("a run that only falls, or only rises, has no turning point", () => {
  assert.equal(turningPoint(along([0, 5], [1, 4], [2, 3]).runs[0]), null);
  assert.equal(turningPoint(along([0, 1], [1, 4], [2, 9]).runs[0]), null);
  assert.equal(turningPoint(along([0, 1]).runs[0]), null);
});

test("the end is marked once the walk is complete", () => {
  const label = (index) => `run ${index}`;
  assert.deepEqual(
    turns(BACK, label).map(({ step, name }) => [step, name]),
    [
      [4, words.draw.turnsBack],
      [6, words.draw.end],
    ],
  );
  assert.deepEqual(
    turns({ ...BACK, complete: false }, label).map(({ step }) => step),
    [4],
  );
});

test("where there are several runs each mark names its own", () => {
  const two = walkOf(
    [
      [0, 0, 2],
      [1, 0, 1],
    ],
    [
      [0, 0, 2],
      [2, 0, 1],
    ],
  );
  const names = turns(two, (index) => `run ${index}`).map(({ name }) => name);
  assert.deepEqual(names, [words.draw.ofRun("run 0", words.draw.ends), words.draw.ofRun("run 1", words.draw.ends)]);
});

for (const kind of ["global_minimum", "local_minimum", "saddle", "left_the_map"])
  for (const scheme of ["light", "dark"])
    test(`an end at ${kind} has the color of its outcome, a turning point that of the page: ${scheme}`, () => {
      const walk = { ...BACK, runs: [{ ...BACK.runs[0], outcome: { kind } }] };
      const marks = turns(walk, () => "run");
      assert.deepEqual(
        marks.map(({ outcome }) => outcome),
        [null, kind],
      );
      const colors = { ...theme, ...contract.themes[scheme] };
      const pen = new SvgContext(200, 100, widthOf);
      drawTurns(pen, marks, walk.steps, { project: (x, y) => [10 * x, y], holds: () => true }, colors);
      const fills = [...pen.svg.matchAll(/fill="([^"]*)"/g)].map(([, fill]) => fill);
      assert.deepEqual(fills, [
        ...[colors.page, colors.ink, colors.page],
        ...[colors.page, colors.ink, colors.outcomes[kind]],
      ]);
    });

const SCALE = [
  [0, "#000000"],
  [0.5, "#640000"],
  [1, "#6400c8"],
];
const rgb = (pixel) => [...new Uint8Array(Uint32Array.of(pixel).buffer)];

test("a band has the color in its middle", () => {
  const colors = bands(SCALE, { start: 0.25, end: 0.75, size: 0.25 });
  assert.deepEqual(colors.map(rgb), [
    [25, 0, 0, 255],
    [75, 0, 0, 255],
    [100, 0, 50, 255],
    [100, 0, 150, 255],
  ]);
});

test("the sketch has the first row of numbers at its foot", () => {
  const tones = Float32Array.of(0, 0.3, 0.6, 1);
  const bdata = Buffer.from(tones.buffer).toString("base64");
  const contours = { start: 0.25, end: 0.75, size: 0.25 };
  const { rows, columns, pixels } = paint({ z: { shape: "2, 2", bdata }, colorscale: SCALE, contours });
  assert.deepEqual([rows, columns], [2, 2]);
  assert.deepEqual(
    [...pixels].map((pixel) => rgb(pixel)[2]),
    [50, 150, 0, 0],
  );
});
