/** The keys of the presenter's view: what each key does, depending on the state. */

/**
 * The state that decides what a key does.
 * @typedef {object} KeyState
 * @property {boolean} down whether the curtain hides the walk
 * @property {number} choices how many answers there are to choose from
 * @property {boolean} inside whether the inside of a step is open
 * @property {boolean} more whether there are several runs, so that another inside can be opened
 * @property {boolean} before whether there is a lesson before this one
 * @property {boolean} after whether there is a lesson after this one
 * @property {boolean} answered whether there is a question that is answered
 * @property {number} scenes how many scenes of the lesson can be shown
 * @property {number} scene the index of the scene that is shown; -1 if it is none of them
 */

/**
 * @typedef {"invite" | "blank" | "light" | "leave" | "next" | "previous" | "run" | "again" | "nothing"} Plain
 * @typedef {{do: Plain} | {do: "choose", choice: number} | {do: "scene", scene: number}} Act
 */

/**
 * What a key does in the presenter's view.
 * @param {{name: string, repeated: boolean}} key its name, letters in lower case
 * @param {KeyState & {invited: boolean, blank: boolean}} state `invited`: whether the invitation is open; `blank`:
 *   whether the screen is black
 * @param {{text: boolean, list: boolean, button: boolean}} focus whether the focus is on a text field, on a list of
 *   choices, or on a button of the question
 * @returns {?Act} null if the key does nothing here: the page handles it
 */
export function actOf({ name, repeated }, state, focus) {
  // A held B must not show the page again.
  if (state.blank) return { do: repeated ? "nothing" : "light" };
  if (focus.text) return null;
  if (name === "q") return { do: "invite" };
  // The open invitation covers the page and handles the other keys itself.
  if (state.invited) return null;
  if (name === "b") return { do: repeated ? "nothing" : "blank" };
  // Esc first closes an open list or the inside of a step.
  if (name === "Escape") return focus.list || state.inside ? null : { do: "leave" };
  if (name === "PageDown" || name === "PageUp") return turned(name === "PageDown" ? 1 : -1, state);
  if (name === "n" && state.after) return { do: "next" };
  if (name === "p" && state.before) return { do: "previous" };
  if (name === "a" && state.answered) return { do: repeated ? "nothing" : "again" };
  // The repeated events of a held Space do nothing: they would run right after the warning, or pause at the start.
  if (name === " " && repeated) return { do: "nothing" };
  if (!state.down) return null;
  // The inside of a step would take the room of the question.
  if (name === "i") return { do: "nothing" };
  if (/^[1-9]$/.test(name) && Number(name) <= state.choices) return { do: "choose", choice: Number(name) - 1 };
  return name === " " && !focus.button ? { do: "run" } : null;
}

/**
 * What the keys of a remote control do: they go through the scenes of a lesson, then to the lesson beside it.
 * @param {1 | -1} by
 * @param {KeyState} state
 * @returns {Act}
 */
function turned(by, { scenes, scene, before, after }) {
  const next = scene + by;
  if (next >= 0 && next < scenes) return { do: "scene", scene: next };
  if (by > 0 ? after : before) return { do: by > 0 ? "next" : "previous" };
  return { do: "nothing" };
}
