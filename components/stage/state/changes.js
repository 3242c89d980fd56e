/** The shapes of what a store announces and remembers. */

/** @import { Scenario } from "../../contract.js" */
/** @import { Turn } from "../wire/address.js" */
/** @import { Identity } from "../wire/identity.js" */

/**
 * What made a change. `live`: more of the same gesture follows (a drag that goes on).
 * @typedef {"python" | "map" | "panel" | "picker" | "card" | "legend" | "inside" | "curtain" | "undo"} Origin
 * @typedef {{origin: Origin, live: boolean}} Change
 */

/** @typedef {(scenario: Scenario, change: Change) => void} Listener */
/** @typedef {(runs: number) => ?Identity} Identify what an address says of so many runs; null if it says nothing */
/** @typedef {{scenario: Scenario, hidden: Set<number>}} Shown what undo returns to; `hidden` holds slots */

/** @type {readonly Origin[]} the origins of changes that are places to go back to */
const PLACES = ["picker", "python", "card"];
/** @type {readonly Origin[]} the origins of edits by hand, which the address joins to one place */
const BY_HAND = ["map", "panel", "undo"];

/**
 * What a change is for the address.
 * @param {Origin} origin
 * @returns {Turn}
 */
export function turnOf(origin) {
  if (PLACES.includes(origin)) return "place";
  return BY_HAND.includes(origin) ? "edit" : "same";
}
