/** The marks of the minima, and the names of the start, the minima and a run's marks beside the paths. */

/** @import { Box, Minimum, Pixel, Theme } from "../../kit/types.js" */
/** @import { Walk } from "../wire/record.js" */
/** @import { View } from "./view.js" */

import { X, Y } from "../wire/record.js";
import { words } from "../words.js";
import { Lettering, leader } from "./lettering.js";
import { linesOf, Placer } from "./placer.js";

/**
 * A point that may have a name. `unseen`: its name has a place, and is not drawn yet; `step`: the step of a run that it
 * marks.
 * @typedef {{x: number, y: number, name: ?string, unseen?: boolean, step?: number}} Landmark
 */

const SIZE = 12.5;
/** A name stands below its point if it can. */
const BELOW = Math.PI / 2;
/** Half the side of the square that a mark takes, in pixels. */
const MARK = 9;
const MOST_NAMED = 5;
/** More minima than this are drawn small: large marks would cover the map. */
const CROWD = 12;

/**
 * The minima that are marked. Of many, only global ones have a name; the others have null.
 * @param {Minimum[]} minima
 * @returns {Minimum[]}
 */
export function landmarks(minima) {
  const named = new Set(
    minima.length <= MOST_NAMED ? minima : minima.filter((point) => point.global).slice(0, MOST_NAMED),
  );
  return minima.map((point) => (named.has(point) ? point : { ...point, name: null }));
}

/**
 * The lowest loss of a surface's minima; infinity where it has none: then only the losses of a walk count.
 * @param {{value: number}[]} minima
 */
export function lowestLoss(minima) {
  return Math.min(...minima.map((point) => point.value));
}

export class Labels {
  /**
   * Where the names stand; another list after they have moved.
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
   * Find places for the names. It is called when paths and view are at rest, so that no name moves during a drag.
   * @param {CanvasRenderingContext2D} context
   * @param {Landmark[]} marks
   * @param {{x: number, y: number}} start
   * @param {Walk} walk
   * @param {Theme} theme
   * @param {?Box} kept a box where no name may stand
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
    return [{ ...start, name: words.step.start }, ...marks];
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
      else ring(context, px, py, marks.length > CROWD ? 2 : 4.5, theme);
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
function ring(context, x, y, radius, theme) {
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
