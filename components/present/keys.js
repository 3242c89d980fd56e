/** The keys of the presenter's view: what each key does, depending on the state. */

/** @import { Setting } from "./run_keys.js" */

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
 * @property {number} runs how many runs there are
 * @property {boolean} text whether the lesson's text can be shown
 * @property {boolean} reads whether it is shown instead of the map
 */

/**
 * @typedef {"invite" | "blank" | "light" | "leave" | "next" | "previous"} Page
 * @typedef {Page | "run" | "again" | "nothing" | "help" | "text"} Plain
 * @typedef {{do: "select", run: number} | {do: "change", setting: Setting, by: 1 | -1} | {do: "move"}} RunAct
 * @typedef {{do: Plain} | {do: "choose", choice: number} | {do: "scene", scene: number} | RunAct} Act
 */

/** What changes a setting of the selected run, or of all: keys of which one is above the other. */
/** @type {Readonly<Record<string, { setting: Setting, by: 1 | -1 }>>} */
const CHANGES = {
  u: { setting: "lr", by: 1 },
  j: { setting: "lr", by: -1 },
  o: { setting: "momentum", by: 1 },
  l: { setting: "momentum", by: -1 },
  w: { setting: "steps", by: 1 },
  s: { setting: "steps", by: -1 },
};

/**
 * What a key does in the presenter's view.
 * @param {{name: string, repeated: boolean, shift?: boolean}} key its name, letters in lower case
 * @param {KeyState & {invited: boolean, blank: boolean, helped: boolean}} state `invited`: whether the invitation is
 *   open; `blank`: whether the screen is black; `helped`: whether the help sheet is open
 * @param {{text: boolean, list: boolean, button: boolean}} focus whether the focus is on a text field, on a list of
 *   choices, or on a button of the question
 * @returns {?Act} null if the key does nothing here: the page handles it
 */
export function actOf({ name, repeated, shift = false }, state, focus) {
  // A held B must not show the page again.
  if (state.blank) return { do: repeated ? "nothing" : "light" };
  if (focus.text) return null;
  if (name === "q") return { do: "invite" };
  // The open invitation covers the page and handles the other keys itself.
  if (state.invited) return null;
  if (name === "?") return { do: "help" };
  if (state.helped) return null;
  if (state.reads && (name === "Escape" || name === "t")) return { do: "text" };
  if (name === "t" && state.text) return { do: repeated ? "nothing" : "text" };
  if (name === "b") return { do: repeated ? "nothing" : "blank" };
  // Esc first closes an open list or the inside of a step.
  if (name === "Escape") return focus.list || state.inside ? null : { do: "leave" };
  if (name === "PageDown" || name === "PageUp") return turned(name === "PageDown" ? 1 : -1, state);
  if (name === "n" && state.after) return { do: "next" };
  if (name === "p" && state.before) return { do: "previous" };
  if (name === "a" && state.answered) return { do: repeated ? "nothing" : "again" };
  // The repeated events of a held Space do nothing: they would run right after the warning, or pause at the start.
  if (name === " " && repeated) return { do: "nothing" };
  if (!state.down) return state.reads ? null : runAct(name, shift, state.runs);
  // The inside of a step would take the room of the question.
  if (name === "i") return { do: "nothing" };
  if (/^[1-9]$/.test(name) && Number(name) <= state.choices) return { do: "choose", choice: Number(name) - 1 };
  return name === " " && !focus.button ? { do: "run" } : null;
}

/**
 * What a key does with the runs.
 * @param {string} name
 * @param {boolean} shift
 * @param {number} runs how many there are
 * @returns {?Act}
 */
function runAct(name, shift, runs) {
  if (/^[1-8]$/.test(name)) return Number(name) <= runs ? { do: "select", run: Number(name) - 1 } : null;
  if (Object.hasOwn(CHANGES, name)) return { do: "change", ...CHANGES[name] };
  return shift && name.startsWith("Arrow") ? { do: "move" } : null;
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
