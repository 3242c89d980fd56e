/** Which key presses belong to a text field, and which may reach the document. */

/** Types of `<input>` that take no text. */
const NOT_TYPED = ["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"];

/**
 * Whether a visitor types text into a target. If so, the target handles letters, Ctrl+Z and Esc itself.
 * @param {?EventTarget} target
 */
export function takesText(target) {
  const at = /** @type {?HTMLInputElement} */ (target);
  if (at?.tagName === "INPUT") return !NOT_TYPED.includes(at.type);
  return at?.tagName === "TEXTAREA" || at?.isContentEditable === true;
}

/**
 * Stop events of single characters at `root`: on the document Streamlit binds R and C to its own commands. Shortcuts
 * with Ctrl, Alt or Meta are passed on.
 * @param {HTMLElement} root
 */
export function keepKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
}
