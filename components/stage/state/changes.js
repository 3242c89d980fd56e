/** The types of what a store announces and stores, and what a change does to the browser's history. */

/** @import { Scenario } from "../../contract.js" */
/** @import { HistoryChange } from "../wire/address.js" */
/** @import { Identity } from "../wire/identity.js" */

/**
 * What made a change. `live`: more changes of the same gesture follow (a drag goes on).
 * @typedef {"python" | "map" | "panel" | "picker" | "card" | "legend" | "inside" | "curtain" | "undo"} Origin
 * @typedef {{origin: Origin, live: boolean}} Change
 */

/** @typedef {(scenario: Scenario, change: Change) => void} Listener */
/**
 * @typedef {(runs: number) => ?Identity} Identify the identity that an address sets for a number of runs; null if it
 *   sets none
 */
/** @typedef {{scenario: Scenario, hidden: Set<number>}} Snapshot what undo returns to; `hidden` holds slots */

/** @type {readonly Origin[]} the origins of changes that add an entry to the browser's history */
const ENTRIES = ["picker", "python", "card"];
/** @type {readonly Origin[]} the origins of edits by hand, which share one entry */
const BY_HAND = ["map", "panel", "undo"];

/**
 * What a change does to the browser's history (see wire/address.js).
 * @param {Origin} origin
 * @returns {HistoryChange}
 */
export function historyChangeOf(origin) {
  if (ENTRIES.includes(origin)) return "entry";
  return BY_HAND.includes(origin) ? "edit" : "same";
}
