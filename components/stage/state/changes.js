/** What a store announces and stores, and what a change does to the browser's history. */

import { same } from "../../kit/sameness.js";

/** @import { Scenario } from "../../contract.js" */
/** @import { HistoryChange } from "../wire/address.js" */
/** @import { Identity } from "../wire/identity.js" */

/**
 * What made a change. "data": an example has been moved, added or removed; "inside": the inside of a step has been
 * opened or closed; "insideRun": it shows another run; "place": the visitor has gone back or forward to an address with
 * the same scenario; "seed": a walk of a fan has been clicked. `live`: more changes of the same gesture follow (a drag
 * goes on).
 * @typedef {"python" | "map" | "data" | "panel" | "picker" | "card" | "seed"} EditOrigin
 * @typedef {EditOrigin | "legend" | "curtain" | "undo"} ScenarioOrigin
 * @typedef {ScenarioOrigin | "inside" | "insideRun" | "place"} Origin
 * @typedef {{origin: Origin, live: boolean}} Change
 */

/** @typedef {(scenario: Scenario, change: Change) => void} Listener */
/**
 * @typedef {(runs: number) => ?Identity} Identify the identity that an address sets for a number of runs; null if it
 *   sets none
 */
/**
 * What undo returns to. `hidden` holds slots, and `inside` is a slot: that of the run whose inside was open. `reopens`:
 * the edit that followed has closed the inside, since it hid or removed the run; so undoing the edit opens it again.
 * @typedef {{scenario: Scenario, hidden: Set<number>, inside: ?number, reopens: boolean}} Snapshot
 */

/** @type {readonly Origin[]} the origins of changes after which the walk is played from its start */
const PLAYED = ["picker", "python", "card", "seed"];
/** @type {readonly Origin[]} the origins of changes that add an entry to the browser's history */
const ENTRIES = [...PLAYED, "inside"];
/** @type {readonly Origin[]} the origins of edits by hand, which share one entry */
const BY_HAND = ["map", "data", "panel", "undo"];

/**
 * What a change does to the browser's history (see wire/address.js).
 * @param {Origin} origin
 * @returns {HistoryChange}
 */
export function historyChangeOf(origin) {
  if (ENTRIES.includes(origin)) return "entry";
  return BY_HAND.includes(origin) ? "edit" : "same";
}

/**
 * Whether the walk is played from its start after a change.
 * @param {Origin} origin
 */
export function playsAfter(origin) {
  return PLAYED.includes(origin);
}

/**
 * Whether two states differ in nothing that undo restores.
 * @param {Snapshot} a
 * @param {?Snapshot} b
 */
export function alike(a, b) {
  return b !== null && same([a.scenario, [...a.hidden].sort()], [b.scenario, [...b.hidden].sort()]);
}
