/** The kinds of outcome, and the outcome of each run in its last walk. */

import { contract } from "../contract.js";

/** All kinds of outcome, in the order of their numbers in a map of basins. */
export const KINDS = Object.keys(contract.symbols);

/**
 * The kind of the outcome. The keys are the run objects of scenarios: an edit replaces a run object, it never changes
 * one.
 * @type {WeakMap<object, string>}
 */
export const outcomes = new WeakMap();
