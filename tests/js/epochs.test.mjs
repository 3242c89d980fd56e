/** Epochs and batches: which a step belongs to, and how many ticks the scrubber has. */

import assert from "node:assert/strict";
import test from "node:test";

const { contract } = await import(`${process.env.MODULES}/contract.js`);
const { batchAt, batchesPerEpoch, epochsPerTick, exampleCount } = await import(`${process.env.MODULES}/kit/epochs.js`);

const SURFACE = "cars_raw";
const of = (batch, surface = SURFACE) => ({ surface, batch, points: [], table: null });

test("a surface without data has no examples, and its walks have no epochs", () => {
  assert.equal(exampleCount(of(0)), contract.examples[SURFACE]);
  assert.equal(exampleCount(of(0, "hump")), 0);
  for (const scenario of [of(0), of(0, "hump")]) {
    assert.equal(batchesPerEpoch(scenario), 0);
    assert.equal(batchAt(scenario, 3), null);
    assert.equal(epochsPerTick(scenario, 100), 0);
  }
});

test("the last batch of an epoch is shorter, and then the next epoch begins", () => {
  const scenario = of(16); // of 50 examples
  assert.equal(batchesPerEpoch(scenario), 4);
  assert.deepEqual(batchAt(scenario, 0), { epoch: 1, batch: 1, batches: 4 });
  assert.deepEqual(batchAt(scenario, 3), { epoch: 1, batch: 4, batches: 4 });
  assert.deepEqual(batchAt(scenario, 4), { epoch: 2, batch: 1, batches: 4 });
  assert.equal(batchesPerEpoch(of(1)), 50);
  assert.equal(batchesPerEpoch(of(50)), 1);
  assert.equal(batchesPerEpoch(of(500)), 1);
});

test("epochs are marked as long as their ticks can be told apart", () => {
  assert.equal(epochsPerTick(of(1), 300), 1);
  assert.equal(epochsPerTick(of(16), 100), 1); // 25 epochs
  assert.equal(epochsPerTick(of(16), 104), 2); // 26 epochs
  assert.equal(epochsPerTick(of(50), 125), 5);
  assert.equal(epochsPerTick(of(50), 126), 10);
  assert.equal(epochsPerTick(of(50), 10_000), 500);
});
