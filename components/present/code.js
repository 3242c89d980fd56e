/** The code of an address, for a phone's camera; the server draws it. */

import { contract } from "../contract.js";
import { element } from "../kit/element.js";
import { resolve } from "../kit/place.js";
import { words } from "./words.js";

/** Whether an address is short enough for a code. @param {string} address */
export function fitsCode(address) {
  return address.length <= contract.limits.code;
}

/** The picture of a code. @param {string} address */
export function codeOf(address) {
  const src = resolve(`api/code.svg?of=${encodeURIComponent(address)}`);
  return element("img", { src, alt: words.invitation.code(address) });
}
