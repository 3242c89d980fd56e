/**
 * The line on the map for messages that must be seen at once, and for messages to screen readers, which are invisible.
 */

import { rewrite } from "../../kit/element.js";

/**
 * Show the `urgent` sentence, or if it is empty, give the `quiet` one to screen readers; `error` marks a failure.
 * @param {HTMLElement} line
 * @param {{urgent: string, quiet: string, error: boolean}} sentences
 */
export function show(line, { urgent, quiet, error }) {
  line.classList.toggle("unseen", urgent === "");
  line.toggleAttribute("data-error", error);
  rewrite(line, urgent || quiet);
}
