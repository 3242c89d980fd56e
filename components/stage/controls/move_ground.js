/** The gesture that moves the map: its pointers' middle pans, and two fingers or more zoom about it. */

import { Pointers } from "./pointers.js";

/** @import { Area, Pixel, Range } from "../../kit/types.js" */

/**
 * The part of the view that this gesture reads.
 * @typedef {{area: Area, zoomed: (factor: number, px: number, py: number) => {x: Range, y: Range}}} GroundView
 */

/**
 * The ranges of the axes after what lay under the pixel `from` has come to lie under the pixel `to`, zoomed by `factor`
 * (below 1: closer) about that pixel.
 * @param {GroundView} view
 * @param {number} factor
 * @param {Pixel} from
 * @param {Pixel} to
 * @returns {{x: Range, y: Range}}
 */
export function carried(view, factor, from, to) {
  const { x, y } = view.zoomed(factor, ...from);
  const { width, height } = view.area;
  const dx = ((to[0] - from[0]) * (x[1] - x[0])) / width;
  const dy = ((to[1] - from[1]) * (y[1] - y[0])) / height;
  return { x: [x[0] - dx, x[1] - dx], y: [y[0] + dy, y[1] + dy] };
}

/**
 * Whether a map with these ranges can be drawn: numbers of 64 bits must tell its pixels apart.
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
  #look;
  /** @type {Pixel} */
  #middle = [0, 0];
  #spread = 0;

  /**
   * @param {GroundView} view
   * @param {(ranges: {x: Range, y: Range}) => void} look shows the map with other ranges
   */
  constructor(view, look) {
    this.#view = view;
    this.#look = look;
  }

  /** Whether another finger may take part: any may.
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

  /** Bring the map to where the pointers are; called once a frame. */
  follow() {
    const { middle, spread } = this.#pointers;
    const factor = spread > 0 ? this.#spread / spread : 1;
    if (factor === 1 && middle[0] === this.#middle[0] && middle[1] === this.#middle[1]) return;
    const ranges = carried(this.#view, factor, this.#middle, middle);
    this.#anchor();
    if (drawable(ranges)) this.#look(ranges);
  }

  /**
   * A pointer has left; the others go on from where they are. Returns whether the gesture is over.
   * @param {number} id
   */
  leave(id) {
    this.follow();
    this.#pointers.drop(id);
    if (this.#pointers.size > 0) this.#anchor();
    return this.#pointers.size === 0;
  }

  /** Measure from here on: a pointer that comes or goes moves the middle, and must not move the map. */
  #anchor() {
    this.#middle = this.#pointers.middle;
    this.#spread = this.#pointers.spread;
  }
}
