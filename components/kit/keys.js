/** Which keys belong to what has the focus, and which may reach the page. */

/** Kinds of input in which nothing is typed. */
const NOT_TYPED = ["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"];

/**
 * Whether a visitor types text into a target: then letters, Ctrl+Z and Esc belong to it.
 * @param {?EventTarget} target
 */
export function takesText(target) {
  const at = /** @type {?HTMLInputElement} */ (target);
  if (at?.tagName === "INPUT") return !NOT_TYPED.includes(at.type);
  return at?.tagName === "TEXTAREA" || at?.isContentEditable === true;
}

/**
 * Keep plain letters from the document, where Streamlit has commands on R and C.
 * What is typed in `root` stays in `root`; shortcuts with Ctrl, Alt or Meta pass.
 * @param {HTMLElement} root
 */
export function keepKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
}
