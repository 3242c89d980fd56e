/** The texts about the map of settings: how walks end for each pair of values of two settings. */

import { brief, exact } from "../kit/numbers.js";
import { basins } from "./basin_words.js";

/** The names of the settings that all runs share. @type {Readonly<Record<string, string>>} */
const shared = { x: "start x", y: "start y", batch: "batch", noise: "noise" };
/** @type {Readonly<Record<string, string>>} */
const scales = { log: ", log", complement: ", log distance from 1", linear: "" };

export const settings = {
  name: "Settings map",
  across: "Across",
  acrossHelp: "The setting along the horizontal axis",
  up: "Up",
  upHelp: "The setting along the vertical axis; none: the chart is a curve over one setting",
  none: "none",
  color: "Color",
  height: "Height",
  shows: {
    loss: "late loss",
    steps: "steps to arrive",
    outcome: "outcome",
    orbit_x: "last positions: x",
    orbit_y: "last positions: y",
    orbit_loss: "last losses",
  },
  /** @param {"x" | "y" | "loss"} quantity @param {number} last */
  orbitAxis: (quantity, last) => `${quantity} at the last ${last} positions`,
  /** @param {number} last */
  orbits: (last) => `Dots: the last ${last} positions of the walk with each value.`,
  /** @param {number} period @param {string} name @param {string} from @param {string} to */
  period: (period, name, from, to) =>
    `${period === 1 ? "at rest" : `period ${period}`}: ${name} ${from === to ? from : `${from} to ${to}`}`,
  morePeriods: "Further periods follow.",
  noPeriod: "Elsewhere the positions repeat after more than 16 steps, are still settling, or never repeat.",
  /** @param {number} seconds */
  orbitsLater: (seconds) => `The positions follow in ${seconds} s: the computing time for maps is used up.`,
  zoom: { in: "Zoom in (+)", out: "Zoom out (-)", whole: "Show the whole range (0)" },
  /** A setting in the lists. @param {string} name @param {string | null} run its run's name; null: shared by all */
  setting: (name, run) => (run === null ? shared[name] : `${run}: ${name.replaceAll("_", " ")}`),
  /** A setting in a sentence. @param {string} name */
  brief: (name) => shared[name] ?? name.replaceAll("_", " "),
  /** The title of an axis. @param {string} setting @param {string} scale */
  axis: (setting, scale) => `${setting}${scales[scale]}`,
  /** The title of the height of a curve. @param {string} shows */
  curveAxis: (shows) => (shows === "steps" ? "steps to arrive" : "late loss"),
  /** A logarithmic axis has no place for 0. */
  zeros: "At the bottom edge: a loss of 0.",
  /** A setting with its value. @param {string} setting @param {number} value */
  value: (setting, value) => `${setting} ${exact(value)}`,

  /**
   * The ends of the ramp.
   * @param {string} shows
   * @param {{ low: number, high: number, log: boolean, more?: boolean }} scale
   */
  ramp: (shows, { low, high, log, more = false }) =>
    shows === "steps"
      ? `arrives after ${low} to ${high}${more ? " or more" : ""} steps`
      : `late loss ${brief(low)} to ${brief(high)}${more ? " or more" : ""}${log ? ", log" : ""}`,
  kinds: basins.kinds,
  /** Two runs, one color each. @type {Record<string, (first: string, second: string) => string[]>} */
  cases: {
    outcome: (first, second) => ["both arrive at the global minimum", `only ${first}`, `only ${second}`, "neither"],
    steps: (first, second) => [
      "both at the same step",
      `${first} arrives sooner`,
      `${second} sooner`,
      "neither arrives",
    ],
    loss: (first, second) => [
      "equal late loss",
      `${first} has the lower late loss`,
      `${second} lower`,
      "both left the map or diverged",
    ],
  },
  /**
   * The best cell.
   * @param {string} run
   * @param {string} values
   * @param {string} measure
   * @param {boolean} part whether only a part of the range is shown
   */
  best: (run, values, measure, part) => `Best of ${run}${part ? " in this part" : ""}: ${values} (${measure})`,
  /**
   * With the best settings of each run, from how many of all starts it arrives at the global minimum.
   * @param {{ run: string, share: number }[]} runs
   */
  allStarts(runs) {
    const shares = runs.map(({ run, share }) => `${run} from ${Math.round(100 * share)} %`).join(", ");
    const most = Math.max(...runs.map(({ share }) => share));
    const first = runs.filter(({ share }) => share === most);
    const winner = runs.length > 1 && first.length === 1 ? ` Over all starts ${first[0].run} is ahead.` : "";
    return `With these best settings, of all starts on the map, the global minimum is reached by ${shares}.${winner}`;
  },
  /** The text of a best cell, which has a star on the chart. @param {string} text */
  star: (text) => `★ ${text}`,
  /** In the legend of a saved picture. */
  inPicture: "Below the map:",
  bestHelp: "Take these settings",
  noBest: { loss: "Every walk left the map or diverged.", steps: "No walk arrives at a minimum." },
  /** @param {number} steps */
  arrives: (steps) => `arrives at step ${steps}`,
  /** @param {number} loss */
  late: (loss) => `late loss ${brief(loss)}`,
  /** @param {{ run: string, tried: number }[]} runs @param {number} steps */
  budget: (runs, steps) =>
    `${runs.map(({ run, tried }) => `${tried} settings of ${run}`).join(", ")}, one walk of ${steps} steps each. ` +
    "Late loss: the worst loss of the last 5 % of the steps.",
  /** A line of theory in the legend. @param {number} number @param {string} sentence @param {string} source */
  limit: (number, sentence, source) => `Line ${number}: ${sentence} (${source.replace(/\.$/, "")}).`,
  /** @param {string} values */
  outside: (values) => `The present ${values} lies outside of the part that is shown.`,
  waiting: "The map is being computed.",
  network: "There is no map of settings for a network: its walks start from all its weights.",
  noAxes: "Choose a setting.",

  /** In the box under the pointer and for screen readers. */
  /** @param {string} run @param {string} kind @param {number | null} step from which the outcome holds */
  outcome: (run, kind, step) => `${run}: ${basins.kinds[kind]}${step === null ? "" : `, step ${step}`}`,
  /** The name of the handle. @param {string} values @param {string} outcomes those of the cell in which it is */
  handle: (values, outcomes) =>
    `${values}. ${outcomes === "" ? "" : `In this cell: ${outcomes}. `}Arrow keys move by one cell.`,
  chart: "How the walks end for each setting",
};
