/** What the cells of a map of basins are painted with: a tint, a hatch, or nothing, by what the color shows. */

import { KINDS } from "../../kit/outcomes.js";
import { casesOf, kindOf, minimumOf } from "../state/basin_shares.js";

/** @import { Look } from "../../contract.js" */
/** @import { Theme } from "../../kit/types.js" */
/** @import { Kind } from "../state/basin_shares.js" */
/** @import { Ends } from "../wire/frame.js" */
/** @import { HatchName } from "./hatches.js" */

/** What the color shows of one run. @typedef {"outcome" | "steps" | "loss"} Shows */
/** A way to paint a cell; `alpha` is that of the tint. */
/** @typedef {{ tint: string | null, alpha: number, hatch: { name: HatchName, color: string } | null }} Paint */
/** The paints of a map, and which one each cell has. @typedef {{ paints: Paint[], of: Uint16Array }} Painted */
/** The ends of a ramp as numbers, and whether it is logarithmic. */
/** @typedef {{ low: number, high: number, log: boolean, more?: boolean }} Scale */

/** Contour lines and colors of the ground are seen through a tint; a ramp hides more of the ground. */
const ALPHA = { tint: 0.34, ramp: 0.78 };
/** The outcomes that are hatched. @type {Readonly<Record<string, HatchName>>} */
const HATCHES = {
  left_the_map: "rising",
  diverged: "crossed",
  saddle: "dots",
  flat: "level",
  circling: "upright",
};
/** The outcomes without a tint. */
const BARE = ["left_the_map", "diverged", "still_moving"];
/** From low to high: its lightness rises, so it is read without hue. */
const RAMP = ["#440154", "#46327e", "#365c8d", "#277f8e", "#1fa187", "#4ac16d", "#a0da39", "#fde725"];
const LEVELS = 256;
/** A ramp is logarithmic if its numbers differ by more than this factor. */
const LOG = 100;
/** This share of the numbers decides how high a capped scale is, if the highest lies this many times beyond. */
const CAP = { share: 0.95, beyond: 10 };

/** @type {Paint} */
const NOTHING = { tint: null, alpha: 0, hatch: null };

/**
 * The paint of an outcome; with `style`, that of a minimum with this style.
 * @param {string} kind
 * @param {number | undefined} style
 * @param {Theme} theme
 * @returns {Paint}
 */
export function paintOf(kind, style, theme) {
  const hatch = HATCHES[kind] === undefined ? null : { name: HATCHES[kind], color: theme.ink };
  if (BARE.includes(kind)) return { ...NOTHING, hatch };
  return { tint: style === undefined ? theme.outcomes[kind] : theme.minima[style].color, alpha: ALPHA.tint, hatch };
}

/**
 * The paints of the four cases of two runs: both, only the first, only the second, neither.
 * @param {[Look, Look]} looks
 * @param {Theme} theme
 * @returns {Paint[]}
 */
export function paintsOfCases([first, second], theme) {
  /** @type {(look: Look, name: HatchName) => Paint} */
  const only = ({ color }, name) => ({ tint: color, alpha: 0.25, hatch: { name, color } });
  return [
    { tint: theme.muted, alpha: ALPHA.tint, hatch: null },
    only(first, "rising"),
    only(second, "falling"),
    NOTHING,
  ];
}

/**
 * Paint by outcome.
 * @param {Ends} ends
 * @param {readonly Kind[]} minima
 * @param {Theme} theme
 * @returns {Painted}
 */
export function byOutcome({ cells }, minima, theme) {
  const paints = Array.from({ length: KINDS.length + minima.length }, (_, cell) =>
    paintOf(kindOf(cell, minima), minimumOf(cell, minima)?.style, theme),
  );
  return { paints, of: Uint16Array.from(cells) };
}

/**
 * Paint by a number: the step at which a walk arrives at a minimum, or its final loss. Cells without the number have
 * the hatch of their outcome.
 * @param {Ends} ends
 * @param {readonly Kind[]} minima
 * @param {Theme} theme
 * @param {"steps" | "loss"} shows
 * @param {(numbers: Float64Array) => Scale | null} [scaled] chooses the scale
 * @returns {Painted & { scale: Scale | null }} no scale: no cell has the number
 */
export function byNumber(ends, minima, theme, shows, scaled = scaleOf) {
  const numbers = numbersOf(ends, shows);
  const scale = scaled(numbers);
  const outcomes = KINDS.map((kind) => ({ ...paintOf(kind, undefined, theme), tint: null }));
  const ramp = Array.from({ length: LEVELS }, (_, level) => ({
    tint: rampAt(level / (LEVELS - 1)),
    alpha: ALPHA.ramp,
    hatch: null,
  }));
  const of = Uint16Array.from(ends.cells, (cell, at) => {
    if (scale === null || Number.isNaN(numbers[at])) return KINDS.indexOf(kindOf(cell, minima));
    return KINDS.length + Math.round(shareOf(scale, numbers[at]) * (LEVELS - 1));
  });
  return { paints: [...outcomes, ...ramp], of, scale };
}

/**
 * Paint two runs by their cases.
 * @param {Ends[]} ends
 * @param {readonly Kind[]} minima
 * @param {[Look, Look]} looks
 * @param {Theme} theme
 * @returns {Painted & { cases: Uint8Array }}
 */
export function byCase(ends, minima, looks, theme) {
  const cases = casesOf(ends, minima);
  return { paints: paintsOfCases(looks, theme), of: Uint16Array.from(cases), cases };
}

/**
 * Paint two runs by which of them has the smaller number: as the four cases, where "both" are equal ones and "neither"
 * has a number.
 * @param {Ends[]} ends
 * @param {[Look, Look]} looks
 * @param {Theme} theme
 * @param {"steps" | "loss"} shows
 * @returns {Painted & { cases: Uint8Array }}
 */
export function byLess(ends, looks, theme, shows) {
  const [one, other] = ends.map((of) => numbersOf(of, shows));
  const cases = Uint8Array.from(one, (number, at) => {
    const rival = other[at];
    if (Number.isNaN(number) && Number.isNaN(rival)) return 3;
    if (number === rival) return 0;
    return number < rival || Number.isNaN(rival) ? 1 : 2;
  });
  return { paints: paintsOfCases(looks, theme), of: Uint16Array.from(cases), cases };
}

/**
 * The number of each cell; NaN where it has none: the steps of walks that arrive at no minimum, the losses of walks
 * that have left the map or diverged.
 * @param {Ends} ends
 * @param {"steps" | "loss"} shows
 */
export function numbersOf({ steps, losses, cells }, shows) {
  const out = ["left_the_map", "diverged"].map((kind) => KINDS.indexOf(kind));
  const minimum = ["global_minimum", "local_minimum"].map((kind) => KINDS.indexOf(kind));
  return Float64Array.from(cells, (cell, at) => {
    if (shows === "steps") return cell >= KINDS.length || minimum.includes(cell) ? steps[at] : NaN;
    return out.includes(cell) ? NaN : losses[at];
  });
}

/** @param {Float64Array} numbers @returns {Scale | null} */
export function scaleOf(numbers) {
  let [low, high] = [Infinity, -Infinity];
  for (const number of numbers) {
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return low > high ? null : { low, high, log: low > 0 && high / low > LOG };
}

/**
 * A scale on which the largest numbers have one color, if they are far beyond the others: `more` says that there are
 * some above `high`.
 * @param {Float64Array} numbers
 * @returns {Scale | null}
 */
export function cappedScaleOf(numbers) {
  const scale = scaleOf(numbers);
  if (scale === null) return null;
  const sorted = numbers.filter(Number.isFinite).sort();
  const high = sorted[Math.floor(CAP.share * (sorted.length - 1))];
  const span = high - scale.low;
  if (!(span > 0) || scale.high - scale.low <= CAP.beyond * span) return scale;
  return { low: scale.low, high, log: scale.low > 0 && high / scale.low > LOG, more: true };
}

/**
 * Where a number lies on a scale, from 0 to 1; above a scale with `more` it is 1.
 * @param {Scale} scale
 * @param {number} number
 */
function shareOf({ low, high, log }, number) {
  if (low === high) return 0;
  if (number > high) return 1;
  return log ? Math.log(number / low) / Math.log(high / low) : (number - low) / (high - low);
}

/** The color of the ramp at a share from 0 to 1. @param {number} share */
export function rampAt(share) {
  const at = Math.min(RAMP.length - 2, Math.floor(share * (RAMP.length - 1)));
  const part = share * (RAMP.length - 1) - at;
  const [from, to] = [channels(RAMP[at]), channels(RAMP[at + 1])];
  const mixed = from.map((channel, place) => Math.round(channel + (to[place] - channel) * part));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

/** Red, green and blue of a color as #rrggbb. @param {string} color */
export function channels(color) {
  return [1, 3, 5].map((place) => Number.parseInt(color.slice(place, place + 2), 16));
}
