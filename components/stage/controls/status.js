/** The line on the map for messages that must be seen at once; what only screen readers need is there, too, unseen. */

import { rewrite } from "../../kit/element.js";

/**
 * Show an `urgent` sentence to everybody, or else give a `quiet` one to screen readers; `error` marks a failure.
 * @param {HTMLElement} line
 * @param {{urgent: string, quiet: string, error: boolean}} sentences
 */
export function show(line, { urgent, quiet, error }) {
  line.classList.toggle("unseen", urgent === "");
  line.toggleAttribute("data-error", error);
  rewrite(line, urgent || quiet);
}
