/** Which surfaces are networks: all their weights are trained, and the map shows a plane of these. */

import { contract } from "../contract.js";

/** @import { Scenario } from "../contract.js" */

/**
 * The network of a scenario's surface; null if the surface has two weights.
 * @param {Pick<Scenario, "surface">} scenario
 */
export function networkOf({ surface }) {
  return contract.networks[surface] ?? null;
}
