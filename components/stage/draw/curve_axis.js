/** The axes of the loss chart: linear or logarithmic, which losses they span, and where their ticks are. */

import { tick } from "../../kit/numbers.js";
import { LOSS } from "../wire/record.js";
import { logarithmic, nice } from "./ticks.js";

/** @import { Area } from "../../kit/types.js" */
/** @import { Margins, Track, Tracks } from "./types.js" */

/** Above the curves there is room for their name and for the choice of scale, which would hide them. @type {Margins} */
const MARGIN = { l: 46, r: 12, t: 22, b: 20 };
/** A run whose loss rises beyond this many times the height of the start leaves the chart at the top. */
const TOWER = { linear: 3, log: 1000 };
/** A loss that has risen beyond this many times the height of the start counts as lost. */
const CLIMB = 1000;
const LOG_SPAN = 200;
/** A loss this little below zero is zero, but for rounding. */
const ZERO = 1e-9;
/** How many ticks of the loss there are, about. */
const TICKS = 4;

/** @typedef {"auto" | "linear" | "log"} Choice */
/** @typedef {{ width: number, height: number, scale: number, widthOf: (text: string) => number }} Room */
/**
 * @typedef {object} CurveAxis
 * @property {boolean} log
 * @property {number} base what a logarithmic axis measures from
 * @property {Area} plot
 * @property {{ value: number, text: string }[]} ticks of the loss
 * @property {(step: number) => number} x pixel of a step
 * @property {(loss: number) => number} y pixel of a loss; not finite where it has none
 */

/**
 * The axes for the part of a walk that has arrived.
 * @param {Tracks} walk
 * @param {number} floor the lowest loss that is known of the surface
 * @param {Choice} choice
 * @param {Room} room
 * @returns {CurveAxis}
 */
export function measure(walk, floor, choice, { width, height, scale, widthOf }) {
  const { log, base, low, high } = span(walk, floor, choice);
  const map = log ? (/** @type {number} */ loss) => Math.log10(loss - base) : (/** @type {number} */ loss) => loss;
  const [bottom, top] = [map(low), map(high)];
  // Losses that differ in their last digits only are one level: an axis between them would have no round numbers.
  const level = !(top - bottom > Math.abs(top) * 1e-12);
  const pad = level ? Math.abs(top) * 0.05 || 0.5 : 0.06 * (top - bottom);
  const [y0, y1] = [bottom - pad, top + pad];
  const values = log ? logarithmic(y0, y1, TICKS) : nice(y0, y1, TICKS);
  const ticks = values.map((value) => ({ value: value + (log ? base : 0), text: tick(value) }));
  const left = Math.max(MARGIN.l * scale, ...ticks.map(({ text }) => widthOf(text) + 12 * scale));
  const [t, b] = [MARGIN.t * scale, MARGIN.b * scale];
  // A step's number is centered at its tick, and the last tick may lie at the end of the axis.
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
 * @param {Tracks} walk
 * @param {number} floor
 * @param {Choice} choice
 */
function span(walk, floor, choice) {
  const ends = walk.runs.filter((run) => run.last >= 0).map(extent);
  const low = Math.min(...ends.map((end) => end.low));
  // Not one finite loss: an axis without curves.
  if (!Number.isFinite(low)) return { log: false, base: 0, low: 0, high: 1 };
  const start = Math.max(...walk.runs.map((run) => run.at(0, LOSS)).filter(Number.isFinite), low);
  const room = Math.max(start - low, Math.abs(low) * 1e-9, 1e-12);
  const lowest = Math.min(floor, low);
  const highs = ends.map((end) => end.high);
  const least = Math.min(...highs);
  // All runs leave for good: then there is nothing to compare with, and the losses themselves are shown.
  const lost = least > low + TOWER.log * room && least - lowest > CLIMB * Math.max(start - lowest, room);
  /** @param {number} tower */
  const below = (tower) => {
    if (lost) return choice === "linear" ? start + tower * Math.max(start - lowest, room) : Math.max(...highs);
    const fit = highs.filter((high) => high <= low + tower * room);
    // Where all of them rise beyond it, the one that rises least is shown.
    return Math.max(start, ...(fit.length > 0 ? fit : [least]));
  };
  // A log scale shows ratios: of the loss itself where it stays above zero, else of its height above the lowest.
  const base = lowest < -ZERO ? lowest : 0;
  const positive = Math.min(...walk.runs.map((run) => leastAbove(run, base)));
  const spans = (below(TOWER.log) - base) / Math.max(positive, 1e-300) > LOG_SPAN;
  const log = Number.isFinite(positive) && (choice === "log" || (choice === "auto" && (lost || (base === 0 && spans))));
  const high = below(log ? TOWER.log : TOWER.linear);
  if (!log) return { log, base, low, high };
  return { log, base, low: base + (lost ? positive : Math.max(positive, (high - base) * 1e-12)), high };
}

/** The lowest and highest finite loss of a run. @param {Track} run */
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
 * The least height of a run's losses above a floor, of those that are above it.
 * @param {Track} run
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
