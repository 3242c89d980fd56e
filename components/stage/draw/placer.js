/** Where the names of a step's parts stand: close to what they name, off the other names, and never struck through by a line. */

import { overlap } from "../../kit/boxes.js";

/** How far from its point a name may stand, in pixels beside its own half; the nearest that is free is taken. */
const REACHES = [5, 12, 22, 36, 54, 76];
const ANGLES = Array.from({ length: 16 }, (_, i) => (i * Math.PI) / 8);
/** What a place costs: each name that it would cover, each line that would cross it, each pixel, and half a turn from ahead. */
const COSTS = { name: 60, line: 40, pixel: 1, turn: 4 };

export class Names {
  #area;
  #taken;
  #lines = [];

  /** `taken` are boxes where nothing may be written. */
  constructor(area, taken) {
    this.#area = area;
    this.#taken = [...taken];
  }

  /** Keep names off a line from one pixel to another. */
  line(from, to) {
    this.#lines.push([...from, ...to]);
  }

  /** Keep names off the edges of a box, but not out of it: it may be as large as the map. */
  frame({ x, y, w, h }) {
    const corners = [
      [x, y],
      [x + w, y],
      [x + w, y + h],
      [x, y + h],
    ];
    for (const [index, corner] of corners.entries()) this.line(corner, corners[(index + 1) % 4]);
  }

  /** Keep names off a whole box. */
  take(box) {
    this.#taken.push(box);
  }

  /** The best box of a size for the name of what is at a pixel, preferably `ahead` of it (an angle); it is taken then. */
  place([px, py], { w, h }, ahead) {
    let best = { cost: Infinity, box: null };
    for (const reach of REACHES) {
      if (reach * COSTS.pixel >= best.cost) break;
      for (const angle of ANGLES) {
        const [right, down] = [Math.cos(angle), Math.sin(angle)];
        const box = { x: px + right * (reach + w / 2) - w / 2, y: py + down * (reach + h / 2) - h / 2, w, h };
        const cost = this.#cost(box) + reach * COSTS.pixel + (COSTS.turn * (1 - Math.cos(angle - ahead))) / 2;
        if (cost < best.cost) best = { cost, box };
      }
    }
    if (best.box !== null) this.#taken.push(best.box);
    return best.box;
  }

  #cost(box) {
    const { left, top, width, height } = this.#area;
    if (box.x < left || box.y < top || box.x + box.w > left + width || box.y + box.h > top + height) return Infinity;
    const names = this.#taken.filter((other) => overlap(box, other)).length;
    return COSTS.name * names + COSTS.line * this.#lines.filter((line) => crosses(line, box)).length;
  }
}

/** Whether a line runs through a box: what is left of it between the box's four sides (Liang and Barsky, 1984). */
export function crosses([x1, y1, x2, y2], { x, y, w, h }) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  let [from, to] = [0, 1];
  for (const [along, room] of [
    [-dx, x1 - x],
    [dx, x + w - x1],
    [-dy, y1 - y],
    [dy, y + h - y1],
  ]) {
    if (along === 0 && room < 0) return false;
    if (along < 0) from = Math.max(from, room / along);
    if (along > 0) to = Math.min(to, room / along);
  }
  return from <= to;
}
