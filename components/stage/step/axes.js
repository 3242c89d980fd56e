/** The two weights whose step the panel shows: x and y of the map, or the two watched weights of a network. */

import { networkOf } from "../../kit/networks.js";
import { networkWords } from "../network_words.js";
import { words } from "../words.js";

/** @import { Scenario } from "../../contract.js" */

/** The axes by their index: 0 and 1. */
export const AXES = [0, 1];

/**
 * The names of both weights.
 * @param {Pick<Scenario, "surface">} scenario
 */
export function axesOf(scenario) {
  return networkOf(scenario) === null ? words.step.axes : networkWords.step.axes;
}
