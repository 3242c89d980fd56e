/** Frames that Python has packed become a walk: every number at its place, whatever the order of its columns. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { contract } = await import(`${process.env.MODULES}/contract.js`);
const { readFrame, versionOf } = await import(`${process.env.MODULES}/stage/wire/frame.js`);
const { GX, GY, LOSS, Walk, X, Y } = await import(`${process.env.MODULES}/stage/wire/record.js`);
const { messageOf } = await import(`${process.env.MODULES}/stage/wire/request.js`);
const { Step } = await import(`${process.env.MODULES}/stage/step/step.js`);

const { begin, frames } = JSON.parse(readFileSync(process.env.FRAMES, "utf-8"));
const buffers = frames.map((hex) => Uint8Array.from(Buffer.from(hex, "hex")).buffer);
const runs = [
  { optimizer: "sgd", values: { lr: 7, momentum: 0.5 } },
  { optimizer: "adam", values: { lr: 8, momentum: 0.25 } },
];
const scenario = { surface: "hump", start: [0, 0], steps: 4, batch: 0, noise: 0, seed: 0, runs };

/** The walk of what Python has sent; of the last frame only so many steps. */
function received(rows = null) {
  const walk = new Walk(scenario, [0, 1], 1);
  for (const buffer of buffers) {
    const frame = readFrame(buffer);
    const taken = frame.first > 0 && rows !== null ? rows : frame.count;
    walk.add({ ...frame, columns: begin.columns, parts: begin.parts, rows: taken });
  }
  return walk;
}

test("a frame's header names its kind", () => {
  const frame = readFrame(buffers[1]);
  assert.equal(versionOf(buffers[1]), contract.wire.version);
  const { slot, id, first, count, runs: several, columns, parts } = frame;
  assert.deepEqual([slot, id, first, count, several, columns, parts], [1, 2 ** 31 - 1, 3, 2, 2, 6, 1]);
  assert.deepEqual([frame.values.length, frame.inside.length], [24, 4]);
});

test("the columns that every walk has are those of the contract", () => {
  assert.deepEqual(
    ["x", "y", "loss", "gradient_x", "gradient_y"].map((name) => contract.wire.columns.indexOf(name)),
    [X, Y, LOSS, GX, GY],
  );
});

test("a column is read by its name", () => {
  const walk = received();
  assert.deepEqual(begin.columns, ["lr", "x", "y", "loss", "gradient_x", "gradient_y"]);
  for (const place of [0, 1]) {
    for (let step = 0; step <= 4; step += 1) {
      const first = 30 * place + 6 * step;
      const found = [X, Y, LOSS, GX, GY].map((field) => walk.run(place).at(step, field));
      assert.deepEqual(
        found,
        [1, 2, 3, 4, 5].map((column) => first + column),
      );
    }
  }
  assert.deepEqual([walk.received, walk.run(1).received, walk.run(1).diverged], [4, 4, null]);
  assert.deepEqual([walk.inside.at(3, 0, 0), walk.inside.at(3, 0, 1)], [6 / 8, 7 / 8]);
});

test("a hyperparameter's value at a step is its column's, or else the run's own", () => {
  const walk = received();
  assert.deepEqual(
    [1, 4].map((step) => walk.run(1).value("lr", step)),
    [36, 54],
  );
  assert.deepEqual(
    [1, 4].map((step) => walk.run(1).value("momentum", step)),
    [0.25, 0.25],
  );
  const step = new Step(walk, { lines: [] }, 2);
  assert.deepEqual([step.number, step.value("lr"), step.lookup(0)(["value", "lr"])], [3, 48, 48]);
  assert.equal(step.at(1).lookup(1)(["value", "lr"]), 36);
});

test("a part of a frame can be taken: its first steps", () => {
  const walk = received(1);
  assert.deepEqual([walk.received, walk.run(1).last], [3, 3]);
  assert.equal(walk.run(1).at(3, X), 30 + 18 + 1);
  assert.ok(Number.isNaN(walk.run(1).at(4, X)));
});

test("a request has the visible runs, and the index among them of the run whose inside is open", () => {
  const message = messageOf({ scenario, shown: [1], inside: 1, weights: false }, true);
  const requested = { ...scenario, runs: [runs[1]] };
  assert.deepEqual(message, { kind: "walk", scenario: requested, inside: 0, live: true, weights: false });
});
