/** Small curves: every part of the step over time, along x and y, and as the last the effective step. */

/** @import { Rule, RuleLine } from "../../contract.js" */
/** @import { Theme } from "../../kit/types.js" */
/** @import { Step } from "./step.js" */

import { contextOf, sharpen } from "../../kit/canvas.js";
import { words } from "../words.js";
import { AXES } from "./axes.js";
import { compute, spelled } from "./formula.js";
import { SmallCurve } from "./small_curve.js";

/** What a curve shows: a line of the rule, or the effective step if `line` is null. `sizes`: its values are lengths. */
/** @typedef {{line: ?RuleLine, ink: string, name: string, sizes: boolean}} Plotted */

const NARROWEST = 136;
const HEIGHT = 86;
const GAP = 14;
const MARGIN = { t: 20, b: 6, l: 2, r: 12 };

export class Multiples {
  #canvas;
  #scene = document.createElement("canvas");
  /** @type {unknown[]} */
  #built = [];
  /** @type {SmallCurve[]} */
  #curves = [];
  #width = 0;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
  }

  /**
   * Set the width. It is not read here, since reading it in a frame makes the browser lay out the page.
   * @param {number} width in CSS pixels
   */
  resize(width) {
    this.#width = width;
  }

  /**
   * The height of all curves of a rule, in CSS pixels.
   * @param {Rule} rule
   * @param {number} scale of letters and lines
   */
  height(rule, scale) {
    return Math.ceil(shown(rule).length / this.#columns(rule)) * HEIGHT * scale;
  }

  /**
   * The number of columns: as many as fit, with rows of about equal length.
   * @param {Rule} rule
   */
  #columns(rule) {
    const count = shown(rule).length;
    const most = Math.max(1, Math.floor((this.#width + GAP) / (NARROWEST + GAP)));
    return Math.ceil(count / Math.ceil(count / most));
  }

  /**
   * Draw the curves of the run that a step belongs to, with the playhead on the step.
   * @param {Step} step
   * @param {Rule} rule with the lines that have a curve
   * @param {Theme} theme
   */
  draw(step, rule, theme) {
    if (this.#width === 0) return;
    const { walk } = step;
    const height = this.height(rule, theme.scale);
    const emptied = sharpen(this.#canvas, this.#width, height);
    const state = [walk, walk.received, rule, theme, this.#width, window.devicePixelRatio];
    if (emptied || state.some((part, index) => part !== this.#built[index])) {
      this.#built = state;
      this.#build(step, rule, theme, height);
    }
    this.#show(step, theme, height);
  }

  /**
   * Draw every curve in full, on a canvas from which each frame is copied.
   * @param {Step} step
   * @param {Rule} rule
   * @param {Theme} theme
   * @param {number} height
   */
  #build(step, rule, theme, height) {
    sharpen(this.#scene, this.#width, height);
    const context = contextOf(this.#scene);
    context.clearRect(0, 0, this.#width, height);
    const columns = this.#columns(rule);
    const wide = (this.#width - GAP * (columns - 1)) / columns;
    const { scale } = theme;
    this.#curves = shown(rule).map((one, index) => {
      const [column, row] = [index % columns, Math.floor(index / columns)];
      const area = {
        left: column * (wide + GAP) + MARGIN.l,
        top: row * HEIGHT * scale + MARGIN.t * scale,
        width: wide - MARGIN.l - MARGIN.r * scale,
        height: (HEIGHT - MARGIN.t - MARGIN.b) * scale,
      };
      return new SmallCurve(one, series(one, step), area, step.walk.steps, step.axes);
    });
    for (const curve of this.#curves) curve.paint(context, theme);
  }

  /**
   * Draw the curves up to the playhead at full opacity and the rest pale, with a dot on each curve at the playhead.
   * @param {Step} step
   * @param {Theme} theme
   * @param {number} height
   */
  #show(step, theme, height) {
    const context = contextOf(this.#canvas);
    const ratio = this.#scene.width / this.#width;
    context.clearRect(0, 0, this.#width, height);
    context.drawImage(this.#scene, 0, 0, this.#width, height);
    for (const curve of this.#curves) {
      const { left, top, width, height: high } = curve.area;
      const x = curve.x(step.number);
      if (left + width > x) {
        const [y, w, h] = [top - 2, left + width - x + 2, high + 4];
        context.clearRect(x, y, w, h);
        context.globalAlpha = 0.28;
        context.drawImage(this.#scene, x * ratio, y * ratio, w * ratio, h * ratio, x, y, w, h);
        context.globalAlpha = 1;
      }
      curve.playhead(context, step.number, theme);
    }
  }

  /**
   * The position of the playhead that shows the step under a point of the canvas; null outside of the curves.
   * @param {number} px
   * @param {number} py
   */
  positionAt(px, py) {
    const curve = this.#curves.find(
      ({ area: { left, top, width, height } }) =>
        px >= left - GAP / 2 && px <= left + width + GAP && py >= top - 24 && py <= top + height + 8,
    );
    return curve === undefined ? null : curve.stepAt(px) - 1;
  }
}

/**
 * The lines of a rule that have a curve, and the effective step.
 * @param {Rule} rule
 * @returns {Plotted[]}
 */
function shown({ lines }) {
  const curves = lines
    .filter(({ drawn }) => drawn !== "number")
    .map((line) => ({
      line,
      ink: line.ink,
      name: line.key === "update" ? words.step.step : spelled(line.letter),
      sizes: line.drawn !== "arrow" && line.drawn !== "move",
    }));
  return [...curves, { line: null, ink: "other", name: words.step.rate, sizes: true }];
}

/**
 * The value of a line at every step that has one, for x and for y; index 0 is empty.
 * @param {Plotted} shown
 * @param {Step} step
 */
function series({ line }, step) {
  return AXES.map((axis) => {
    const values = new Float64Array(step.run.last + 1).fill(NaN);
    for (let number = 1; number <= step.run.last; number += 1) {
      const there = step.at(number);
      if (line === null) values[number] = compute(step.rule.rate, there.lookup(axis));
      else if (line.key === "update") values[number] = there.after(axis) - there.before(axis);
      else values[number] = there.part(line.key, axis);
    }
    return values;
  });
}
