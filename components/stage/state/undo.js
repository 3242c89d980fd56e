/**
 * The keys for undo (Ctrl+Z, Cmd+Z) and redo (the same with Shift, or Ctrl+Y). A text field handles these
 * keys itself; a number field does so until its number is applied.
 */

import { takesText, undoesTyping } from "../../kit/keys.js";

/** @import { Store } from "./store.js" */

/**
 * The command that a key press stands for; null if neither.
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">} event
 * @returns {?("undo" | "redo")}
 */
export function commandOf({ key, ctrlKey, metaKey, shiftKey, altKey }) {
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
    const command = commandOf(event);
    const target = event.composedPath()[0] ?? null;
    if (command === null || undoesTyping(target)) return;
    const done = command === "undo" ? store.undo() : store.redo();
    // In a number field the browser must not change the text, even if there is no edit to undo.
    if (done || takesText(target)) event.preventDefault();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
