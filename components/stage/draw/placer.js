/**
 * Finds places for names on the map: close to the named point, inside the map, not on other names, and not on lines.
 * The same input gives the same places.
 */

/** @import { Area, Box, Pixel } from "../../kit/types.js" */

import { overlap } from "../../kit/boxes.js";

/** A straight line on the screen: x and y of its first point, then of its second one. */
/** @typedef {[number, number, number, number]} Line */

/** The distances from a point to the box of its name that are tried, in pixels. */
const REACHES = [5, 12, 22, 36, 54, 76];
/** The directions from a point to its name that are tried. */
const ANGLES = Array.from({ length: 16 }, (_, i) => (i * Math.PI) / 8);
/** The cost of a place: for each box that it covers, each line through it, each pixel of distance, and for a place on
 * the side of the point opposite to the preferred one. */
const COSTS = { name: 60, line: 40, pixel: 1, turn: 4 };
/** Lines keep this distance from a name, in pixels. */
const CLEAR = 3;

export class Placer {
  #area;
  /** @type {Box[]} */
  #taken;
  /** @type {Line[]} */
  #lines = [];

  /**
   * @param {Area} area all names are inside it
   * @param {Box[]} taken boxes that no name may cover
   */
  constructor(area, taken) {
    this.#area = area;
    this.#taken = [...taken];
  }

  /**
   * Keep names away from a line between two pixels.
   * @param {Pixel} from
   * @param {Pixel} to
   */
  line(from, to) {
    this.#lines.push([...from, ...to]);
  }

  /**
   * Keep names away from the edges of a box. They may be inside it, since it may be as large as the map.
   * @param {Box} box
   */
  outline({ x, y, w, h }) {
    const [right, bottom] = [x + w, y + h];
    this.#lines.push([x, y, right, y], [right, y, right, bottom], [right, bottom, x, bottom], [x, bottom, x, y]);
  }

  /**
   * Keep names out of a box.
   * @param {Box} box
   */
  take(box) {
    this.#taken.push(box);
  }

  /**
   * Find the cheapest box of a size for the name of a point, and take it.
   * @param {Pixel} point
   * @param {{w: number, h: number}} size of the name
   * @param {number} ahead the preferred direction from the point to its name, as an angle on the screen
   * @returns {?Box} null if no box near the point is inside the area
   */
  place([px, py], { w, h }, ahead) {
    const lines = this.#near(px, py, (REACHES.at(-1) ?? 0) + Math.max(w, h));
    let cheapest = Infinity;
    /** @type {?Box} */
    let best = null;
    for (const reach of REACHES) {
      if (reach * COSTS.pixel >= cheapest) break;
      for (const angle of ANGLES) {
        const x = px + Math.cos(angle) * (reach + w / 2) - w / 2;
        const y = py + Math.sin(angle) * (reach + h / 2) - h / 2;
        const box = { x, y, w, h };
        if (!this.#holds(box)) continue;
        const turn = (COSTS.turn * (1 - Math.cos(angle - ahead))) / 2;
        const cost = this.#cost(box, lines) + reach * COSTS.pixel + turn;
        if (cost < cheapest) [cheapest, best] = [cost, box];
      }
    }
    if (best !== null) this.#taken.push(best);
    return best;
  }

  /**
   * The lines that a name near a point could touch. Of the thousands of lines of a long walk these are few.
   * @param {number} px
   * @param {number} py
   * @param {number} reach
   */
  #near(px, py, reach) {
    return this.#lines.filter(
      ([x1, y1, x2, y2]) =>
        Math.min(x1, x2) < px + reach &&
        Math.max(x1, x2) > px - reach &&
        Math.min(y1, y2) < py + reach &&
        Math.max(y1, y2) > py - reach,
    );
  }

  /** @param {Box} box */
  #holds({ x, y, w, h }) {
    const { left, top, width, height } = this.#area;
    return x >= left && y >= top && x + w <= left + width && y + h <= top + height;
  }

  /**
   * @param {Box} box
   * @param {Line[]} lines
   */
  #cost(box, lines) {
    const { x, y, w, h } = box;
    const wide = { x: x - CLEAR, y: y - CLEAR, w: w + 2 * CLEAR, h: h + 2 * CLEAR };
    let cost = 0;
    for (const other of this.#taken) if (overlap(box, other)) cost += COSTS.name;
    for (const line of lines) if (crosses(line, wide)) cost += COSTS.line;
    return cost;
  }
}

/**
 * Whether a line goes through a box (Liang and Barsky, 1984).
 * @param {Line} line
 * @param {Box} box
 */
export function crosses([x1, y1, x2, y2], { x, y, w, h }) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  let [from, to] = [0, 1];
  for (let side = 0; side < 4; side += 1) {
    const along = side < 2 ? (side === 0 ? -dx : dx) : side === 2 ? -dy : dy;
    const room = side < 2 ? (side === 0 ? x1 - x : x + w - x1) : side === 2 ? y1 - y : y + h - y1;
    if (along === 0 && room < 0) return false;
    if (along < 0) from = Math.max(from, room / along);
    if (along > 0) to = Math.min(to, room / along);
  }
  return from <= to;
}

/**
 * The lines of a path for a placer. Lines between the same two places are one: a path that alternates between two
 * points gives one line.
 * @param {Iterable<Pixel>} pixels of the path, in order
 * @param {Area} area lines that do not touch it are left out
 * @returns {Line[]}
 */
export function linesOf(pixels, { left, top, width, height }) {
  const area = { x: left, y: top, w: width, h: height };
  /** @type {Map<number, Line>} */
  const lines = new Map();
  /** @type {?Pixel} */
  let before = null;
  for (const pixel of pixels) {
    // A step shorter than this is joined to the next one.
    if (before !== null && Math.hypot(pixel[0] - before[0], pixel[1] - before[1]) < CLEAR) continue;
    if (before !== null) {
      /** @type {Line} */
      const line = [...before, ...pixel];
      const [one, other] = [cellOf(before), cellOf(pixel)];
      if (crosses(line, area)) lines.set(Math.min(one, other) * CELLS ** 2 + Math.max(one, other), line);
    }
    before = pixel;
  }
  return [...lines.values()];
}

/** The number of cells along each axis; a pixel beyond the last cell belongs to that cell. */
const CELLS = 4096;

/**
 * The number of the cell, a small square, in which a pixel lies.
 * @param {Pixel} pixel
 */
function cellOf([px, py]) {
  const [column, row] = [px, py].map((at) => Math.max(0, Math.min(CELLS - 1, Math.round(at / CLEAR))));
  return column * CELLS + row;
}
