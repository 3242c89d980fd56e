/** Advice: requested when a walk is complete and no gesture goes on, applied by a button. */

import { exact } from "../../kit/numbers.js";
import { same } from "../../kit/sameness.js";
import { words } from "../words.js";

/** @import { Change, Scenario } from "../../contract.js" */
/** @import { Walk } from "../wire/record.js" */
/** @import { Stream } from "../wire/socket.js" */
/** @import { Store } from "./store.js" */

export class Advisor {
  /** Whether the page shows advice. */
  wanted = false;
  #store;
  #stream;
  /** @type {?Walk} the walk whose advice was requested last */
  #requested = null;

  /**
   * @param {Pick<Store, "scenario" | "edit">} store
   * @param {Pick<Stream, "advise">} stream
   */
  constructor(store, stream) {
    this.#store = store;
    this.#stream = stream;
  }

  /**
   * Request advice on a walk, once. After a break of the connection the stream repeats the request.
   * @param {?Walk} walk
   */
  request(walk) {
    if (!this.wanted || walk === null || !walk.complete || walk === this.#requested) return;
    this.#requested = walk;
    this.#stream.advise("walk");
  }

  /**
   * Apply the advice on the run with this index.
   * @param {?Walk} walk
   * @param {number} index
   */
  follow(walk, index) {
    const { scenario } = this.#store;
    const change = walk?.run(index)?.advice?.change;
    // After an edit, the advice belongs to another scenario.
    if (change && same(walk?.scenario, scenario))
      this.#store.edit(changed(scenario, index, change), { origin: "card" });
  }
}

/**
 * What a change sets in a scenario.
 * @param {Scenario} scenario
 * @param {number} index of the run that it is about
 * @param {Change} change
 * @returns {Partial<Scenario>}
 */
export function changed({ runs }, index, { hyperparameter, value, steps, start }) {
  if (steps !== null) return { steps };
  if (start !== null) return { start };
  if (hyperparameter === null || value === null) return {};
  const run = { ...runs[index], values: { ...runs[index].values, [hyperparameter]: value } };
  return { runs: runs.with(index, run) };
}

/**
 * What a change sets, in words.
 * @param {Change} change
 */
export function changeInWords({ hyperparameter, value, steps, start }) {
  const { state } = words;
  if (steps !== null) return state.steps(steps);
  if (start !== null) return state.start(start.map(exact).join(", "));
  return hyperparameter === null || value === null ? "" : state.value(hyperparameter, exact(value));
}
