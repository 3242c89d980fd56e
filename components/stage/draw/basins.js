/**
 * Paints a map of basins: one pixel of a small canvas for each cell, which is the walk from its middle, and that canvas
 * enlarged to where the view has its window. Hatches have the same size at any number of cells.
 */

import { contextOf } from "../../kit/canvas.js";
import { channels, rampAt } from "./basin_colors.js";
import { tileOf } from "./hatches.js";

/** @import { Size } from "../state/cell_map.js" */
/** @import { Paint, Painted } from "./basin_colors.js" */
/** @import { Projection } from "./types.js" */

/** The size of a sample in a legend, in CSS pixels, and the colors of the sample of a ramp. */
const SAMPLE = { width: 20, height: 14 };
const RAMP_COLORS = 64;

/** @typedef {NonNullable<Paint["hatch"]>} Hatch */
/** Numbers of an ImageData. @typedef {Uint32Array<ArrayBuffer>} Numbers */
/** The pixels of a map, the highest row first: the tints, and for each hatch where it is. */
/** @typedef {{ tints: Numbers, masks: { hatch: Hatch, pixels: Numbers }[] }} Pixels */

/**
 * The pixels of a map, as numbers of an ImageData.
 * @param {Pick<Size, "rows" | "columns">} size
 * @param {Painted} painted
 * @returns {Pixels}
 */
export function pixelsOf({ rows, columns }, { paints, of }) {
  const tint = Uint32Array.from(paints, ({ tint: color, alpha }) => (color === null ? 0 : pixel(color, alpha)));
  const tints = new Uint32Array(rows * columns);
  const hatches = [...new Set(paints.flatMap(({ hatch }) => (hatch === null ? [] : [`${hatch.name} ${hatch.color}`])))];
  const place = paints.map(({ hatch }) => (hatch === null ? -1 : hatches.indexOf(`${hatch.name} ${hatch.color}`)));
  /** @type {Pixels["masks"]} */
  const found = [];
  for (let row = 0; row < rows; row += 1) {
    const from = row * columns;
    const to = (rows - 1 - row) * columns;
    for (let column = 0; column < columns; column += 1) {
      const paint = of[from + column];
      tints[to + column] = tint[paint];
      const { hatch } = paints[paint];
      if (hatch === null) continue;
      found[place[paint]] ??= { hatch, pixels: new Uint32Array(rows * columns) };
      found[place[paint]].pixels[to + column] = 0xffffffff;
    }
  }
  return { tints, masks: found.filter(Boolean) };
}

/** A color as a number of an ImageData. @param {string} color @param {number} alpha */
function pixel(color, alpha) {
  return new Uint32Array(new Uint8ClampedArray([...channels(color), Math.round(255 * alpha)]).buffer)[0];
}

export class BasinPainting {
  /** The canvases of the map that was painted last: that of the tints, and one for each hatch. */
  #cells = canvas();
  /** @type {{ hatch: Hatch, canvas: HTMLCanvasElement }[]} */
  #masks = [];
  #scratch = canvas();
  #whole = canvas();

  /**
   * Take the cells of a map, or of some of its rows: the lowest ones first, then those above them.
   * @param {Pick<Size, "rows" | "columns">} size
   * @param {Painted} painted of the rows
   * @param {number} first the number of rows below them
   */
  take({ rows, columns }, painted, first = 0) {
    const count = painted.of.length / columns;
    const { tints, masks } = pixelsOf({ rows: count, columns }, painted);
    const spare = first === 0 ? this.#masks.splice(0) : [];
    if (first === 0) resized(this.#cells, columns, rows);
    const top = rows - first - count;
    put(this.#cells, tints, columns, top);
    for (const { hatch, pixels } of masks) {
      let mask = this.#masks.find(({ hatch: { name, color } }) => name === hatch.name && color === hatch.color);
      if (mask === undefined) {
        mask = { hatch, canvas: spare.pop()?.canvas ?? canvas() };
        resized(mask.canvas, columns, rows);
        this.#masks.push(mask);
      }
      put(mask.canvas, pixels, columns, top);
    }
  }

  /**
   * Draw the lowest rows of the map in place of what is drawn there.
   * @param {CanvasRenderingContext2D} context
   * @param {Projection} view
   * @param {Size} size
   * @param {number} count
   * @param {number} ratio pixels for one CSS pixel
   */
  drawRows(context, view, { window: [[x0, x1], [y0, y1]], rows }, count, ratio) {
    const [left, edge] = view.project(x0, y0 + ((y1 - y0) * count) / rows);
    const [right, bottom] = view.project(x1, y0);
    const top = Math.ceil(edge * ratio) / ratio; // a whole pixel: an edge within a pixel would show both maps there
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.clearRect(left, top, right - left, bottom - top);
    this.draw(
      context,
      view,
      [
        [x0, x1],
        [y0, y1],
      ],
      ratio,
    );
    context.restore();
  }

  /**
   * Draw the map where a view has its window.
   * @param {CanvasRenderingContext2D} context
   * @param {Projection} view
   * @param {Size["window"]} window
   * @param {number} ratio pixels for one CSS pixel
   */
  draw(context, view, [[x0, x1], [y0, y1]], ratio) {
    const { left, top, width, height } = view.area;
    const [px, py] = view.project(x0, y1);
    const [qx, qy] = view.project(x1, y0);
    const box = [px - left, py - top, qx - px, qy - py].map((length) => length * ratio);
    const whole = resized(this.#whole, width * ratio, height * ratio);
    place(whole, this.#cells, box);
    for (const { hatch, canvas: mask } of this.#masks) {
      const scratch = resized(this.#scratch, width * ratio, height * ratio);
      place(scratch, mask, box);
      scratch.globalCompositeOperation = "source-in";
      const pattern = scratch.createPattern(tileOf(hatch.name, hatch.color, ratio), "repeat");
      if (pattern !== null) scratch.fillStyle = pattern;
      scratch.fillRect(0, 0, scratch.canvas.width, scratch.canvas.height);
      scratch.globalCompositeOperation = "source-over";
      whole.drawImage(scratch.canvas, 0, 0);
    }
    context.drawImage(whole.canvas, left, top, width, height);
  }
}

/**
 * A sample of a paint for a legend.
 * @param {Paint} paint
 * @param {number} ratio pixels for one CSS pixel
 */
export function sampleOf({ tint, alpha, hatch }, ratio) {
  const sample = canvas();
  const context = resized(sample, SAMPLE.width * ratio, SAMPLE.height * ratio);
  context.globalAlpha = alpha;
  if (tint !== null) context.fillStyle = tint;
  if (tint !== null) context.fillRect(0, 0, sample.width, sample.height);
  context.globalAlpha = 1;
  const pattern = hatch === null ? null : context.createPattern(tileOf(hatch.name, hatch.color, ratio), "repeat");
  if (pattern === null) return sample;
  context.fillStyle = pattern;
  context.fillRect(0, 0, sample.width, sample.height);
  return sample;
}

/** A sample of the ramp from the lowest number to the highest, one pixel for each of its colors. */
export function rampSample() {
  const sample = canvas();
  const context = resized(sample, RAMP_COLORS, 1);
  for (let at = 0; at < RAMP_COLORS; at += 1) {
    context.fillStyle = rampAt(at / (RAMP_COLORS - 1));
    context.fillRect(at, 0, 1, 1);
  }
  return sample;
}

function canvas() {
  return document.createElement("canvas");
}

/** @param {HTMLCanvasElement} made @param {Numbers} pixels @param {number} columns @param {number} top */
function put(made, pixels, columns, top) {
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), columns, pixels.length / columns);
  contextOf(made).putImageData(image, 0, top);
}

/**
 * The context of an empty canvas of a size.
 * @param {HTMLCanvasElement} made
 * @param {number} width
 * @param {number} height
 */
function resized(made, width, height) {
  const [w, h] = [Math.max(1, Math.round(width)), Math.max(1, Math.round(height))];
  const context = contextOf(made);
  if (made.width === w && made.height === h) context.clearRect(0, 0, w, h);
  else Object.assign(made, { width: w, height: h });
  return context;
}

/**
 * Draw small cells into a box, each with sharp edges.
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} cells
 * @param {number[]} box
 */
function place(context, cells, [x, y, w, h]) {
  context.imageSmoothingEnabled = false;
  context.drawImage(cells, x, y, w, h);
}
