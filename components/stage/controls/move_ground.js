/** The gesture that moves the map: the middle of its pointers pans; two or more pointers also zoom about the middle. */

import { Pointers } from "./pointers.js";

/** @import { Area, Pixel, Range } from "../../kit/types.js" */

/**
 * The part of the view that this gesture reads.
 * @typedef {{area: Area, zoomed: (factor: number, px: number, py: number) => {x: Range, y: Range}}} GroundView
 */

/**
 * The ranges of the axes after a zoom by `factor` (below 1: closer) about the pixel `from`, and a move that brings the
 * point under `from` to the pixel `to`.
 * @param {GroundView} view
 * @param {number} factor
 * @param {Pixel} from
 * @param {Pixel} to
 * @returns {{x: Range, y: Range}}
 */
export function movedRanges(view, factor, from, to) {
  const { x, y } = view.zoomed(factor, ...from);
  const { width, height } = view.area;
  const dx = ((to[0] - from[0]) * (x[1] - x[0])) / width;
  const dy = ((to[1] - from[1]) * (y[1] - y[0])) / height;
  return { x: [x[0] - dx, x[1] - dx], y: [y[0] + dy, y[1] + dy] };
}

/**
 * Whether a map with these ranges can be drawn: neighboring pixels must be different numbers in float64.
 * @param {{x: Range, y: Range}} ranges
 */
export function drawable({ x, y }) {
  return [x, y].every(([low, high]) => {
    const size = Math.max(Math.abs(low), Math.abs(high));
    return Number.isFinite(high - low) && high - low > 1e-11 * size && size < 1e100;
  });
}

export class MoveGround {
  /** This gesture never moves the start. */
  dragging = false;
  #pointers = new Pointers();
  #view;
  #setRanges;
  /** @type {Pixel} */
  #middle = [0, 0];
  #spread = 0;

  /**
   * @param {GroundView} view
   * @param {(ranges: {x: Range, y: Range}) => void} setRanges shows the map with other ranges
   */
  constructor(view, setRanges) {
    this.#view = view;
    this.#setRanges = setRanges;
  }

  /**
   * Add a pointer to the gesture. Returns true: any number may take part.
   * @param {number} id
   * @param {Pixel} place
   */
  join(id, place) {
    this.#pointers.put(id, place);
    this.#anchor();
    return true;
  }

  /** @param {number} id */
  owns(id) {
    return this.#pointers.has(id);
  }

  /**
   * @param {number} id
   * @param {Pixel} place
   */
  move(id, place) {
    this.#pointers.put(id, place);
  }

  /** Move the map with the pointers; called at most once a frame. */
  follow() {
    const { middle, spread } = this.#pointers;
    const factor = spread > 0 ? this.#spread / spread : 1;
    if (factor === 1 && middle[0] === this.#middle[0] && middle[1] === this.#middle[1]) return;
    const ranges = movedRanges(this.#view, factor, this.#middle, middle);
    this.#anchor();
    if (drawable(ranges)) this.#setRanges(ranges);
  }

  /**
   * Remove a pointer; the others continue. Returns whether the gesture is over.
   * @param {number} id
   */
  leave(id) {
    this.follow();
    this.#pointers.drop(id);
    if (this.#pointers.size > 0) this.#anchor();
    return this.#pointers.size === 0;
  }

  /** Set the reference for later moves: adding or removing a pointer changes the middle, but must not move the map. */
  #anchor() {
    this.#middle = this.#pointers.middle;
    this.#spread = this.#pointers.spread;
  }
}
