/**
 * The marks of the minima and of found saddles and maxima, and the names of the start, of these points and of the marks
 * on the paths.
 */

/** @import { Box, MapMark, Pixel, Theme } from "../../kit/types.js" */
/** @import { Walk } from "../wire/record.js" */
/** @import { View } from "./view.js" */

import { contract } from "../../contract.js";
import { X, Y } from "../wire/record.js";
import { words } from "../words.js";
import { outline } from "./heads.js";
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
/** The sizes of a global minimum, and of a local one alone and in a crowd, in sizes of a head. */
const [LARGE, MEDIUM, TINY] = [1.15, 0.75, 0.45];
/** Half the width and the height of the cross of a saddle, in pixels. */
const ARM = 4;

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
   * Draw the marks of the minima, and of saddles and maxima.
   * @param {CanvasRenderingContext2D} context
   * @param {MapMark[]} marks
   * @param {Theme} theme
   */
  marks(context, marks, theme) {
    for (const mark of marks) {
      const [px, py] = this.#view.project(mark.x, mark.y);
      if (!this.#view.holds(px, py)) continue;
      if (mark.kind === "minimum") drawMinimum(context, [px, py], mark.global, marks.length > CROWD, theme);
      else drawStationary(context, [px, py], mark.kind, theme);
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
 * Draw a minimum with the shape that its outcome has in the figures. Its color is the page's, or the text's if it is
 * tiny: every other color on the map belongs to a run.
 * @param {CanvasRenderingContext2D} context
 * @param {Pixel} at
 * @param {boolean} global
 * @param {boolean} small whether it is one of many; a global minimum is always large
 * @param {Theme} theme
 */
function drawMinimum(context, at, global, small, theme) {
  const kind = global ? "global_minimum" : "local_minimum";
  const tiny = small && !global;
  outline(context, contract.symbols[kind], at, global ? LARGE : tiny ? TINY : MEDIUM);
  context.lineJoin = "round";
  if (tiny) strokeIn(context, 2.5, theme.page);
  else strokeOnHalo(context, theme);
  context.fillStyle = tiny ? theme.ink : theme.page;
  context.fill();
}

/**
 * Draw a saddle as a cross, and a maximum as a small triangle: both smaller than a minimum, in the text's color.
 * @param {CanvasRenderingContext2D} context
 * @param {Pixel} at
 * @param {"saddle" | "maximum"} kind
 * @param {Theme} theme
 */
function drawStationary(context, at, kind, theme) {
  const [x, y] = at;
  if (kind === "maximum") outline(context, "triangle-up", at, TINY * theme.scale);
  else {
    const arm = ARM * theme.scale;
    context.beginPath();
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x - arm, y + arm);
    context.lineTo(x + arm, y - arm);
  }
  context.lineCap = "round";
  context.lineJoin = "round";
  strokeOnHalo(context, theme);
  context.lineCap = "butt";
}

/**
 * Stroke the present outline in the text's color on a halo in the page's.
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 */
function strokeOnHalo(context, theme) {
  strokeIn(context, 5, theme.page);
  strokeIn(context, 2, theme.ink);
}

/** @param {CanvasRenderingContext2D} context @param {number} width @param {string} color */
function strokeIn(context, width, color) {
  context.lineWidth = width;
  context.strokeStyle = color;
  context.stroke();
}
