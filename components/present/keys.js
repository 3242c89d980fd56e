/** The keys of the presenter's view: which key does what, in which state. */

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
 * @returns {?Act} null if the key is not the presenter's: the page handles it
 */
export function actOf({ name, repeated }, state, focus) {
  if (focus.text) return null;
  if (name === "q") return { do: "invite" };
  // The invitation lies over everything else and has its own keys.
  if (state.invited) return null;
  // Esc belongs to an open list and to the inside of a step first.
  if (name === "Escape") return focus.list || state.inside ? null : { do: "leave" };
  if (name === "n" && state.after) return { do: "next" };
  if (name === "p" && state.before) return { do: "previous" };
  // A key that is held down must not run what it has just warned of, nor pause what it has just started.
  if (name === " " && repeated) return { do: "nothing" };
  if (!state.down) return null;
  if (/^[1-9]$/.test(name) && Number(name) <= state.choices) return { do: "choose", choice: Number(name) - 1 };
  return name === " " && !focus.button ? { do: "run" } : null;
}
