/** The axes of the map: which ticks they have, and how wide the margins for their labels are. */

import { exact } from "../../kit/numbers.js";
import { nice } from "./ticks.js";

/** @import { Range } from "../../kit/types.js" */
/** @import { Margins, Ranges } from "./types.js" */

/** Size of the letters at scale 1, in pixels. */
export const LETTERS = 12;
/** Below this width the map has no color bar. */
export const NARROW = 520;
const LINE = 15;
const TICK = 5;
const GAP = 4;
/**
 * The left margin, in pixels; it fits most labels, so that the axes do not move when the surface or the zoom changes.
 */
const USUAL = 58;
const NARROWEST = 44;
/** A wider margin is a multiple of this many pixels wider, for the same reason. */
const NOTCH = 8;
const BAR = 20;
/** The largest number of ticks, and the least distance between two, as a multiple of the letters' size. */
const MOST = { x: 12, y: 8 };
const APART = { x: 4, y: 3 };
/** The distance between a label and a text beside it, as a multiple of the letters' size. */
const BESIDE = 0.4;

/**
 * @typedef {object} Ticks of one axis
 * @property {number[]} values
 * @property {string[]} texts
 */

/**
 * The ticks of both axes and the margins that their labels need.
 * @param {Ranges} ranges
 * @param {{ width: number, height: number, scale: number }} size of the picture
 * @param {string[] | null} bar the labels of the color bar; null: there is none, and the title of y is above its axis
 * @param {(text: string, size: number) => number} widthOf the width in pixels of a text in letters of a size
 * @returns {{ x: Ticks, y: Ticks, margins: Margins, beyond: number }} `beyond`: where a text beside the last label of
 *   x can begin, in pixels after the end of the axis
 */
export function layOut(ranges, { width, height, scale }, bar, widthOf) {
  const letters = LETTERS * scale;
  const widest = (/** @type {string[]} */ texts) => Math.max(0, ...texts.map((text) => widthOf(text, letters)));
  const b = TICK + GAP + 2 * LINE * scale;
  // The highest label is centered at its tick, so half of it may be above the end of the axis.
  const t = Math.ceil(letters / 2) + 2;
  const y = ticks(ranges.y, Math.min(MOST.y, (height - t - b) / (APART.y * letters)));
  const narrow = width < NARROW;
  const beside = TICK + GAP + widest(y.texts);
  const titled = notched(beside + LINE * scale + GAP, (narrow ? NARROWEST : USUAL) * scale);
  const l = bar === null ? beside : titled;
  const r = narrow || bar === null ? 0 : notched(BAR + 2 * GAP + widest(bar), 64 * scale);
  const x = spread(ranges.x, width - l - r, letters, widthOf);
  // The last label is centered at its tick, so half of it may be beyond the end of the axis.
  const half = widthOf(x.texts.at(-1) ?? "", letters) / 2;
  const margins = { l, r: Math.max(r, Math.ceil(half) + 2, 10), t, b };
  const [low, high] = ranges.x;
  const left = ((high - (x.values.at(-1) ?? low)) / (high - low)) * (width - l - margins.r);
  return { x, y, margins, beyond: half - left + BESIDE * letters };
}

/**
 * Ticks along x: as many as fit beside each other.
 * @param {Range} range
 * @param {number} room
 * @param {number} letters
 * @param {(text: string, size: number) => number} widthOf
 */
function spread(range, room, letters, widthOf) {
  let found = ticks(range, 2);
  for (let count = Math.min(MOST.x, room / (APART.x * letters)); count >= 2; count -= 1) {
    found = ticks(range, count);
    const wide = Math.max(0, ...found.texts.map((text) => widthOf(text, letters))) + letters;
    if (found.values.length * wide <= room) break;
  }
  return found;
}

/** @param {Range} range @param {number} count @returns {Ticks} */
function ticks([low, high], count) {
  const values = nice(low, high, Math.max(2, count));
  return { values, texts: values.map(exact) };
}

/** @param {number} needed @param {number} usual */
function notched(needed, usual) {
  return needed <= usual ? usual : usual + Math.ceil((needed - usual) / NOTCH) * NOTCH;
}
