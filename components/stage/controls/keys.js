/** The keys of the stage. A key used here goes no further, since Streamlit binds R, C and Esc on the document. */

/**
 * The name of a key as the table of `keys` spells it: "r", "ArrowLeft"; with Ctrl or Cmd, "Control+z", and with Shift
 * as well, "Control+Shift+z".
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, shiftKey: boolean}} event
 */
export function keyName({ key, ctrlKey, metaKey, shiftKey }) {
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (!ctrlKey && !metaKey) return name;
  return `Control+${shiftKey ? "Shift+" : ""}${name}`;
}

/**
 * A keydown listener that does what its table says. An act may return false: then the key was not used.
 * @param {Record<string, () => unknown>} acts
 * @returns {(event: KeyboardEvent) => void}
 */
export function keys(acts) {
  return (event) => {
    if (event.altKey) return;
    const name = keyName(event);
    // C would open Streamlit's dialog for clearing caches; on the stage it has no meaning.
    if (name === "c") event.stopPropagation();
    const target = /** @type {Element} */ (event.target);
    // Native controls keep their own keys: space presses a button, arrows choose in a list.
    if (target.matches("select") || (name === " " && target.matches("button:not(.handle)"))) return;
    if (!Object.hasOwn(acts, name) || acts[name]() === false) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
