/** How the last walk of each run ended. */

/**
 * The kind of a run's outcome, by the run of a scenario: a run is never changed, only replaced.
 * @type {WeakMap<object, string>}
 */
export const outcomes = new WeakMap();
