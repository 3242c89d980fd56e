/**
 * Draws the examples of a step on the map: their gradients, the loss of the batch as contour lines, the ends of the
 * step with other batches; and a note on what is drawn.
 */

import { wrap } from "../draw/legend.js";
import { Lettering } from "../draw/lettering.js";
import { clip } from "../draw/lines.js";
import { words } from "../words.js";
import { arrow } from "./arrow.js";
import { factorFor, LONGEST, rounded } from "./factors.js";
import { levelLines } from "./level_lines.js";

/** @import { BatchMap, Examples } from "../../contract.js" */
/** @import { Box, Pixel, Point, Range, Theme } from "../../kit/types.js" */
/** @import { View } from "../draw/view.js" */
/** @import { Overlay } from "../state/example_steps.js" */

const texts = words.batch;
const LINES = { width: 1, dash: [4, 4], alpha: 0.6 };
const ARROWS = {
  single: { width: 1, head: 5, alpha: 0.75 },
  full: { width: 2.4, head: 10, dash: [6, 4] },
  batch: { width: 2.8, head: 11 },
};
const DOT = { radius: 2.2, own: 6, alpha: 0.6 };
/** The radius of the ring where the arrows begin. */
const ORIGIN = 3;
const NOTE = { size: 10.5, inset: 8 };

/**
 * What is drawn of a step.
 * @typedef {object} Shown
 * @property {Examples} examples
 * @property {Record<Overlay, boolean>} on
 * @property {Point} position where the step begins
 * @property {boolean} batches whether a step uses a batch, not all examples
 * @property {[Range, Range]} bounds of the map
 */

export class ExampleDrawing {
  /** The box of the notes that were written last. @type {Box | null} */
  box = null;
  #lettering = new Lettering();
  /** The contour lines of the last grid. @type {{ grid: BatchMap, lines: number[][] } | null} */
  #lines = null;

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   * @param {Shown} shown
   * @param {Theme} theme
   * @param {boolean} isNoted whether notes say what is drawn
   */
  draw(context, view, shown, theme, isNoted) {
    const { examples, on, position, bounds } = shown;
    const factor = multiple(shown, view);
    context.save();
    clip(context, view.area);
    if (on.losses && examples.map !== null) this.#levels(context, view, examples.map, bounds, theme);
    if (on.gradients && factor !== null) drawGradients(context, view, shown, factor, theme);
    if (on.landings && examples.landings !== null) drawLandings(context, view, examples.landings, theme);
    context.restore();
    this.#note(context, view, isNoted ? notes(shown, view) : [], theme);
    if (on.gradients && factor !== null) ring(context, view.project(...position), ORIGIN, theme);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   * @param {BatchMap} grid
   * @param {[Range, Range]} bounds
   * @param {Theme} theme
   */
  #levels(context, view, grid, bounds, theme) {
    if (this.#lines?.grid !== grid) this.#lines = { grid, lines: levelLines(grid, bounds) };
    context.beginPath();
    for (const line of this.#lines.lines) {
      for (let at = 0; at < line.length; at += 2) {
        const [px, py] = view.project(line[at], line[at + 1]);
        if (at === 0) context.moveTo(px, py);
        else context.lineTo(px, py);
      }
    }
    context.lineWidth = LINES.width * theme.scale;
    context.strokeStyle = theme.ink;
    context.globalAlpha = LINES.alpha;
    context.setLineDash(LINES.dash.map((length) => length * theme.scale));
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /**
   * Write notes at the bottom of the map, or above the tools if these are there.
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   * @param {string[]} texts
   * @param {Theme} theme
   */
  #note(context, view, texts, theme) {
    const { left, top, width, height } = view.area;
    const inset = NOTE.inset * theme.scale;
    const measure = (/** @type {string} */ text) => this.#lettering.measure(context, text, theme, NOTE.size);
    const lines = texts.flatMap((text) => wrap(text, width - 2 * inset, (part) => measure(part).w));
    const foot = view.tools.y > top + height / 2 ? view.tools.y : top + height;
    let y = foot - inset;
    for (const line of lines.reverse()) {
      const { w, h } = measure(line);
      y -= h;
      this.#lettering.write(context, line, { x: left + inset, y, w, h }, theme, { size: NOTE.size });
    }
    const wide = Math.max(0, ...lines.map((line) => measure(line).w));
    this.box = lines.length === 0 ? null : { x: left, y, w: wide + 2 * inset, h: foot - y };
  }
}

/**
 * The common multiple of true length at which all gradients are drawn; null if they are too short.
 * @param {Shown} shown
 * @param {View} view
 */
export function multiple({ examples }, view) {
  const [[px, py], [qx, qy]] = [view.project(0, 0), view.project(1, 1)];
  const all = [...examples.gradients, examples.batch_gradient, examples.full_gradient];
  const lengths = all.map(([x, y]) => Math.hypot(x * (qx - px), y * (qy - py)));
  return factorFor(lengths, LONGEST * Math.min(view.area.width, view.area.height));
}

/**
 * What is drawn, in short notes for the map.
 * @param {Shown} shown
 * @param {View} view
 */
export function notes(shown, view) {
  const { examples, on, batches } = shown;
  const factor = multiple(shown, view);
  const count = examples.batch.length;
  const told = [];
  if (on.gradients && factor !== null) told.push(texts.note.gradients(count, times(factor), batches));
  if (on.losses && examples.map !== null) told.push(texts.note.losses);
  if (on.landings && examples.landings !== null) told.push(texts.note.landings(examples.landings));
  return told;
}

/** The text of a multiple; empty for true length. @param {number} factor */
function times(factor) {
  return factor === 1 ? "" : rounded(factor);
}

/**
 * What is drawn, or why it is not, in sentences.
 * @param {Shown} shown
 * @param {View} view
 */
export function sentences(shown, view) {
  const { examples, on, batches } = shown;
  const count = examples.batch.length;
  const told = [];
  if (on.gradients) {
    const factor = multiple(shown, view);
    if (factor === null) told.push(texts.short);
    else told.push(texts.gradients(count, times(factor), batches, cutArrows(shown, view, factor)));
  }
  if (on.losses) told.push(examples.map === null ? texts.noLosses : texts.losses(count, batches));
  if (on.landings) {
    const { landings } = examples;
    if (landings === null) told.push(texts.noLandings);
    else {
      const outside = landings.others.filter((point) => !view.holds(...view.project(...point))).length;
      const infinite = landings.batches - 1 - landings.others.length;
      told.push(texts.landings(landings, count, outside + infinite));
    }
  }
  return told;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Shown} shown
 * @param {number} factor
 * @param {Theme} theme
 */
function drawGradients(context, view, { examples, position: [x, y], batches }, factor, theme) {
  const from = view.project(x, y);
  const to = (/** @type {Point} */ [gx, gy]) => view.project(x + gx * factor, y + gy * factor);
  const { scale, ink } = theme;
  const { single, full, batch } = ARROWS;
  const style = (/** @type {{width: number, head: number, dash?: number[]}} */ { width, head, dash = [] }) => ({
    width: width * scale,
    head: head * scale,
    dash: dash.map((length) => length * scale),
  });
  for (const gradient of examples.gradients) thin(context, from, to(gradient), style(single), ink);
  if (batches) arrow(context, from, to(examples.full_gradient), { ...style(full), color: ink }, theme);
  arrow(context, from, to(examples.batch_gradient), { ...style(batch), color: ink }, theme);
}

/**
 * How many arrows of the gradients end outside of a view, and are cut at its edge.
 * @param {Shown} shown
 * @param {View} view
 * @param {number} factor
 */
function cutArrows({ examples, position: [x, y], batches }, view, factor) {
  const all = [...examples.gradients, examples.batch_gradient, ...(batches ? [examples.full_gradient] : [])];
  return all.filter(([gx, gy]) => !view.holds(...view.project(x + gx * factor, y + gy * factor))).length;
}

/**
 * A thin arrow without a halo: many of them lie one over the other.
 * @param {CanvasRenderingContext2D} context
 * @param {Pixel} from
 * @param {Pixel} tip
 * @param {{width: number, head: number}} style
 * @param {string} color
 */
function thin(context, [px, py], [qx, qy], { width, head }, color) {
  const length = Math.hypot(qx - px, qy - py);
  if (!(length > 0.5)) return;
  const angle = Math.atan2(qy - py, qx - px);
  const size = Math.min(head, length);
  context.globalAlpha = ARROWS.single.alpha;
  context.lineWidth = width;
  context.strokeStyle = color;
  context.beginPath();
  context.moveTo(px, py);
  context.lineTo(qx, qy);
  for (const side of [-0.42, 0.42]) {
    context.moveTo(qx, qy);
    context.lineTo(qx - Math.cos(angle + side) * size, qy - Math.sin(angle + side) * size);
  }
  context.stroke();
  context.globalAlpha = 1;
}

/**
 * A dot for the end of the step with each other batch, and a ring for its own.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {NonNullable<Examples["landings"]>} landings
 * @param {Theme} theme
 */
function drawLandings(context, view, { own, others }, theme) {
  const { scale } = theme;
  context.beginPath();
  for (const point of others) {
    const [px, py] = view.project(...point);
    if (!view.holds(px, py)) continue;
    context.moveTo(px + DOT.radius * scale, py);
    context.arc(px, py, DOT.radius * scale, 0, 2 * Math.PI);
  }
  context.globalAlpha = DOT.alpha;
  context.fillStyle = theme.ink;
  context.fill();
  context.globalAlpha = 1;
  ring(context, view.project(...own), DOT.own, theme);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Pixel} at
 * @param {number} radius
 * @param {Theme} theme
 */
function ring(context, [px, py], radius, theme) {
  for (const [width, color] of /** @type {[number, string][]} */ ([
    [5, theme.page],
    [2, theme.ink],
  ])) {
    context.beginPath();
    context.arc(px, py, radius * theme.scale, 0, 2 * Math.PI);
    context.lineWidth = width * theme.scale;
    context.strokeStyle = color;
    context.stroke();
  }
}
