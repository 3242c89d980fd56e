/** Draws a map of settings, or with one axis the curve of its measure: cells, lines of theory, best cells, axes. */

import { placeOf } from "../../kit/scales.js";
import { BasinPainting } from "./basins.js";
import { outline } from "./heads.js";
import { drawOrbits } from "./orbits.js";
import { fontOf, PlotAxes } from "./settings_axes.js";
import { View } from "./view.js";

/** @import { LimitLine, Look } from "../../contract.js" */
/** @import { Pixel, Range, Theme } from "../../kit/types.js" */
/** @import { Axis } from "../state/settings_axes.js" */
/** @import { Grid } from "../state/settings_map.js" */
/** @import { Orbits } from "../wire/orbit_frame.js" */
/** @import { Quantity } from "./orbits.js" */
/** @import { Painted, Scale } from "./basin_colors.js" */
/** @import { Labeled } from "./settings_axes.js" */

/** The space above and below a curve, as a part of its height; a curve of equal numbers lies in the middle. */
const PAD = 0.06;
/** Numbers that differ by less than this part are one level: the difference is rounding. */
const LEVEL = 1e-12;
/** The size of the star of a best cell, as a part of a head's, and where the number of a line is on it. */
const BEST = 0.8;
const NUMBERED = 0.8;

/** The curve of one axis: a number for each column, NaN where there is none. */
/**
 * The height over one setting. With `orbits` it has no line: the last positions are drawn instead.
 * @typedef {object} Curve
 * @property {ArrayLike<number>} numbers
 * @property {(Scale & { zeros?: boolean }) | null} scale
 * @property {string} title
 * @property {Look} look
 * @property {{ orbits: Orbits, quantity: Quantity } | null} [orbits]
 */
/**
 * What is drawn.
 * @typedef {object} Content
 * @property {Axis[]} axes
 * @property {string[]} titles of the axes
 * @property {[Range, Range]} window
 * @property {Grid | null} grid
 * @property {Painted | null} painted
 * @property {Curve | null} curve with one axis
 * @property {{ cell: [number, number], look: Look }[]} stars the best cells
 * @property {LimitLine[]} limits
 */

export class SettingsPlot {
  view = new View();
  /** The curve that is drawn. @type {Curve | null} */
  #curve = null;
  /** @type {[number, number]} */
  #heights = [0, 1];
  #painting = new BasinPainting();
  /** @type {unknown} */
  #taken = null;

  /**
   * Place the axes, for the present size.
   * @param {Content} content
   * @param {Theme} theme
   */
  #place({ axes, titles, window, curve }, theme) {
    const [across, up] = axes;
    this.#curve = curve;
    this.#heights = heightsOf(curve);
    const { scale } = curve ?? { scale: null };
    const log = scale?.log === true;
    const ends = this.#heights.map((end) => (log ? 10 ** end : end));
    /** @type {Labeled} */
    const height = { title: curve?.title ?? "", scale: "linear", range: [ends[0], ends[1]] };
    const upward = up === undefined ? height : { title: titles[1], scale: up.scale, range: up.range };
    this.view.setRanges(window[0], up === undefined ? this.#heights : window[1]);
    const labeled = up === undefined && log ? { ...upward, scale: /** @type {const} */ ("log") } : upward;
    return new PlotAxes(this.view, { title: titles[0], scale: across.scale, range: across.range }, labeled, theme);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Content} content
   * @param {Theme} theme
   * @param {number} ratio pixels for one CSS pixel
   */
  draw(context, content, theme, ratio) {
    const { view } = this;
    const axes = this.#place(content, theme);
    const { grid, painted, curve } = content;
    context.save();
    const { left, top, width, height } = view.area;
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    if (grid !== null && painted !== null) this.#cells(context, grid, painted, ratio);
    if (grid !== null && curve !== null) this.#line(context, grid, curve, theme);
    if (curve?.orbits) {
      const project = (/** @type {number} */ x, /** @type {number} */ y) => view.project(x, this.#height(y));
      const scales = { across: content.axes[0].scale, project, size: theme.scale };
      drawOrbits(context, curve.orbits.orbits, curve.orbits.quantity, curve.look.color, scales);
    }
    this.#limits(context, content, theme);
    if (grid !== null) this.#stars(context, grid, content, theme);
    context.restore();
    axes.draw(context, view, theme);
  }

  /** @param {CanvasRenderingContext2D} context @param {Grid} grid @param {Painted} painted @param {number} ratio */
  #cells(context, grid, painted, ratio) {
    if (this.#taken !== painted) this.#painting.take(grid, painted);
    this.#taken = painted;
    const [across, up] = grid.window;
    const rows = /** @type {Range} */ (this.#curve === null ? up : this.#heights);
    this.#painting.draw(context, this.view, [across, rows], ratio);
  }

  /** @param {CanvasRenderingContext2D} context @param {Grid} grid @param {Curve} curve @param {Theme} theme */
  #line(context, grid, { numbers, look }, theme) {
    context.lineJoin = "round";
    for (const [width, color] of /** @type {[number, string][]} */ ([
      [5, theme.page],
      [2.2, look.color],
    ])) {
      context.lineWidth = width * theme.scale;
      context.strokeStyle = color;
      context.beginPath();
      let drawn = false;
      for (let column = 0; column < grid.columns; column += 1) {
        const place = this.#height(numbers[column]);
        if (!Number.isFinite(place)) {
          drawn = false;
          continue;
        }
        const [px, py] = this.view.project(middle(grid.window[0], grid.columns, column), place);
        if (drawn) context.lineTo(px, py);
        else context.moveTo(px, py);
        drawn = true;
      }
      context.stroke();
    }
  }

  /** The place of a number of the curve on its axis; a zero on a logarithmic axis is at its lower end. */
  /** @param {number} number */
  #height(number) {
    if (this.#curve?.scale?.log !== true) return number;
    return number <= 0 ? this.#heights[0] : Math.log10(number);
  }

  /** @param {CanvasRenderingContext2D} context @param {Content} content @param {Theme} theme */
  #limits(context, { axes: [across, up], limits }, theme) {
    const { left, top, width, height } = this.view.area;
    limits.forEach(({ lines }, at) => {
      const drawn = lines.map((line) => line.map(([x, y]) => this.#pixel(across, up, x, y)));
      if (up === undefined) for (const line of drawn) line.splice(0, 1, [line[0][0], top + height], [line[0][0], top]);
      for (const line of drawn) stroke(context, line, theme);
      const inside = drawn
        .flat()
        .filter(([px, py]) => px > left && px < left + width && py >= top && py <= top + height);
      const label = inside[Math.floor(NUMBERED * (inside.length - 1))];
      if (label !== undefined) numberAt(context, label, at + 1, theme);
    });
  }

  /** @param {Axis} across @param {Axis | undefined} up @param {number} x @param {number} y */
  #pixel(across, up, x, y) {
    return this.view.project(placeOf(across.scale, x), up === undefined ? 0 : placeOf(up.scale, y));
  }

  /** @param {CanvasRenderingContext2D} context @param {Grid} grid @param {Content} content @param {Theme} theme */
  #stars(context, grid, { stars, curve }, theme) {
    for (const { cell, look } of stars) {
      const [row, column] = cell;
      const x = middle(grid.window[0], grid.columns, column);
      const y = curve === null ? middle(grid.window[1], grid.rows, row) : this.#height(curve.numbers[column]);
      if (!Number.isFinite(y)) continue; // the last positions are drawn instead of the curve
      outline(context, "star", this.view.project(x, y), BEST * theme.scale);
      context.lineJoin = "round";
      context.lineWidth = 4 * theme.scale;
      context.strokeStyle = theme.page;
      context.stroke();
      context.fillStyle = look.color;
      context.fill();
      context.lineWidth = theme.scale;
      context.strokeStyle = theme.ink;
      context.stroke();
    }
  }

  /**
   * The pixel of the handle; with one axis it is on the curve, or in a gap of the curve in the middle.
   * @param {number[]} places on the scales of the axes
   * @param {Grid | null} grid
   * @returns {Pixel}
   */
  handleAt([x, y], grid) {
    if (y !== undefined) return this.view.project(x, y);
    const [low, high] = this.#heights;
    const column = grid === null ? -1 : columnAt(grid, x);
    const number = this.#curve?.numbers[column];
    const height = number === undefined ? NaN : this.#height(number);
    return this.view.project(x, Number.isFinite(height) ? height : (low + high) / 2);
  }
}

/** @param {Grid} grid @param {number} x */
function columnAt({ window: [[low, high]], columns }, x) {
  return Math.floor((columns * (x - low)) / (high - low));
}

/** The middle of a cell. @param {Range} range @param {number} count @param {number} at */
function middle([low, high], count, at) {
  return low + ((high - low) * (at + 0.5)) / count;
}

/**
 * The range of the height of a curve: on a logarithmic scale powers of ten.
 * @param {Curve | null} curve
 * @returns {Range}
 */
function heightsOf(curve) {
  if (curve === null || curve.scale === null) return [0, 1];
  const { low, high, log } = curve.scale;
  const [bottom, top] = log ? [Math.log10(low), Math.log10(high)] : [low, high];
  const pad = top - bottom > Math.abs(top) * LEVEL ? PAD * (top - bottom) : Math.abs(top) * PAD || 1;
  return [bottom - pad, top + pad];
}

/** A dashed line with an edge. */
/** @param {CanvasRenderingContext2D} context @param {Pixel[]} pixels @param {Theme} theme */
function stroke(context, pixels, theme) {
  for (const [width, color, dash] of /** @type {[number, string, number[]][]} */ ([
    [4.5, theme.page, []],
    [1.8, theme.ink, [7, 4]],
  ])) {
    context.beginPath();
    for (const [px, py] of pixels) context.lineTo(px, py);
    context.setLineDash(dash);
    context.lineWidth = width * theme.scale;
    context.strokeStyle = color;
    context.stroke();
  }
  context.setLineDash([]);
}

/** The number of a line of theory, in a disk. */
/** @param {CanvasRenderingContext2D} context @param {Pixel} at @param {number} number @param {Theme} theme */
function numberAt(context, [px, py], number, theme) {
  context.beginPath();
  context.arc(px, py, 8.5 * theme.scale, 0, 2 * Math.PI);
  context.fillStyle = theme.page;
  context.fill();
  context.lineWidth = 1.2;
  context.strokeStyle = theme.ink;
  context.stroke();
  context.font = fontOf(theme);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = theme.ink;
  context.fillText(String(number), px, py + 0.5);
}
