/** What the link of a page offers: parts that are left out, and a start that cannot be moved. */

import { element } from "../kit/element.js";
import { shared } from "./wire/places.js";
import { textOf } from "./wire/query.js";
import { words } from "./words.js";

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

/**
 * In a frame of another page: a link that opens the same picture in a window of its own.
 * @param {HTMLElement} root
 */
export function offerLarge(root) {
  if (textOf(location.search, "embed") !== "true") return;
  const link = element("a", { class: "large", target: "_blank", rel: "noopener" }, words.stage.large);
  const aim = () => {
    link.href = shared(location.href);
  };
  aim();
  // The address changes with every edit.
  for (const event of ["pointerdown", "focus", "mouseenter"]) link.addEventListener(event, aim);
  root.append(link);
}
