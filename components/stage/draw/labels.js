/** The marks of the minima, and the names of the start, of the minima and of the marks on the paths. */

/** @import { Box, Minimum, Pixel, Theme } from "../../kit/types.js" */
/** @import { Walk } from "../wire/record.js" */
/** @import { View } from "./view.js" */

import { X, Y } from "../wire/record.js";
import { words } from "../words.js";
import { Lettering, leader } from "./lettering.js";
import { linesOf, Placer } from "./placer.js";

/**
 * A point that may have a name. `unseen`: its name has a place but is not drawn, since the playhead has not reached it;
 * `step`: the step of a run that it marks.
 * @typedef {{x: number, y: number, name: ?string, unseen?: boolean, step?: number}} Landmark
 */

const SIZE = 12.5;
/** The preferred direction from a point to its name. */
const BELOW = Math.PI / 2;
/** Half the side of a mark's square, in pixels. */
const MARK = 9;
/** If there are more minima than this, their marks are small, so that they do not cover the map. */
const CROWD = 12;

export class Labels {
  /**
   * The boxes of the names. It is a new list whenever they have moved.
   * @type {Box[]}
   */
  boxes = [];
  #view;
  /** @type {Map<number, Box>} */
  #placed = new Map();
  #lettering = new Lettering();
  /** @type {unknown[]} */
  #state = [];

  /** @param {View} view */
  constructor(view) {
    this.#view = view;
  }

  /**
   * Find places for the names. It is not called during a gesture, so that no name moves then.
   * @param {CanvasRenderingContext2D} context
   * @param {Landmark[]} marks
   * @param {{x: number, y: number}} start
   * @param {Walk} walk
   * @param {Theme} theme
   * @param {?Box} kept a box that no name may cover
   */
  place(context, marks, start, walk, theme, kept) {
    const state = [this.#view.version, start.x, start.y, walk, walk.received, theme, kept?.x, kept?.y];
    if (state.every((part, index) => part === this.#state[index])) return;
    this.#state = state;
    const { area, tools } = this.#view;
    const placer = new Placer(area, kept === null ? [tools] : [tools, kept]);
    for (const run of walk.runs)
      for (const [x1, y1, x2, y2] of linesOf(this.#path(run), area)) placer.line([x1, y1], [x2, y2]);
    const named = this.#named(marks, start);
    for (const { x, y } of named) {
      const [px, py] = this.#view.project(x, y);
      if (this.#view.holds(px, py)) placer.take({ x: px - MARK, y: py - MARK, w: 2 * MARK, h: 2 * MARK });
    }
    this.#placed.clear();
    named.forEach(({ x, y, name }, index) => {
      const pixel = this.#view.project(x, y);
      if (name === null || !this.#view.holds(...pixel)) return;
      const box = placer.place(pixel, this.#lettering.measure(context, name, theme, SIZE), BELOW);
      if (box !== null) this.#placed.set(index, box);
    });
    this.boxes = [...this.#placed.values()];
  }

  /**
   * @param {Landmark[]} marks
   * @param {{x: number, y: number}} start
   * @returns {Landmark[]}
   */
  #named(marks, start) {
    return [{ ...start, name: words.draw.start }, ...marks];
  }

  /**
   * The pixels of a run's path.
   * @param {Walk["runs"][number]} run
   * @returns {Generator<Pixel>}
   */
  *#path(run) {
    for (let step = 0; step <= run.last; step += 1) yield this.#view.project(run.at(step, X), run.at(step, Y));
  }

  /**
   * Draw the marks of the minima.
   * @param {CanvasRenderingContext2D} context
   * @param {Minimum[]} marks
   * @param {Theme} theme
   */
  marks(context, marks, theme) {
    for (const mark of marks) {
      const [px, py] = this.#view.project(mark.x, mark.y);
      if (!this.#view.holds(px, py)) continue;
      if (mark.global) star(context, px, py, theme);
      else circle(context, px, py, marks.length > CROWD ? 2 : 4.5, theme);
    }
  }

  /**
   * Draw the names. While the start is dragged (`moving`) its name and those of a run's marks are left out.
   * @param {CanvasRenderingContext2D} context
   * @param {Landmark[]} marks
   * @param {{x: number, y: number}} start
   * @param {Theme} theme
   * @param {boolean} moving
   */
  names(context, marks, start, theme, moving) {
    this.#named(marks, start).forEach(({ x, y, name, unseen, step }, index) => {
      const box = this.#placed.get(index);
      if (name === null || box === undefined || unseen || (moving && (index === 0 || step !== undefined))) return;
      leader(context, this.#view.project(x, y), box, theme);
      this.#lettering.write(context, name, box, theme, { size: SIZE });
    });
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {Theme} theme
 */
function star(context, x, y, theme) {
  context.beginPath();
  for (let i = 0; i < 10; i += 1) {
    const radius = i % 2 === 0 ? 8 : 3.4;
    const angle = (i * Math.PI) / 5 - Math.PI / 2;
    context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  context.closePath();
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = theme.ink;
  context.stroke();
  context.fillStyle = theme.page;
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {Theme} theme
 */
function circle(context, x, y, radius, theme) {
  for (const [width, color] of /** @type {[number, string][]} */ ([
    [radius, theme.page],
    [radius * 0.4, theme.ink],
  ])) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
}
