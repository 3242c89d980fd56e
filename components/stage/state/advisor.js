/** What could be tried after a walk: asked for once a walk has come whole and nobody drags, and done by a button. */

import { exact } from "../../kit/numbers.js";
import { same } from "../../kit/sameness.js";

export class Advisor {
  /** Whether the page shows advice. */
  wanted = false;
  #store;
  #stream;
  /** The walk that was asked about last. */
  #asked = null;

  constructor(store, stream) {
    this.#store = store;
    this.#stream = stream;
  }

  /** Ask about a walk, unless that was done: from then on the stream asks again where the line breaks. */
  ask(walk) {
    if (!this.wanted || walk === null || !walk.complete || walk === this.#asked) return;
    this.#asked = walk;
    this.#stream.advise("walk");
  }

  /** Do what is advised to the run with this index. */
  follow(walk, index) {
    const { scenario } = this.#store;
    const change = walk?.run(index)?.advice?.change;
    // What has been edited since is another walk, which advice is not about.
    if (change && same(walk.scenario, scenario)) this.#store.edit(changed(scenario, index, change), { origin: "card" });
  }
}

/** The part of a scenario that is another one with a change. */
export function changed({ runs }, index, { hyperparameter, value, steps, start }) {
  if (steps !== null) return { steps };
  if (start !== null) return { start };
  const run = { ...runs[index], values: { ...runs[index].values, [hyperparameter]: value } };
  return { runs: runs.with(index, run) };
}

/** What a change sets, in words. */
export function named({ hyperparameter, value, steps, start }) {
  if (steps !== null) return `${steps} steps`;
  if (start !== null) return `start ${start.map(exact).join(", ")}`;
  return `${hyperparameter.replaceAll("_", " ")} ${exact(value)}`;
}
