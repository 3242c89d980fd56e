/** The request for a walk: what it is for, and the message that is sent. */

/** @import { BatchesRequest, ExamplesRequest, GroundRequest, MapRequest } from "../../contract.js" */
/** @import { OrbitsRequest, Scenario, SeedsRequest, SettingsRequest, WalkRequest } from "../../contract.js" */

/**
 * A message without what the stream adds to it.
 * @template Message
 * @typedef {Omit<Message, "version" | "slot" | "id">} Unsent
 */
/**
 * A message that is sent as a request.
 * @typedef {Unsent<WalkRequest> | Unsent<GroundRequest> | Unsent<ExamplesRequest> | Unsent<BatchesRequest>
 *   | Unsent<MapRequest> | Unsent<SettingsRequest> | Unsent<SeedsRequest>
 *   | Unsent<OrbitsRequest>} Outgoing
 */

/**
 * What a request is for: a scenario, the indices of the runs that are shown, the run whose inside is open, and whether
 * all weights of networks are needed.
 * @typedef {{scenario: Scenario, shown: number[], inside: ?number, weights: boolean}} Selection
 */

/**
 * The request for the walk of the runs that are shown.
 * @param {Selection} selection
 * @param {boolean} live whether a gesture goes on
 * @returns {Unsent<WalkRequest>}
 */
export function messageOf({ scenario, shown, inside, weights }, live) {
  const runs = shown.map((index) => scenario.runs[index]);
  const place = inside === null ? null : shown.indexOf(inside);
  return { kind: "walk", scenario: { ...scenario, runs }, inside: place, live, weights };
}
