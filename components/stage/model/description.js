/** What the picture of the model shows, as text for screen readers. */

import { words } from "../words.js";
import { drawnWeights } from "./curves.js";

/** @import { DrawnWalk } from "../draw/types.js" */
/** @import { Data } from "./data.js" */

/**
 * The data, and what each run's model predicts at a step: at the least and the greatest input, or for how many
 * examples the class is right.
 * @param {Data} data
 * @param {DrawnWalk} walk
 * @param {number} step
 * @param {(index: number) => string} label
 */
export function describeModels(data, walk, step, label) {
  const { examples, curve, hits } = words.model;
  const { axes, row } = data.facts;
  const names = axes.map((axis) => words.model.axis(axis.label, axis.unit));
  const [low, high] = [Math.min(...data.columns[0]), Math.max(...data.columns[0])];
  const models = walk.runs.flatMap((run) => {
    const weights = drawnWeights(data, run, step);
    if (weights === null) return [];
    if (data.inputs === 2) return [hits(label(run.index), data.hits(weights), data.count)];
    const [from, to] = data.predict(weights, [low, high]);
    return [curve(label(run.index), axes[0].label, [low, from], [high, to])];
  });
  return [examples(data.count, row, names), ...models].join(" ");
}
