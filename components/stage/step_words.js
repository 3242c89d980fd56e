/** Every string of the inside of a step: a part of the table in words.js. */

/** The inside of a step: the panel, its drawing on the map, its small curves. A lesson's flag. */
export const step = {
  region: "Inside one step",
  title: (/** @type {string} */ run, /** @type {number} */ number) =>
    `Inside ${run}: from step ${number - 1} to ${number}`,
  untitled: (/** @type {string} */ run) => `Inside a step of ${run}`,
  /** Of an optimizer whose record has no rule. @param {string} label */
  unwritten: (label) =>
    `The rule of ${label} is not written down line by line: its class takes the steps, and their parts are not known.`,
  close: "Close",
  closeHelp: "Close (Esc)",
  run: "Run",
  back: "‹ line",
  backHelp: "Previous line (comma)",
  on: "line ›",
  onHelp: "Next line (full stop)",
  all: "all",
  allHelp: "Show the whole step at once",
  lineButtons: "Lines of the step",
  lines: "The algorithm, line by line",
  invitation: "Point at a line to see what it does, or go through the step line by line.",
  /** The same in the presenter's view. */
  invitationByKeys: "Arrow up or down: choose a line and see what it does.",
  help: (/** @type {string} */ label, /** @type {string} */ help) =>
    `${label[0].toUpperCase()}${label.slice(1)}: ${help[0].toLowerCase()}${help.slice(1)}`,
  onMap: (/** @type {string} */ part) => `${part} on the map`,
  toggle: (/** @type {string} */ part) => `Show or hide on the map: ${part}`,
  wholeStep: "The whole step",
  step: "step",
  position: "position + step = new position",
  /** In the place of the step's numbers while a line before the last one is selected. */
  waiting: "The step has its numbers when the last line is reached.",
  /** In the place of a number that is not computed yet. */
  unknown: "…",
  times: (/** @type {string} */ name, /** @type {string} */ factor) => `${name} ×${factor}`,
  noise: "+ noise",
  batch: "(batch)",
  when: "if",
  otherwise: "otherwise",
  /** The names of the two weights. */
  axes: ["x", "y"],
  curves: "Every part of the step over time, for the first weight (solid) and the second (dashed)",
  /** @param {string[]} axes */
  curvesHelp: ([first, second]) =>
    `Solid: ${first}, dashed: ${second}. ` +
    "Effective step: how far the step goes along an axis for each unit of gradient or momentum.",
  rate: "effective step",
  range: (/** @type {string} */ low, /** @type {string} */ high) => `${low} to ${high}`,
  logRange: (/** @type {string} */ low, /** @type {string} */ high) => `${low} to ${high}, log`,
  lengths: {
    true: "at true length",
    times: (/** @type {string} */ factor) => `at ${factor} times true length`,
    parts: (/** @type {string[]} */ arrows, /** @type {string[]} */ boxes, /** @type {string} */ length) => {
      const asBoxes = boxes.length === 0 ? "" : `as boxes, ${boxes.join(", ")}`;
      return `${[arrows.join(", "), asBoxes].filter(Boolean).join(" and, ")} ${length}`;
    },
    step: (/** @type {string} */ length) => `the step ${length}`,
    /** @param {string[]} parts @param {boolean} ends whether the end of the step is marked */
    drawn: (parts, ends) =>
      `${parts.length === 0 ? "" : `On the map: ${parts.join("; ")}. `}` +
      `${ends ? "The dashed circle is where the step ends. " : ""}` +
      "Thin dashed arrows are the terms of the selected line, one after the other.",
    still: "The step is 0: the run does not move.",
    short: (/** @type {string} */ factor, /** @type {string} */ length) =>
      `The step is too short to be drawn, even ${factor} times longer: its length is ${length}.`,
    /** @param {string} name @param {string} factor @param {string} length */
    shortLine: (name, factor, length) =>
      `${name} is too short to be drawn, even ${factor} times longer: its length is ${length}.`,
    zeroLine: (/** @type {string} */ name) => `${name} is 0: there is nothing to draw.`,
    faint: (/** @type {string} */ names, /** @type {string} */ norm) =>
      `Too short to be drawn: ${names}. The gradient norm here is ${norm}.`,
  },
  flag: {
    placed: (/** @type {string} */ x, /** @type {string} */ y) => `Flag, at x ${x}, y ${y}. Arrow keys move it.`,
    waiting: "Flag, not placed yet. Arrow keys move it.",
  },
};
