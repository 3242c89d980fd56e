/** Mini-batches of a scenario: the number of examples, and which epoch and which of its batches a step belongs to. */

import { contract } from "../contract.js";

/** @import { Scenario } from "../contract.js" */
/** @typedef {Pick<Scenario, "surface" | "points" | "table">} OfData */
/** @typedef {OfData & Pick<Scenario, "batch">} Batched */

/** The most ticks that mark epochs on the scrubber: more could not be told apart. */
const MOST_TICKS = 25;

/**
 * The number of examples of a scenario, after the edits of its data; 0 if its surface has no data.
 * @param {OfData} scenario
 */
export function exampleCount({ surface, points, table }) {
  const own = contract.examples[surface];
  if (own === undefined) return 0;
  const out = points.filter(({ values }) => values === null).length;
  const added = points.filter(({ example }) => example === null).length;
  return (table?.length ?? own) - out + added;
}

/**
 * The number of batches in an epoch; 0 if the scenario has no batches.
 * @param {Batched} scenario
 */
export function batchesPerEpoch(scenario) {
  return scenario.batch > 0 ? Math.ceil(exampleCount(scenario) / scenario.batch) : 0;
}

/**
 * The batch that a step's gradient belongs to, and its epoch, both counted from 1; null without batches.
 * @param {Batched} scenario
 * @param {number} step
 */
export function batchAt(scenario, step) {
  const batches = batchesPerEpoch(scenario);
  return batches === 0 ? null : { epoch: Math.floor(step / batches) + 1, batch: (step % batches) + 1, batches };
}

/**
 * How many epochs lie between two ticks on the scrubber: 1, 2 or 5 times a power of ten; 0 without batches.
 * @param {Batched} scenario
 * @param {number} steps
 */
export function epochsPerTick(scenario, steps) {
  const batches = batchesPerEpoch(scenario);
  if (batches === 0) return 0;
  const least = steps / batches / MOST_TICKS;
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(least, 1))));
  return [1, 2, 5, 10].map((times) => times * power).find((epochs) => epochs >= least) ?? 10 * power;
}
