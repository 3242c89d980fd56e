/** The axes of a map of settings: ticks on the scale of each setting, margins for their labels, titles. */

import { exact, tick } from "../../kit/numbers.js";
import { complements, placeOf } from "../../kit/scales.js";
import { words } from "../words.js";
import { logarithmic, nice } from "./ticks.js";
import { widthOf } from "./widths.js";

/** @import { Scale } from "../../kit/scales.js" */
/** @import { Range, Theme } from "../../kit/types.js" */
/** @import { View } from "./view.js" */

const LETTERS = 11;
const LINE = 15;
const GAP = 5;
/** The least distances of ticks, as a multiple of the letters' size. */
const APART = { x: 5, y: 2.2 };
const texts = words.settings;

/** What an axis shows: its title, its scale, and the values at its ends. */
/** @typedef {{ title: string, scale: Scale, range: Range }} Labeled */
/** A tick: its place on the scale, and its label. @typedef {{ place: number, text: string }} Tick */

/** @param {Labeled} axis @param {number} count about how many @returns {Tick[]} */
export function ticksOf({ scale, range: [low, high] }, count) {
  const least = Math.max(2, count);
  const values =
    scale === "complement"
      ? complements(low, high, least)
      : scale === "log"
        ? powers(low, high, least)
        : nice(low, high, least);
  const text = scale === "log" ? tick : exact;
  return values.map((value) => ({ place: placeOf(scale, value), text: text(value) }));
}

/** Powers of ten; if there are fewer than three, also 2 and 5 times these. */
/** @param {number} low @param {number} high @param {number} count */
function powers(low, high, count) {
  const found = logarithmic(Math.log10(low), Math.log10(high), count);
  if (found.length > 2 || high / low > 1000) return found;
  const from = Math.floor(Math.log10(low));
  const more = Array.from({ length: 4 }, (_, at) => [1, 2, 5].map((digit) => Number(`${digit}e${from + at}`))).flat();
  const inside = more.filter((value) => value >= low && value <= high);
  return inside.length > found.length ? inside : found;
}

/** @param {Theme} theme */
export function fontOf(theme) {
  return `${LETTERS * theme.scale}px ${theme.font}`;
}

export class PlotAxes {
  #x;
  #y;
  #across;
  #up;

  /**
   * Choose the ticks, and set the margins of the view.
   * @param {View} view with its size and its ranges
   * @param {Labeled} across
   * @param {Labeled} up
   * @param {Theme} theme
   */
  constructor(view, across, up, theme) {
    const letters = LETTERS * theme.scale;
    const font = fontOf(theme);
    this.#across = across;
    this.#up = up;
    const b = GAP + 2 * LINE * theme.scale;
    const t = (LINE + LETTERS / 2) * theme.scale + 2;
    this.#y = ticksOf(up, (view.height - t - b) / (APART.y * letters));
    const l = Math.ceil(Math.max(28, ...this.#y.map(({ text }) => widthOf(text, font) + 2 * GAP)));
    this.#x = ticksOf(across, (view.width - l) / (APART.x * letters));
    const last = this.#x.at(-1);
    view.setMargins({ l, r: Math.max(10, last === undefined ? 0 : Math.ceil(widthOf(last.text, font) / 2) + 2), t, b });
  }

  /** @param {CanvasRenderingContext2D} context @param {View} view @param {Theme} theme */
  draw(context, view, theme) {
    const { left, top, width, height } = view.area;
    const foot = top + height;
    context.font = fontOf(theme);
    context.fillStyle = theme.muted;
    context.strokeStyle = theme.muted;
    context.lineWidth = 1;
    context.textBaseline = "middle";
    context.textAlign = "center";
    let free = -Infinity;
    for (const { place, text } of this.#x) {
      const [px] = view.project(place, 0);
      line(context, px, foot, px, foot + GAP);
      const half = widthOf(text, context.font) / 2;
      if (px - half < free) continue; // labels on the scale of momentum may be closer than the others
      free = px + half + GAP;
      context.fillText(text, px, foot + GAP + (LINE / 2) * theme.scale);
    }
    context.textAlign = "right";
    free = Infinity;
    for (const { place, text } of this.#y) {
      const [, py] = view.project(0, place);
      line(context, left - GAP + 1, py, left, py);
      if (py > free) continue;
      free = py - LETTERS * theme.scale;
      context.fillText(text, left - GAP - 1, py);
    }
    context.strokeRect(Math.round(left) + 0.5, Math.round(top) + 0.5, Math.round(width) - 1, Math.round(height) - 1);
    context.textAlign = "left";
    context.fillText(texts.axis(this.#up.title, this.#up.scale), 2, top - (LETTERS / 2 + LINE / 2) * theme.scale);
    context.textAlign = "right";
    const title = texts.axis(this.#across.title, this.#across.scale);
    context.fillText(title, left + width, foot + GAP + 1.5 * LINE * theme.scale);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} toX
 * @param {number} toY
 */
function line(context, x, y, toX, toY) {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(toX, toY);
  context.stroke();
}
