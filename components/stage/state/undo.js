/**
 * The keys for undoing: Ctrl+Z or Cmd+Z, and with Shift, or Ctrl+Y, for doing again. In a text field they are the
 * field's.
 */

import { takesText } from "../../kit/keys.js";

/** @import { Store } from "./store.js" */

/**
 * Which of the two a key press asks for; null if neither.
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">} event
 * @returns {?("undo" | "redo")}
 */
export function wishOf({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (altKey || ctrlKey === metaKey) return null;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && ctrlKey && !shiftKey ? "redo" : null;
}

/**
 * Listen on the whole page for the keys, and undo the edits of a store.
 * @param {Store} store
 * @returns {() => void} ends it
 */
export function undoByKeys(store) {
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const wish = wishOf(event);
    if (wish === null || takesText(event.composedPath()[0] ?? null)) return;
    if (wish === "undo" ? store.undo() : store.redo()) event.preventDefault();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
