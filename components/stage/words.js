/** Every string that the stage shows, by the room that shows it: the one file to translate. */

/** The stage itself. */
const stage = {};

/** The connection to the backend, and the address bar. */
const wire = {
  lost: "The connection is lost; trying to get it back.",
  busy: "The server is busy; trying again.",
  refused: "The server does not accept a connection from this page; trying again from time to time.",
  blocked: "The server answers, but no WebSocket to it opens: a proxy in between may not pass WebSockets on.",
  /** @param {number} status */
  noRules: (status) => `The rules of the optimizers did not load: the server answered ${status}.`,
};

/** What is remembered and played. */
const state = {
  /** @param {number} steps */
  steps: (steps) => `${steps} steps`,
  /** @param {string} position */
  start: (position) => `start ${position}`,
  /**
   * @param {string} hyperparameter
   * @param {string} value
   */
  value: (hyperparameter, value) => `${hyperparameter.replaceAll("_", " ")} ${value}`,
};

/** The map, the loss curve and the saved picture. */
const draw = {};

/** The inside of a step, and the names on the map. */
const step = {
  region: "Inside one step",
  title: (/** @type {string} */ run, /** @type {number} */ number) =>
    `Inside ${run}: from step ${number - 1} to ${number}`,
  untitled: (/** @type {string} */ run) => `Inside a step of ${run}`,
  close: "Close",
  closeHelp: "Close (I)",
  run: "Run",
  back: "‹ line",
  backHelp: "Previous line (comma)",
  on: "line ›",
  onHelp: "Next line (full stop)",
  all: "all",
  allHelp: "Show the whole step at once",
  walk: "Lines of the step",
  lines: "The algorithm, line by line",
  invitation: "Point at a line to see what it does, or go through the step line by line.",
  help: (/** @type {string} */ label, /** @type {string} */ help) =>
    `${label[0].toUpperCase()}${label.slice(1)}: ${help[0].toLowerCase()}${help.slice(1)}`,
  onMap: (/** @type {string} */ part) => `${part} on the map`,
  toggle: (/** @type {string} */ part) => `Show or hide on the map: ${part}`,
  wholeStep: "The whole step",
  step: "step",
  position: "position + step = new position",
  times: (/** @type {string} */ name, /** @type {string} */ factor) => `${name} ×${factor}`,
  noise: "+ noise",
  when: "if",
  otherwise: "otherwise",
  curves: "Every part of the step over time, along x (solid) and y (dashed)",
  curvesHelp:
    "Solid: x, dashed: y. Effective step: how far the step goes along an axis for each unit of gradient or momentum.",
  rate: "effective step",
  range: (/** @type {string} */ low, /** @type {string} */ high) => `${low} to ${high}`,
  logRange: (/** @type {string} */ low, /** @type {string} */ high) => `${low} to ${high}, log`,
  scales: {
    true: "at true length",
    times: (/** @type {string} */ factor) => `at ${factor} times true length`,
    parts: (/** @type {string[]} */ arrows, /** @type {string[]} */ boxes, /** @type {string} */ length) =>
      `${arrows.join(", ")}${boxes.length === 0 ? "" : ` and, as boxes, ${boxes.join(", ")}`} ${length}`,
    step: (/** @type {string} */ length) => `the step ${length}`,
    drawn: (/** @type {string[]} */ parts) =>
      `${parts.length === 0 ? "" : `On the map: ${parts.join("; ")}. `}The dashed ring is where the step ends. ` +
      "Thin dashed arrows are the terms of the line at work, head to tail.",
    still: "The step is 0: the run does not move.",
    short: (/** @type {string} */ factor, /** @type {string} */ length) =>
      `The step is too short to be drawn, even ${factor} times longer: its length is ${length}.`,
    faint: (/** @type {string} */ names, /** @type {string} */ norm) =>
      `Too short to be drawn: ${names}. The gradient norm here is ${norm}.`,
  },
  start: "start",
  flag: {
    placed: (/** @type {string} */ x, /** @type {string} */ y) => `Flag, at x ${x}, y ${y}. Arrow keys move it.`,
    waiting: "Flag, not placed yet. Arrow keys move it.",
  },
};

/** What the visitor presses, and the runs' cards. */
const controls = {};

export const words = { stage, wire, state, draw, step, controls };
