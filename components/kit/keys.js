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

/** The attribute of a number field whose text was typed and is not yet applied. */
export const TYPED = "data-typed";

/**
 * Whether Ctrl+Z in a target undoes typing. In a number field without text that waits to be applied it undoes the last
 * edit, as it does elsewhere on the page: the browser would change the field's text only.
 * @param {?EventTarget} target
 */
export function undoesTyping(target) {
  if (!takesText(target)) return false;
  const field = /** @type {HTMLElement} */ (target);
  return !field.hasAttribute("data-number") || field.hasAttribute(TYPED);
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
