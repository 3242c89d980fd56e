/** The outcome of each run in its last walk. */

/**
 * The kind of the outcome. The keys are the run objects of scenarios: an edit replaces a run object, it never changes
 * one.
 * @type {WeakMap<object, string>}
 */
export const outcomes = new WeakMap();
