/** The axes of the loss chart: linear or logarithmic, which losses they span, and where their ticks are. */

import { networkOf } from "../../kit/networks.js";
import { tick } from "../../kit/numbers.js";
import { LOSS } from "../wire/record.js";
import { logarithmic, nice } from "./ticks.js";

/** @import { Area } from "../../kit/types.js" */
/** @import { Margins, DrawnRun, DrawnWalk } from "./types.js" */

/** The top margin has room for the axis title and for the choice of scale, which would cover curves. @type {Margins} */
const MARGIN = { l: 46, r: 12, t: 22, b: 20 };
/** A run whose loss rises beyond this multiple of the start's height above the lowest loss is cut off at the top. */
const OFF_CHART = { linear: 3, log: 1000 };
/** If the losses of all runs rise beyond this multiple of that height, all of them count as diverged. */
const LOST = 1000;
/** Losses whose ratio is larger than this are shown on a log scale, unless the visitor has chosen. */
export const LOG_SPAN = 200;
/** A loss above minus this is taken for zero: the difference is rounding. */
export const ZERO = 1e-9;
/** About how many ticks the loss has. */
const TICKS = 4;

/** @typedef {"auto" | "linear" | "log"} Choice */
/** @typedef {{ width: number, height: number, scale: number, widthOf: (text: string) => number }} Room */
/**
 * @typedef {object} CurveAxis
 * @property {boolean} log
 * @property {number} base the loss that counts as zero on a logarithmic axis
 * @property {Area} plot
 * @property {{ value: number, text: string }[]} ticks of the loss
 * @property {(step: number) => number} x pixel of a step
 * @property {(loss: number) => number} y pixel of a loss; Infinity if a logarithmic axis has none for it, because its
 *   height is 0
 */

/**
 * The axes for the part of a walk that has arrived.
 * @param {DrawnWalk} walk
 * @param {number} floor the lowest known loss of the surface
 * @param {Choice} choice
 * @param {Room} room
 * @returns {CurveAxis}
 */
export function measure(walk, floor, choice, { width, height, scale, widthOf }) {
  const { log, base, low, high } = span(walk, floor, choice);
  const map = log ? (/** @type {number} */ loss) => Math.log10(loss - base) : (/** @type {number} */ loss) => loss;
  const [bottom, top] = [map(low), map(high)];
  // Losses that differ in their last digits only are drawn as one level: between them there are no round numbers.
  const level = !(top - bottom > Math.abs(top) * 1e-12);
  const pad = level ? Math.abs(top) * 0.05 || 0.5 : 0.06 * (top - bottom);
  const [y0, y1] = [bottom - pad, top + pad];
  const values = log ? logarithmic(y0, y1, TICKS) : nice(y0, y1, TICKS);
  const ticks = values.map((value) => ({ value: value + (log ? base : 0), text: tick(value) }));
  const left = Math.max(MARGIN.l * scale, ...ticks.map(({ text }) => widthOf(text) + 12 * scale));
  const [t, b] = [MARGIN.t * scale, MARGIN.b * scale];
  // The number of the last step is centered at its tick, so half of it may be beyond the end of the axis.
  const right = Math.max(MARGIN.r * scale, widthOf(String(walk.steps)) / 2 + 2);
  const plot = { left, top: t, width: Math.max(1, width - left - right), height: height - t - b };
  return {
    log,
    base,
    plot,
    ticks,
    x: (step) => plot.left + (plot.width * step) / Math.max(1, walk.steps),
    y: (loss) => plot.top + plot.height * (1 - (map(loss) - y0) / (y1 - y0)),
  };
}

/**
 * Which losses the chart spans, and on which scale.
 * @param {DrawnWalk} walk
 * @param {number} floor
 * @param {Choice} choice
 */
function span(walk, floor, choice) {
  const ends = walk.runs.filter((run) => run.last >= 0).map(extent);
  const low = Math.min(...ends.map((end) => end.low));
  // Without any finite loss the chart has an axis and no curves.
  if (!Number.isFinite(low)) return { log: false, base: 0, low: 0, high: 1 };
  const start = Math.max(...walk.runs.map((run) => run.at(0, LOSS)).filter(Number.isFinite), low);
  const room = Math.max(start - low, Math.abs(low) * 1e-9, 1e-12);
  const lowest = Math.min(floor, low);
  const highs = ends.map((end) => end.high);
  const least = Math.min(...highs);
  // All runs diverge: a log scale then spans all their losses.
  const lost = least > low + OFF_CHART.log * room && least - lowest > LOST * Math.max(start - lowest, room);
  /** @param {number} times */
  const below = (times) => {
    if (lost) return choice === "linear" ? start + times * Math.max(start - lowest, room) : Math.max(...highs);
    const fit = highs.filter((high) => high <= low + times * room);
    // If all runs rise beyond it, the chart spans the one that rises least.
    return Math.max(start, ...(fit.length > 0 ? fit : [least]));
  };
  // A log scale needs positive numbers: the losses themselves, or, if some are negative, their height above the lowest.
  const base = lowest < -ZERO ? lowest : 0;
  const positive = Math.min(...walk.runs.map((run) => leastAbove(run, base)));
  const spans = (below(OFF_CHART.log) - base) / Math.max(positive, 1e-300) > LOG_SPAN;
  const log = Number.isFinite(positive) && (choice === "log" || (choice === "auto" && (lost || (base === 0 && spans))));
  const high = below(log ? OFF_CHART.log : OFF_CHART.linear);
  if (!log) return { log, base, low, high };
  return { log, base, low: base + positive, high };
}

/** The lowest and highest finite loss of a run. @param {DrawnRun} run */
function extent(run) {
  let [low, high] = [Infinity, -Infinity];
  for (let step = 0; step <= run.last; step += 1) {
    const loss = run.at(step, LOSS);
    if (!Number.isFinite(loss)) continue;
    low = Math.min(low, loss);
    high = Math.max(high, loss);
  }
  return { low, high };
}

/**
 * The least positive difference between a run's losses and a floor.
 * @param {DrawnRun} run
 * @param {number} floor
 */
function leastAbove(run, floor) {
  let least = Infinity;
  for (let step = 0; step <= run.last; step += 1) {
    const height = run.at(step, LOSS) - floor;
    if (height > 0) least = Math.min(least, height);
  }
  return least;
}

/**
 * The column of the losses that are drawn thin and faint: of a network the validation loss, else with batches the loss
 * of the batch.
 * @typedef {"batch_loss" | "validation_loss"} ThinLosses
 * @param {Pick<DrawnWalk, "scenario">} walk
 * @returns {ThinLosses | null}
 */
export function thinLosses({ scenario }) {
  if (networkOf(scenario) !== null) return "validation_loss";
  return scenario.batch > 0 ? "batch_loss" : null;
}
