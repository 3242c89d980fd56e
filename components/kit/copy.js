/** The clipboard. */

import { words } from "./words.js";

/**
 * Put a text on the clipboard.
 *
 * Without https the browser has no clipboard interface, and in a frame of another site it may refuse access. Then the
 * older `copy` command is used. If that fails too, an error is thrown whose message is a sentence for the visitor.
 * @param {string} text
 */
export async function copy(text) {
  if (navigator.clipboard && isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // Refused by the frame's permissions or for lack of focus.
    }
  }
  if (!copySelected(text)) throw new Error(words.notCopied);
}

/**
 * Copy by selecting the text in a field of its own.
 * @param {string} text
 */
function copySelected(text) {
  const field = Object.assign(document.createElement("textarea"), { value: text });
  Object.assign(field.style, { position: "fixed", opacity: "0" });
  const focused = document.activeElement;
  // While a dialog is open, only elements inside it can be selected.
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
