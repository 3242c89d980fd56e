/** The clipboard. */

import { words } from "./words.js";

/**
 * Put a text on the clipboard.
 *
 * Without https the browser has no clipboard interface, and in a frame of another site it refuses access unless that
 * site allows it. Then the older `copy` command is used: in a frame it is tried first, since a refused call leaves an
 * error on the console. If everything fails, an error is thrown whose message is a sentence for the visitor.
 * @param {string} text
 */
export async function copy(text) {
  const framed = inFrame();
  if (framed && copySelected(text)) return;
  if (navigator.clipboard && isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // Refused by the frame's permissions or for lack of focus.
    }
  }
  if (!framed && copySelected(text)) return;
  // In a frame the address bar shows the address of the page around it.
  throw new Error(framed ? words.notCopiedInFrame : words.notCopied);
}

/** Whether the page is shown in a frame. */
function inFrame() {
  const { parent, self } = globalThis;
  return parent !== self;
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
