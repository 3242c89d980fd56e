/**
 * The legend of a saved picture: the line, head, name and settings of every run, and what the map of basins shows, in
 * as many rows as needed.
 */

import { drawHead } from "./heads.js";
import { drawLine } from "./lines.js";

/** @import { Look } from "../../contract.js" */
/** @import { Theme } from "../../kit/types.js" */

const LETTERS = 13;
const LINE = 20;
const SAMPLE = 44;
const GAP = { text: 10, entry: 28 };
/** A sample of the map of basins, and the space after it. */
const SQUARE = { width: 20, height: 14, after: 4 };

/** A run has a look; an entry of the map of basins has samples, or text only. */
/** @typedef {{ text: string, look?: Look, samples?: HTMLCanvasElement[] }} Entry */
/** `x`, `y`: the left end of the first line's middle; `text`: the left end of the text. */
/** @typedef {{ x: number, y: number, text: number, lines: string[], entry: Entry }} Placed */

/** @param {Theme} theme */
function fontOf(theme) {
  return `${LETTERS * theme.scale}px ${theme.font}`;
}

/**
 * Place the entries from left to right, and in a further row where one does not fit; a text that is wider than the
 * picture takes several lines.
 * @param {Entry[]} entries
 * @param {number} width of the legend
 * @param {Theme} theme
 * @param {(text: string, font: string) => number} widthOf
 * @returns {{ placed: Placed[], height: number }}
 */
export function placeLegend(entries, width, theme, widthOf) {
  const font = fontOf(theme);
  const line = LINE * theme.scale;
  /** @type {Placed[]} */
  const placed = [];
  let [x, y, rows] = [0, 0, 0];
  for (const entry of entries) {
    const before = widthOfSamples(entry);
    const lines = wrap(entry.text, width - before, (part) => widthOf(part, font));
    const wide = before + Math.max(...lines.map((part) => widthOf(part, font)));
    if (x > 0 && x + wide > width) [x, y, rows] = [0, y + rows * line, 0];
    placed.push({ x, y: y + line / 2, text: x + before, lines, entry });
    rows = Math.max(rows, lines.length);
    x += wide + GAP.entry;
  }
  return { placed, height: y + rows * line };
}

/** The width of what is before the text of an entry. @param {Entry} entry */
function widthOfSamples({ look, samples = [] }) {
  if (look !== undefined) return SAMPLE + GAP.text;
  return samples.length * (SQUARE.width + SQUARE.after) + (samples.length === 0 ? 0 : SQUARE.after);
}

/**
 * Lines of whole words, none wider than `room` where words allow it.
 * @param {string} text
 * @param {number} room
 * @param {(text: string) => number} widthOf
 */
export function wrap(text, room, widthOf) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** @param {CanvasRenderingContext2D} context @param {Placed[]} placed @param {Theme} theme */
export function drawLegend(context, placed, theme) {
  for (const { x, y, text: left, lines, entry } of placed) {
    const { look, samples = [] } = entry;
    if (look !== undefined) {
      drawLine(context, { points: [x, y, x + SAMPLE, y], offset: 0 }, look, theme);
      drawHead(context, [x + SAMPLE - 8, y], look, theme);
    }
    samples.forEach((sample, at) => {
      const box = /** @type {const} */ ([x + at * (SQUARE.width + SQUARE.after), y - SQUARE.height / 2]);
      context.drawImage(sample, ...box, SQUARE.width, SQUARE.height);
      context.strokeStyle = theme.muted;
      context.lineWidth = 1;
      context.strokeRect(...box, SQUARE.width, SQUARE.height);
    });
    context.font = fontOf(theme);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillStyle = theme.ink;
    lines.forEach((text, index) => {
      context.fillText(text, left, y + index * LINE * theme.scale);
    });
  }
}
