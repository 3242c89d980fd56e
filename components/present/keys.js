/** The keys of the presenter's view: what each key does, depending on the state. */

/**
 * The state that decides what a key does.
 * @typedef {object} KeyState
 * @property {boolean} down whether the curtain hides the walk
 * @property {number} choices how many answers there are to choose from
 * @property {boolean} inside whether the inside of a step is open
 * @property {boolean} before whether there is a lesson before this one
 * @property {boolean} after whether there is a lesson after this one
 */

/**
 * @typedef {{do: "invite" | "leave" | "next" | "previous" | "run" | "nothing"} | {do: "choose", choice: number}} Act
 */

/**
 * What a key does in the presenter's view.
 * @param {{name: string, repeated: boolean}} key its name, letters in lower case
 * @param {KeyState & {invited: boolean}} state `invited`: whether the invitation is open
 * @param {{text: boolean, list: boolean, button: boolean}} focus whether the focus is on a text field, on a list of
 *   choices, or on a button of the question
 * @returns {?Act} null if the key does nothing here: the page handles it
 */
export function actOf({ name, repeated }, state, focus) {
  if (focus.text) return null;
  if (name === "q") return { do: "invite" };
  // The open invitation covers the page and handles the other keys itself.
  if (state.invited) return null;
  // Esc first closes an open list or the inside of a step.
  if (name === "Escape") return focus.list || state.inside ? null : { do: "leave" };
  if (name === "n" && state.after) return { do: "next" };
  if (name === "p" && state.before) return { do: "previous" };
  // The repeated events of a held Space do nothing: they would run right after the warning, or pause at the start.
  if (name === " " && repeated) return { do: "nothing" };
  if (!state.down) return null;
  if (/^[1-9]$/.test(name) && Number(name) <= state.choices) return { do: "choose", choice: Number(name) - 1 };
  return name === " " && !focus.button ? { do: "run" } : null;
}
