/** What the link of a page offers: parts that are left out, and a start that cannot be moved. */

/** @import { Offer } from "../contract.js" */
/** @import { Parts } from "./layout.js" */
/** @import { Store } from "./state/store.js" */

/**
 * Leave out what an offer hides (offered.css), and lock what it locks.
 * @param {HTMLElement} root
 * @param {Parts} parts
 * @param {Store} store
 * @param {Offer} offer
 */
export function obey(root, { handle }, store, offer) {
  root.dataset.hides = offer.hide.join(" ");
  store.locked = offer.lock.includes("start");
  handle.disabled = store.locked;
  root.toggleAttribute("data-locked", store.locked);
}
