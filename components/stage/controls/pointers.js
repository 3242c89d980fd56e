/** All pointers of one gesture, by their id. Their middle pans the map, their spread zooms it. */

/** @import { Pixel } from "../../kit/types.js" */

/** The least spread, in pixels: with a spread of 0 the zoom factor would be infinite. */
const LEAST_SPREAD = 8;

export class Pointers {
  /** @type {Map<number, Pixel>} */
  #places = new Map();

  get size() {
    return this.#places.size;
  }

  /** @param {number} id */
  has(id) {
    return this.#places.has(id);
  }

  /**
   * Add a pointer, or move one.
   * @param {number} id
   * @param {Pixel} place
   */
  put(id, place) {
    this.#places.set(id, place);
  }

  /** @param {number} id */
  drop(id) {
    this.#places.delete(id);
  }

  /**
   * The mean place of all pointers.
   * @returns {Pixel}
   */
  get middle() {
    let [x, y] = [0, 0];
    for (const [px, py] of this.#places.values()) {
      x += px / this.size;
      y += py / this.size;
    }
    return [x, y];
  }

  /** The mean distance of the pointers from their middle, in pixels; 0 for one pointer, which cannot zoom. */
  get spread() {
    if (this.size < 2) return 0;
    const [x, y] = this.middle;
    let sum = 0;
    for (const [px, py] of this.#places.values()) sum += Math.hypot(px - x, py - y);
    return Math.max(LEAST_SPREAD, sum / this.size);
  }
}
