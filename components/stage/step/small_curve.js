/** One small curve: a part of the step over time, along x and y. */

/** @import { Area, Theme } from "../../kit/types.js" */
/** @import { Plotted } from "./multiples.js" */

import { brief } from "../../kit/numbers.js";
import { thin, trace } from "../draw/thinning.js";
import { words } from "../words.js";

/** Sizes that span more than this ratio are shown on a log scale. */
const LOG_SPAN = 100;
const DASHES = [[], [4, 3]];
/** The height of the range where it is written below the name, in pixels. */
const LINE = 13;

export class SmallCurve {
  #shown;
  #axes;
  #room;
  #values;
  #steps;
  #log;
  /** The values at the bottom and at the top, on the scale that is drawn. */
  #range;
  /** The lowest and the highest value; null where there is none. */
  #ends;

  /**
   * @param {Plotted} shown
   * @param {Float64Array[]} values of x and y by step, from index 1
   * @param {Area} area on the canvas
   * @param {number} steps of the walk
   * @param {string[]} axes the names of both weights
   */
  constructor(shown, values, area, steps, axes) {
    this.#axes = axes;
    this.#shown = shown;
    this.#values = values;
    this.#room = area;
    /** The area of the curve itself, without a range below the name. */
    this.area = area;
    this.#steps = steps;
    const { low, high, positive } = extent(values);
    this.#log = shown.sizes && low >= 0 && high / positive > LOG_SPAN;
    const [bottom, top] = this.#log ? [positive, high] : [Math.min(low, 0), Math.max(high, 0)];
    this.#ends = low > high ? null : [bottom, top];
    const range = [this.#scaled(bottom), this.#scaled(top)];
    this.#range = range[1] > range[0] ? range : [range[0] - 0.5, range[0] + 0.5];
  }

  /** @param {number} value */
  #scaled(value) {
    return this.#log ? Math.log10(value) : value;
  }

  /** @param {number} step */
  x(step) {
    return this.area.left + (this.area.width * (step - 1)) / Math.max(1, this.#steps - 1);
  }

  /** @param {number} px */
  stepAt(px) {
    const share = Math.max(0, Math.min(1, (px - this.area.left) / this.area.width));
    return 1 + Math.round(share * (this.#steps - 1));
  }

  /** @param {number} value */
  #y(value) {
    const [low, high] = this.#range;
    return this.area.top + this.area.height * (1 - (this.#scaled(value) - low) / (high - low));
  }

  /**
   * Draw name, range, zero line and both curves.
   * @param {CanvasRenderingContext2D} context
   * @param {Theme} theme
   */
  paint(context, theme) {
    this.#title(context, theme);
    const { left, top, width, height } = this.area;
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    const zero = this.#log ? top + height : this.#y(0);
    context.beginPath();
    context.moveTo(left, zero);
    context.lineTo(left + width, zero);
    context.stroke();
    context.save();
    context.beginPath();
    context.rect(left - 1, top - 2, width + 3, height + 4);
    context.clip();
    for (const [axis, values] of this.#values.entries()) {
      context.setLineDash(DASHES[axis]);
      this.#line(context, values, theme);
    }
    context.restore();
    this.#names(context, theme);
  }

  /**
   * Write the name, and beside it the range. If there is no room beside it, the range is written below, and the curve
   * gets as much lower.
   * @param {CanvasRenderingContext2D} context
   * @param {Theme} theme
   */
  #title(context, theme) {
    const { left, top, width, height } = this.#room;
    context.textBaseline = "alphabetic";
    context.textAlign = "left";
    context.font = `600 ${13 * theme.scale}px ${theme.font}`;
    context.fillStyle = theme.inks[this.#shown.ink];
    context.fillText(this.#shown.name, left, top - 7);
    if (this.#ends === null) return;
    const after = left + context.measureText(`${this.#shown.name} `).width + 2;
    context.font = `${10.5 * theme.scale}px ${theme.font}`;
    context.fillStyle = theme.muted;
    const [low, high] = this.#ends.map(brief);
    const range = this.#log ? words.step.logRange(low, high) : words.step.range(low, high);
    if (context.measureText(range).width <= left + width - after) {
      context.fillText(range, after, top - 7);
      return;
    }
    const line = LINE * theme.scale;
    context.fillText(range, left, top - 7 + line);
    this.area = { left, top: top + line, width, height: height - line };
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Float64Array} values
   * @param {Theme} theme
   */
  #line(context, values, theme) {
    const y = (/** @type {number} */ step) => this.#y(values[step]);
    context.beginPath();
    trace(context, thin(y, 1, values.length - 1, this.area.width), (step) => this.x(step), y);
    context.lineWidth = 1.7;
    context.strokeStyle = theme.inks[this.#shown.ink];
    context.stroke();
  }

  /**
   * Write the names of the weights at the ends of their curves, with a distance between them also if the curves meet.
   * @param {CanvasRenderingContext2D} context
   * @param {Theme} theme
   */
  #names(context, theme) {
    const { left, top, width, height } = this.area;
    const ends = this.#values.map((values) => this.#y(values.findLast(Number.isFinite) ?? 0));
    if (!ends.every(Number.isFinite)) return;
    const apart = 10 * theme.scale;
    const within = (/** @type {number} */ py, /** @type {number} */ inset) =>
      Math.max(top + inset, Math.min(top + height - inset, py));
    const middle = within((ends[0] + ends[1]) / 2, apart / 2);
    const half = ends[0] <= ends[1] ? apart / 2 : -apart / 2;
    const isClose = Math.abs(ends[0] - ends[1]) < apart;
    const places = isClose ? [middle - half, middle + half] : ends.map((py) => within(py, 0));
    context.font = `${10.5 * theme.scale}px ${theme.font}`;
    context.fillStyle = theme.muted;
    context.textBaseline = "middle";
    for (const [axis, name] of this.#axes.entries()) context.fillText(name, left + width + 4, places[axis]);
  }

  /**
   * Draw the playhead at a step, and a dot on each curve.
   * @param {CanvasRenderingContext2D} context
   * @param {number} step
   * @param {Theme} theme
   */
  playhead(context, step, theme) {
    const { top, height } = this.area;
    const px = this.x(step);
    context.beginPath();
    context.moveTo(px, top);
    context.lineTo(px, top + height);
    context.lineWidth = 1;
    context.strokeStyle = theme.ink;
    context.stroke();
    for (const values of this.#values) {
      const py = this.#y(values[step]);
      if (!Number.isFinite(py)) continue;
      context.beginPath();
      context.arc(px, py, 3, 0, 2 * Math.PI);
      context.lineWidth = 2;
      context.strokeStyle = theme.page;
      context.fillStyle = theme.inks[this.#shown.ink];
      context.stroke();
      context.fill();
    }
  }
}

/**
 * The lowest and the highest finite value, and the lowest above zero; infinite where there is none.
 * @param {Float64Array[]} values
 */
function extent(values) {
  let [low, high, positive] = [Infinity, -Infinity, Infinity];
  for (const axis of values) {
    for (const value of axis.subarray(1)) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
      if (value > 0) positive = Math.min(positive, value);
    }
  }
  return { low, high, positive };
}
