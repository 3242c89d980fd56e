/** Draws the paths and heads of runs on two layers: the lower is kept, the upper is drawn in every frame. */

import { X, Y } from "../wire/record.js";
import { clipLine } from "./clipping.js";
import { drawArrow, drawHead, exitOf, nearestEdge } from "./heads.js";
import { clip, drawCrossings, drawHalo, drawLine } from "./lines.js";

/** @import { Look } from "../../contract.js" */
/** @import { Pixel, Range, Theme } from "../../kit/types.js" */
/** @import { Piece } from "./lines.js" */
/** @import { Layer, Projection, DrawnRun, DrawnWalk } from "./types.js" */

/**
 * How far a run has been drawn.
 * @typedef {object} Progress
 * @property {number} step
 * @property {boolean} begun whether the first point is known
 * @property {number} length of the path so far, in pixels
 * @property {number} x the last point
 * @property {number} y
 * @property {boolean} out whether the last point is outside of map and view
 * @property {number} crossings how many lines across the map so far
 */

/** A point nearer than this to the last one, in pixels, is left out: it would change nothing visible. */
const NEAR = 0.6;
/** Lines are cut at this distance from the map, in pixels: a canvas rounds much larger coordinates. */
const FAR = 1e5;
/**
 * How many crossings of a run are drawn, as thin lines. A crossing is a step with both ends outside of map and view: a
 * straight line across the map on which nothing was evaluated. The hundreds of a run that diverges would cover the map.
 */
export const CROSSINGS = 6;

export class Paths {
  /** The bounds of the map in the landscape's numbers. @type {[Range, Range]} */
  bounds = [
    [-Infinity, Infinity],
    [-Infinity, Infinity],
  ];
  #lower;
  #upper;
  #view;
  #pixel = new Float64Array(2);
  /** @type {{ walk: DrawnWalk | null, version: number, theme: Theme | null, moved: boolean }} */
  #drawn = { walk: null, version: -1, theme: null, moved: false };
  /** @type {Map<number, Progress>} */
  #progress = new Map();

  /** @param {Layer} lower @param {Layer} upper @param {Projection} view */
  constructor(lower, upper, view) {
    this.#lower = lower;
    this.#upper = upper;
    this.#view = view;
  }

  /**
   * Draw the path of every run up to `position` (in steps, fractions allowed), after clearing the upper layer. During a
   * gesture (`moving`) all paths change in every frame: they are drawn on the upper layer, so that only one changes.
   * @param {DrawnWalk} walk
   * @param {number} position
   * @param {Look[]} looks by index of the run
   * @param {Theme} theme
   * @param {boolean} moving
   * @param {number} alpha the opacity of the paths
   */
  draw(walk, position, looks, theme, moving, alpha) {
    const { width, height } = this.#view;
    const emptied = this.#lower.fit(width, height);
    if (!this.#upper.fit(width, height)) this.#upper.clear();
    const { walk: before, version, theme: previous, moved } = this.#drawn;
    const step = Math.floor(position + 1e-9);
    const same =
      !emptied && before === walk && version === this.#view.version && previous === theme && moved === moving;
    if (!same || moving || this.#isBeyond(step)) {
      if (!(moving && moved)) this.#lower.clear();
      this.#drawn = { walk, version: this.#view.version, theme, moved: moving };
      this.#progress.clear();
    }
    this.#paths(walk, step, looks, theme, (moving ? this.#upper : this.#lower).context, alpha);
  }

  /** Whether more than this step has been drawn. @param {number} step */
  #isBeyond(step) {
    for (const progress of this.#progress.values()) if (progress.step > step) return true;
    return false;
  }

  /**
   * @param {DrawnWalk} walk
   * @param {number} step
   * @param {Look[]} looks
   * @param {Theme} theme
   * @param {CanvasRenderingContext2D} context
   * @param {number} alpha
   */
  #paths(walk, step, looks, theme, context, alpha) {
    context.save();
    clip(context, this.#view.area);
    context.globalAlpha = alpha;
    const continues = this.#progress.size > 0;
    const added = walk.runs.map((run) => this.#advance(run, step));
    walk.runs.forEach((run, place) => {
      drawCrossings(context, added[place].far, looks[run.index], theme);
    });
    // Halos lie below all lines, also below those of earlier frames: a path looks the same however it was played. On
    // the page of a saved picture, which has the ground on the same layer, paths are drawn whole.
    if (continues) context.globalCompositeOperation = "destination-over";
    for (const { near } of added) for (const piece of near) drawHalo(context, piece, theme);
    context.globalCompositeOperation = "source-over";
    walk.runs.forEach((run, place) => {
      for (const piece of added[place].near) drawLine(context, piece, looks[run.index], theme);
    });
    context.restore();
  }

  /**
   * The part of a run's path that has been added since the last frame: pieces near the map, and lines across it.
   * @param {DrawnRun} run
   * @param {number} step
   * @returns {{ near: Piece[], far: number[] }}
   */
  #advance(run, step) {
    const to = Math.min(step, run.last);
    const progress = this.#progressOf(run);
    /** @type {{ near: Piece[], far: number[] }} */
    const added = { near: [], far: [] };
    if (run.last < 0 || (to <= progress.step && progress.begun)) return added;
    const { area } = this.#view;
    const wide = {
      left: area.left - FAR,
      top: area.top - FAR,
      width: area.width + 2 * FAR,
      height: area.height + 2 * FAR,
    };
    let points = [progress.x, progress.y];
    let faint = false;
    const begin = (/** @type {number[]} */ from) => {
      points = from;
      added.near.push({ points, offset: progress.length, faint });
    };
    begin(points);
    for (let at = progress.step + 1; at <= to; at += 1) {
      const [x, y] = [run.at(at, X), run.at(at, Y)];
      this.#view.projectInto(this.#pixel, 0, x, y);
      const [qx, qy] = [this.#pixel[0], this.#pixel[1]];
      const length = Math.hypot(qx - progress.x, qy - progress.y);
      if (length < NEAR && at < to) continue;
      const out = this.#isOut(x, y, qx, qy);
      const whole = length < FAR && !(progress.out && out);
      const line = whole ? null : clipLine(progress.x, progress.y, qx, qy, progress.out && out ? area : wide);
      if (run.isFar(at) !== faint) {
        faint = !faint;
        begin([progress.x, progress.y]);
      }
      if (whole) {
        points.push(qx, qy);
      } else {
        if (line !== null && progress.out && out) {
          if (progress.crossings < CROSSINGS) added.far.push(...line);
          progress.crossings += 1;
        } else if (line !== null) {
          begin(line);
        }
        begin([qx, qy]);
      }
      progress.length += line === null ? Math.min(length, FAR) : Math.hypot(line[2] - line[0], line[3] - line[1]);
      progress.out = out;
      [progress.x, progress.y] = [qx, qy];
    }
    progress.step = to;
    added.near = added.near.filter((piece) => piece.points.length > 2);
    return added;
  }

  /** How far a run has been drawn; at its start if nothing has been drawn. @param {DrawnRun} run */
  #progressOf(run) {
    let progress = this.#progress.get(run.index);
    if (progress === undefined) {
      progress = { step: 0, begun: false, length: 0, x: 0, y: 0, out: false, crossings: 0 };
      this.#progress.set(run.index, progress);
    }
    if (!progress.begun && run.last >= 0) {
      [progress.x, progress.y] = this.#point(run, 0);
      progress.out = this.#isOut(run.at(0, X), run.at(0, Y), progress.x, progress.y);
      progress.begun = true;
    }
    return progress;
  }

  /**
   * Whether a point lies outside of the map, and its pixel outside of the view.
   * @param {number} x
   * @param {number} y
   * @param {number} px
   * @param {number} py
   */
  #isOut(x, y, px, py) {
    const [[left, right], [low, high]] = this.bounds;
    return (x < left || x > right || y < low || y > high) && !this.#view.holds(px, py);
  }

  /**
   * Draw the head of every run, over what is on the upper layer.
   * @param {DrawnWalk} walk
   * @param {number} position
   * @param {Look[]} looks
   * @param {Theme} theme
   */
  heads(walk, position, looks, theme) {
    const { context } = this.#upper;
    for (const run of walk.runs) {
      if (run.last < 0) continue;
      const look = looks[run.index];
      const at = Math.min(position, run.last);
      const base = Math.floor(at);
      const here = this.#point(run, base);
      const next = base < run.last ? this.#point(run, base + 1) : here;
      /** @type {Pixel} */
      const head = [here[0] + (next[0] - here[0]) * (at - base), here[1] + (next[1] - here[1]) * (at - base)];
      if (at > base && !this.#crosses(run, base)) this.#begun(context, here, head, look, theme);
      if (this.#view.holds(...head)) drawHead(context, head, look, theme);
      else drawArrow(context, this.#exit(run, base, head), look.color, theme);
    }
  }

  /** Whether a step begins and ends outside of map and view. @param {DrawnRun} run @param {number} step */
  #crosses(run, step) {
    const out = (/** @type {number} */ at) => this.#isOut(run.at(at, X), run.at(at, Y), ...this.#point(run, at));
    return out(step) && out(step + 1);
  }

  /**
   * Draw the part of the present step that the playhead has passed.
   * @param {CanvasRenderingContext2D} context
   * @param {Pixel} here
   * @param {Pixel} head
   * @param {Look} look
   * @param {Theme} theme
   */
  #begun(context, here, head, look, theme) {
    const line = clipLine(...here, ...head, this.#view.area);
    if (line === null) return;
    const piece = { points: line, offset: 0 };
    context.save();
    clip(context, this.#view.area);
    drawHalo(context, piece, theme);
    drawLine(context, piece, { ...look, dash: [] }, theme);
    context.restore();
  }

  /**
   * The point where a run, whose head is outside of the view, last left the view.
   * @param {DrawnRun} run
   * @param {number} step
   * @param {Pixel} head
   */
  #exit(run, step, head) {
    let outer = head;
    for (let at = step; at >= 0; at -= 1) {
      const inner = this.#point(run, at);
      if (this.#view.holds(...inner)) return exitOf(this.#view, inner, outer);
      outer = inner;
    }
    return nearestEdge(this.#view, head);
  }

  /** @param {DrawnRun} run @param {number} step */
  #point(run, step) {
    return this.#view.project(run.at(step, X), run.at(step, Y));
  }
}
