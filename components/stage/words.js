/** Every string that the stage shows, by the folder of the code that shows it. A translation is one such file. */

import { brief, exact } from "../kit/numbers.js";
import { basins } from "./basin_words.js";
import { batch } from "./batch_words.js";
import { takeHome } from "./export_words.js";
import { fan } from "./fan_words.js";
import { settings } from "./settings_words.js";
import { step } from "./step_words.js";

/** The stage itself. */
const stage = {
  name: "Stage",
  tools: "Map",
  cards: "Runs",
  scale: "Scale of the loss",
  scales: { auto: "scale: auto", linear: "scale: linear", log: "scale: log" },
  /** In the place of the map, until it is there. */
  mapWaits: "The map is being computed.",
  /** Below the map, before a lesson's question has been answered. */
  curveHidden: "The loss is drawn here when the runs start.",
  /** In a frame: the link that opens the picture in a window of its own. */
  large: "Open it large",
  /** The button that opens the controls on a phone. */
  openControls: "Controls",
  hint: {
    mouse:
      "Click the map to set the start, or drag the ring. After that, the keys ← and → go one step back or " +
      "forward. To move the start with the arrow keys, press Tab first.",
    finger: "Tap the map to set the start, or drag the ring. Two fingers move and zoom the map.",
  },
  ring: "The arrow keys move the start, with Shift ten times as far. Press Esc to change the step with them again.",
  reload: (/** @type {string} */ sentence) => `${sentence} Reload the page to try again.`,
};

/** The connection to the backend, and the address bar. */
const wire = {
  lost: "The connection is lost; trying to get it back.",
  busy: "The server is busy; trying again.",
  refused: "The server refuses the connection of this page. The page tries again from time to time.",
  blocked: "The server answers, but no WebSocket opens. A proxy between this page and the server may block WebSockets.",
  /** @param {number} status */
  noRules: (status) => `The rules of the optimizers did not load: the server answered ${status}.`,
};

/** The change that advice proposes, in words. */
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

/** The map, the loss chart and the saved picture. */
const draw = {
  start: "start",
  /** The name of the start's ring. @param {string} x @param {string} y */
  handle: (x, y) => `Start at x ${x}, y ${y}. Arrow keys move it.`,
  startOff: "start: outside of the map",
  turnsBack: "turns back",
  end: "end",
  ends: "ends",
  /** @param {string} run @param {string} what the run does at a mark: `turnsBack` or `ends` */
  ofRun: (run, what) => `${run} ${what}`,
  /**
   * @param {boolean} log
   * @param {number} base the loss that counts as zero on a log scale
   */
  lossAxis: (log, base) => `${log && base !== 0 ? `loss above ${brief(base)}` : "loss"}, ${log ? "log" : "linear"}`,
  noLibrary: "The chart library did not load.",
  /** @param {number} status of the server's answer */
  noMap: (status) => `The map did not load: the server answered ${status}.`,
  noMapYet: "The map is not loaded yet. Try again in a moment.",
  noPicture: "The browser did not make the picture.",
  /** The name of a typed formula in a title. @param {string} text */
  formula: (text) => {
    const typed = text.replace(/\s+/g, " ").trim();
    return `f(x, y) = ${typed.length > 60 ? `${typed.slice(0, 60)} …` : typed}`;
  },
  /** The title of a saved picture. @param {string} surface @param {number} step @param {number} steps */
  pictureTitle: (surface, step, steps) => `${surface}, after ${step} of ${steps} steps`,
  /** The title of a picture of the map and the start only. @param {string} surface */
  pictureOfStart: (surface) => `${surface}, before the first step`,
  /** One run in the legend of a picture. @param {string} run @param {string} settings */
  legend: (run, settings) => (settings === "" ? run : `${run}, ${settings}`),

  // For screen readers.
  /** @param {string} surface */
  map: (surface) => `Map of the loss: ${surface}`,
  /** @param {[number, number]} x @param {[number, number]} y @param {[string, string]} [names] of both axes */
  mapRanges: (x, y, [first, second] = ["x (weight 1)", "y (weight 2)"]) =>
    `${first} from ${exact(x[0])} to ${exact(x[1])}, ${second} from ${exact(y[0])} to ${exact(y[1])}.`,
  /** @param {number} x @param {number} y @param {boolean} off whether it lies outside of the map */
  mapStart: (x, y, off) =>
    `The start, x ${exact(x)}, y ${exact(y)}, ${off ? "lies outside of the map" : "is marked with a ring"}.`,
  curve: "Loss over the steps",
  /** @param {number} steps @param {boolean} log */
  curveAxes: (steps, log) => `${steps} steps, ${log ? "logarithmic" : "linear"} scale.`,
  /** @param {string} run @param {number} first @param {number} last */
  curveRun: (run, first, last) => `${run}: from ${brief(first)} to ${brief(last)}.`,
  /** @param {string} run @param {string} outcome */
  runOutcome: (run, outcome) => `${run} ${outcome}.`,
};

/** The picture of the model and its data. */
const model = {
  residuals: "residuals",
  residualsHelp: "Show the residuals: from each target to what the model predicts",
  /** @param {string} label @param {string} unit */
  axis: (label, unit) => (unit === "" ? label : `${label} (${unit})`),
  /** @param {string} name of the class */
  probability: (name) => `probability: ${name}`,
  /** @param {string} name of the class */
  output: (name) => `output of the model: ${name}`,

  // For screen readers.
  /** @param {string} data */
  picture: (data) => `The models and their data: ${data}`,
  /** @param {number} count @param {string} row what one example is @param {string[]} axes */
  examples: (count, row, axes) => `${count} examples, each ${row}: ${axes.join(", ")}.`,
  /** @param {string} run @param {string} input @param {[number, number]} low @param {[number, number]} high */
  curve: (run, input, low, high) =>
    `${run}: predicts ${brief(low[1])} at ${input} ${brief(low[0])}, ${brief(high[1])} at ${input} ${brief(high[0])}.`,
  /** @param {string} run @param {number} hits @param {number} count */
  hits: (run, hits, count) => `${run}: predicts the class of ${hits} of ${count} examples.`,
};

/** The controls, the runs' cards and the box under the pointer. */
const controls = {
  transport: {
    name: "Playback",
    play: "Play",
    pause: "Pause",
    toggle: "Play or pause (space)",
    back: "One step back",
    backTitle: "One step back (left arrow)",
    forward: "One step forward",
    forwardTitle: "One step forward (right arrow)",
    step: "Step",
    scrubber: "Which step is shown. Dark: played; pale: computed",
    speed: "Speed",
    instant: "instant",
    loop: "Loop",
    loopTitle: "Start again after the last step",
    restart: "Restart",
    restartTitle: "Play from the start (R)",
    count: (/** @type {number} */ step, /** @type {number} */ steps) => `${step} of ${steps}`,
    /** @param {number} every how many epochs lie between two ticks */
    ticks: (every) => (every === 1 ? "Ticks: each epoch" : `Ticks: every ${every} epochs`),
    epoch: (/** @type {number} */ epoch, /** @type {number} */ batch) => `epoch ${epoch}, batch ${batch}`,
    epochLong: (/** @type {number} */ epoch, /** @type {number} */ batch, /** @type {number} */ batches) =>
      `epoch ${epoch}, batch ${batch} of ${batches}`,
    countLong: (/** @type {number} */ step, /** @type {number} */ steps) => `step ${step} of ${steps}`,
  },
  tools: {
    in: "Zoom in",
    out: "Zoom out",
    home: "Show the whole map",
    pan: "Move the map: dragging moves the map, not the start",
    link: "Copy the link to these settings",
    save: "Download the picture (PNG)",
    svg: "Download the picture as vector graphics (SVG)",
    take: takeHome.open,
    model: "Show or hide the models with their data",
    batch: "Choose what the map shows of a step's examples: gradients, loss of the batch, steps with other batches",
    basins: "Basins of attraction: show where a walk from each point of the map ends",
    settings: "Settings map: show how the walks end for each pair of values of two settings, such as lr and momentum",
    seeds: "64 seeds: show how the walks end if chance decides otherwise",
    show: "Show: basins of attraction, settings map, seeds, data",
    shown: {
      basins: "Basins of attraction",
      settings: "Settings map",
      seeds: "64 seeds",
      model: "Models and data",
      batch: "Examples of a step",
    },
    copied: "Link copied.",
  },
  rows: {
    position: "x, y",
    loss: "loss",
    gradient: "gradient norm",
    distance: "path length",
    step: "step",
    batchLoss: "batch loss",
    batch: "epoch, batch",
  },
  help: {
    position: "Position",
    loss: "Loss at this position",
    gradient: "Gradient norm: the length of the gradient that the optimizer receives here",
    distance: "The sum of all step lengths so far",
    step: "Steps taken so far. A run that has diverged takes no further step.",
    batchLoss:
      "Loss of the batch at this position: the mean over its examples. The loss is the mean over all examples.",
    batch: "The epoch and the batch in it to which the gradient here belongs; the next step uses this gradient",
  },
  card: {
    missing: "–",
    hidden: "hidden",
    show: "Show this run",
    hide: "Hide this run",
    look: (/** @type {string} */ name) => `Look inside a step of ${name}`,
    lookTitle: "Look inside a step (I: one run after the other)",
    /** @param {string} predicted @param {string} measured */
    spread: (predicted, measured) => `spread by noise: predicted ${predicted}, measured ${measured}`,
    spreadHelp:
      "The standard deviation around the minimum along the two main axes: by a formula, and over the last half of " +
      "the steps. The dotted ellipse shows two predicted standard deviations.",
    /** @param {string} first @param {string} second */
    deviations: (first, second) => `${first} and ${second}`,
  },
  /** The button that applies advice. All runs share one start and one number of steps. */
  advice: {
    value: "Try it",
    start: "Move the start of all runs",
    steps: "Set the steps of all runs",
    full: (/** @type {string} */ label, /** @type {string} */ change, /** @type {string} */ name) =>
      `${label}: ${change} (${name})`,
  },
  data: {
    add: "add a point",
    addHelp: "Add an example in the middle; a double click or a long press in the picture adds one there",
    remove: "remove",
    removeHelp: "Remove the selected example (Delete)",
    /** @param {string} name */
    toClass: (name) => `change to ${name}`,
    toClassHelp: "Change the class of the selected example (C)",
    reset: "reset the data",
    /** @param {number} most */
    full: (most) => `There can be at most ${most} examples.`,
    /** @param {number} fewest */
    few: (fewest) => `At least ${fewest} examples must remain.`,
    offMap: "With these data no minimum lies on the map.",
    notCarried: "The link does not carry these data: they are too many. Who opens it sees the original data.",
    /** @param {number} number @param {number} count @param {string[]} values @param {boolean} hasClass */
    example: (number, count, values, hasClass) =>
      `Example ${number} of ${count}: ${values.join(", ")}. Arrow keys move it, Page Up and Page Down select ` +
      `another one, Delete removes it${hasClass ? ", C changes its class" : ""}.`,
  },
  ranking: {
    global_minimum: (/** @type {string} */ names, /** @type {number} */ step) =>
      `First at the global minimum: ${names}, step ${step}`,
    local_minimum: (/** @type {string} */ names, /** @type {number} */ step) =>
      `First at a local minimum: ${names}, step ${step}`,
    none: "First at a minimum: none",
    lowest: (/** @type {string} */ names, /** @type {string} */ loss) => `Lowest loss: ${names}, ${loss}`,
    and: " and ",
    comma: ", ",
    together: (/** @type {string} */ label, /** @type {string} */ numbers) => `${label} (runs ${numbers})`,
  },
  hover: {
    step: (/** @type {string} */ name, /** @type {number} */ step) => `${name}, step ${step}`,
    point: (/** @type {string} */ x, /** @type {string} */ y) => `at x ${x}, y ${y}`,
    arrow: "arrow: downhill, against the gradient",
    level: "no downhill direction here",
  },
};

export const words = { stage, wire, state, draw, model, step, batch, basins, settings, fan, takeHome, controls };
