/**
 * Draws the parts of one step on the map, at the position before the step: vectors as arrows, sizes as rectangles, and
 * a dashed circle where the step ends. They have true length (one unit of a part is one unit of the map) if that can be
 * seen, and otherwise a round multiple of it, which the panel displays. If the part of the selected line could not be
 * seen at the multiple of the others, it gets another one; while a line is selected, all names on the map contain their
 * multiples.
 */

/** @import { RuleLine } from "../../contract.js" */
/** @import { Box, Pixel, Point, Theme } from "../../kit/types.js" */
/** @import { View } from "../draw/view.js" */
/** @import { Factors } from "./factors.js" */
/** @import { Shape } from "./shapes.js" */
/** @import { Step } from "./step.js" */

import { Lettering, leader } from "../draw/lettering.js";
import { Placer } from "../draw/placer.js";
import { words } from "../words.js";
import { arrow } from "./arrow.js";
import { factorOf, factorsOf, rounded } from "./factors.js";
import { spelled } from "./formula.js";
import { hasShape, shapesOf, summands } from "./shapes.js";

/** @typedef {{line: RuleLine, at: Pixel, ahead: number, color: string, factor: number}} Name */

const SIZE = 14;
/** A part shorter than this, in pixels, has no name. */
const NAMED = 8;

export class Overlays {
  #view;
  #lettering = new Lettering();

  /** @param {View} view */
  constructor(view) {
    this.#view = view;
  }

  /**
   * Draw the parts of a step.
   * @param {CanvasRenderingContext2D} context
   * @param {Step} step
   * @param {RuleLine[]} lines the lines to be drawn, in order
   * @param {?string} lit the key of the selected line, whose sum is drawn term by term
   * @param {Theme} theme
   * @param {{measured: RuleLine[], taken: Box[]}} room `measured`: the lines that decide the multiples, drawn yet or
   *   not, so that the multiples stay the same from line to line; `taken`: boxes that no name may cover
   * @returns {Factors}
   */
  draw(context, step, lines, lit, theme, { measured, taken }) {
    const { area } = this.#view;
    const drawing = new StepDrawing(context, step, this.#view, theme, new Placer(area, taken));
    const factors = drawing.measure(
      measured,
      lines.find(({ key }) => key === lit),
    );
    const shapes = shapesOf(lines, step).filter((shape) => factorOf(factors, shape) !== null);
    context.save();
    context.beginPath();
    context.rect(area.left, area.top, area.width, area.height);
    context.clip();
    for (const shape of shapes) if (shape.kind === "box") drawing.box(shape);
    for (const shape of shapes) {
      if (shape.kind === "box") continue;
      if (shape.line.key === lit || shape.line.key === "update") drawing.chain(shape);
      drawing.arrow(shape);
    }
    drawing.ends(lines.some((line) => line.key === "update" && hasShape(line)));
    drawing.names(this.#lettering);
    context.restore();
    return factors;
  }
}

/** One drawing of one step. */
class StepDrawing {
  #context;
  #step;
  #view;
  #theme;
  #placer;
  /** @type {Point} */
  #begin;
  /**
   * Pixels for one unit of x and of y.
   * @type {[number, number]}
   */
  #pixelsPerUnit;
  /** @type {Factors} */
  #factors = { gradient: 1, move: 1, own: null };
  /** Whether the names contain the multiples of all parts, not only that of the step. */
  #named = false;
  /** @type {Name[]} */
  #names = [];

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Step} step
   * @param {View} view
   * @param {Theme} theme
   * @param {Placer} placer
   */
  constructor(context, step, view, theme, placer) {
    this.#context = context;
    this.#step = step;
    this.#view = view;
    this.#theme = theme;
    this.#placer = placer;
    this.#begin = [step.before(0), step.before(1)];
    const [[px, py], [qx, qy]] = [view.project(0, 0), view.project(1, 1)];
    this.#pixelsPerUnit = [qx - px, qy - py];
  }

  /**
   * Find the multiples with which all of these lines can be seen, and the selected one.
   * @param {RuleLine[]} lines
   * @param {RuleLine} [selected]
   */
  measure(lines, selected) {
    const [shape] = selected === undefined ? [] : shapesOf([selected], this.#step);
    this.#named = shape !== undefined;
    const map = { pixelsPerUnit: this.#pixelsPerUnit, area: this.#view.area };
    const room = shape?.kind === "arrow" ? this.#room(shape) : Infinity;
    this.#factors = factorsOf(shapesOf(lines, this.#step), shape, map, room);
    return this.#factors;
  }

  /**
   * The length in pixels from the position before the step to the edge of the map, along an arrow.
   * @param {Shape} shape
   */
  #room({ x, y }) {
    const [px, py] = this.#view.project(...this.#begin);
    const { left, top, width, height } = this.#view.area;
    const [dx, dy] = [x * this.#pixelsPerUnit[0], y * this.#pixelsPerUnit[1]];
    if (dx === 0 && dy === 0) return Infinity;
    const along = (
      /** @type {number} */ at,
      /** @type {number} */ by,
      /** @type {number} */ low,
      /** @type {number} */ high,
    ) => (by === 0 ? Infinity : ((by > 0 ? high : low) - at) / by);
    const part = Math.min(along(px, dx, left, left + width), along(py, dy, top, top + height));
    return part * Math.hypot(dx, dy);
  }

  /**
   * The end point of a vector that begins at a point.
   * @param {Point} from
   * @param {{x: number, y: number}} vector
   * @param {number} factor
   * @returns {Point}
   */
  #end([fromX, fromY], { x, y }, factor) {
    return [fromX + x * factor, fromY + y * factor];
  }

  /** @param {Shape} shape */
  box(shape) {
    const { x, y, line } = shape;
    const context = this.#context;
    const [px, py] = this.#view.project(...this.#begin);
    const factor = factorOf(this.#factors, shape) ?? 1;
    const [w, h] = [Math.abs(x * this.#pixelsPerUnit[0] * factor), Math.abs(y * this.#pixelsPerUnit[1] * factor)];
    const box = { x: px - w / 2, y: py - h / 2, w, h };
    const color = this.#theme.inks[line.ink];
    context.lineJoin = "miter";
    context.setLineDash([]);
    context.globalAlpha = 0.12;
    context.fillStyle = color;
    context.fillRect(box.x, box.y, w, h);
    context.globalAlpha = 1;
    for (const [wide, style] of /** @type {[number, string][]} */ ([
      [4, this.#theme.page],
      [1.8, color],
    ])) {
      context.lineWidth = wide;
      context.strokeStyle = style;
      context.strokeRect(box.x, box.y, w, h);
    }
    this.#placer.outline(box);
    if (Math.max(w, h) >= NAMED)
      this.#names.push({
        line,
        at: [px + w / 2, py - h / 2],
        ahead: -Math.PI / 4,
        color,
        factor: this.#named ? factor : 1,
      });
  }

  /** @param {Shape} shape */
  arrow(shape) {
    const { line, unit } = shape;
    const { scale, inks } = this.#theme;
    const color = inks[line.ink];
    const factor = factorOf(this.#factors, shape) ?? 1;
    const [from, tip] = [this.#begin, this.#end(this.#begin, shape, factor)].map((at) => this.#view.project(...at));
    arrow(this.#context, from, tip, { color, width: 3 * scale, head: 11 * scale, dash: [] }, this.#theme);
    this.#placer.line(from, tip);
    const [dx, dy] = [tip[0] - from[0], tip[1] - from[1]];
    if (Math.hypot(dx, dy) < NAMED) return;
    const shown = unit === "move" || this.#named ? factor : 1;
    this.#names.push({ line, at: tip, ahead: Math.atan2(dy, dx), color, factor: shown });
  }

  /**
   * Draw the terms of a sum, each from the end of the one before, in the color of the part that it contains.
   * @param {Shape} shape
   */
  chain(shape) {
    const parts = summands(shape.line, this.#step);
    if (parts.length < 2) return;
    const factor = factorOf(this.#factors, shape) ?? 1;
    const { scale, inks } = this.#theme;
    let from = this.#begin;
    for (const part of parts) {
      const to = this.#end(from, part, factor);
      const [begin, tip] = [this.#view.project(...from), this.#view.project(...to)];
      const style = { color: inks[part.ink], width: 1.8 * scale, head: 8 * scale, dash: [5, 4] };
      arrow(this.#context, begin, tip, style, this.#theme);
      this.#placer.line(begin, tip);
      from = to;
    }
  }

  /**
   * Keep names away from the positions before and after the step, and draw a circle at the position after it.
   * @param {boolean} moves whether the step is drawn: if not, there is no circle
   */
  ends(moves) {
    this.#keep(this.#view.project(...this.#begin));
    if (!moves) return;
    const context = this.#context;
    const [px, py] = this.#view.project(this.#step.after(0), this.#step.after(1));
    context.setLineDash([3, 3]);
    for (const [wide, style] of /** @type {[number, string][]} */ ([
      [5, this.#theme.page],
      [2, this.#theme.ink],
    ])) {
      context.beginPath();
      context.arc(px, py, 8 * this.#theme.scale, 0, 2 * Math.PI);
      context.lineWidth = wide;
      context.strokeStyle = style;
      context.stroke();
    }
    context.setLineDash([]);
    this.#keep([px, py]);
  }

  /** @param {Pixel} pixel */
  #keep([px, py]) {
    const radius = 10 * this.#theme.scale;
    this.#placer.take({ x: px - radius, y: py - radius, w: 2 * radius, h: 2 * radius });
  }

  /**
   * Write the names, each as near to its shape as lines and other names allow. A name for which there is no room is
   * left out.
   * @param {Lettering} lettering
   */
  names(lettering) {
    const [context, theme] = [this.#context, this.#theme];
    for (const { line, at, ahead, color, factor } of this.#names) {
      const name = line.key === "update" ? words.step.step : spelled(line.letter);
      const word = factor === 1 ? name : words.step.times(name, rounded(factor));
      const box = this.#placer.place(at, lettering.measure(context, word, theme, SIZE), ahead);
      if (box === null) continue;
      leader(context, at, box, theme, color);
      lettering.write(context, word, box, theme, { size: SIZE, color });
    }
  }
}
