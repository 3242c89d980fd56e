/** The keys of the stage. An event that is used here is stopped, since Streamlit binds R, C and Esc on the document. */

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
 * A keydown listener that calls the action of a key. If the action returns false, the event is not stopped.
 * @param {Record<string, () => unknown>} actions
 * @returns {(event: KeyboardEvent) => void}
 */
export function keys(actions) {
  return (event) => {
    if (event.altKey) return;
    const name = keyName(event);
    // On the document, C opens Streamlit's dialog for clearing caches. The stage does not use the key.
    if (name === "c") event.stopPropagation();
    const target = /** @type {Element} */ (event.target);
    // Native controls use these keys themselves: space presses a button, arrow keys choose in a list.
    if (target.matches("select") || (name === " " && target.matches("button:not(.handle)"))) return;
    if (!Object.hasOwn(actions, name) || actions[name]() === false) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
