/** The request for a walk: what it is for, and the message that is sent. */

/** @import { Scenario, WalkRequest } from "../../contract.js" */

/**
 * What a request is for: a scenario, the indices of the runs that are shown, and the run whose inside is open.
 * @typedef {{scenario: Scenario, shown: number[], inside: ?number}} Selection
 */

/**
 * The request for the walk of the runs that are shown.
 * @param {Selection} selection
 * @param {boolean} live whether a gesture goes on
 * @returns {Omit<WalkRequest, "version" | "slot" | "id">}
 */
export function messageOf({ scenario, shown, inside }, live) {
  const runs = shown.map((index) => scenario.runs[index]);
  const place = inside === null ? null : shown.indexOf(inside);
  return { kind: "walk", scenario: { ...scenario, runs }, inside: place, live };
}
