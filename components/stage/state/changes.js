/** The shapes of what a store announces and remembers. */

/** @import { Scenario } from "../../contract.js" */
/** @import { Identity } from "../wire/identity.js" */

/**
 * What made a change. `live`: more of the same gesture follows (a drag that goes on).
 * @typedef {"python" | "map" | "panel" | "picker" | "card" | "legend" | "inside" | "curtain" | "undo"} Origin
 * @typedef {{origin: Origin, live: boolean}} Change
 */

/** @typedef {(scenario: Scenario, change: Change) => void} Listener */
/** @typedef {(runs: number) => ?Identity} Identify what an address says of so many runs; null if it says nothing */
/** @typedef {{scenario: Scenario, hidden: Set<number>}} Shown what undo returns to; `hidden` holds slots */

/** The origins of edits by hand, which the address joins to one place to go back to. */
export const BY_HAND = Object.freeze(/** @type {Origin[]} */ (["map", "panel", "undo"]));
/** The origins of changes that are places to go back to. */
export const PLACES = Object.freeze(/** @type {Origin[]} */ (["picker", "python", "card"]));
