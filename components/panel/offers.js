/** Which controls the link of the page offers. */

/** @import { Offer } from "../contract.js" */

/**
 * Whether a control is offered. The start is not if it is locked.
 * @param {Pick<Offer, "controls" | "lock">} offer
 * @returns {(name: string) => boolean}
 */
export function offers({ controls, lock }) {
  return (name) => !lock.includes(name) && (controls === null || controls.includes(name));
}
