/** The 2-D view: maps points of the landscape to pixels of the map and back. Two linear axes inside margins. */

/** @import { Area, Box, Pixel, Point, Range } from "../../kit/types.js" */
/** @import { Margins, Projection, Ranges } from "./types.js" */

/**
 * Lines and letters on the map have scale 1 if the cards' letters have at most this size and the map at most this
 * width, both in pixels.
 */
const LETTERS = 14;
const WIDE = 860;
const LARGEST_BY_WIDTH = 1.4;
/** The width of the tools on the map: eight buttons of 30 pixels, and a little more. */
const TOOLS = 250;

/** @implements {Projection} */
export class View {
  /** @type {Margins} */
  margins = { l: 40, r: 70, t: 8, b: 30 };
  width = 0;
  height = 0;
  /** @type {Range} */
  x = [0, 1];
  /** @type {Range} */
  y = [0, 1];
  /** Rises with every change. A drawing that was made with another version is out of date. */
  version = 0;
  #letters = LETTERS;
  /** @type {Box | null} */
  #reserved = null;
  /** @type {Area} */
  #area = { left: 0, top: 0, width: 1, height: 1 };
  // pixel = scale * number + offset, for both axes.
  #sx = 1;
  #ox = 0;
  #sy = -1;
  #oy = 0;

  /**
   * Set the size of the picture.
   * @param {number} width
   * @param {number} height
   * @param {number} [letters] size of the letters beside the map, in CSS pixels
   */
  resize(width, height, letters = LETTERS) {
    if (width === this.width && height === this.height && letters === this.#letters) return;
    this.width = width;
    this.height = height;
    this.#letters = letters;
    this.#change();
  }

  /** Set the margins. @param {Margins} margins */
  setMargins(margins) {
    const { l, r, t, b } = this.margins;
    if (margins.l === l && margins.r === r && margins.t === t && margins.b === b) return;
    this.margins = margins;
    this.#change();
  }

  /** Set the ranges of the axes. @param {Range} x @param {Range} y */
  setRanges(x, y) {
    this.x = [...x];
    this.y = [...y];
    this.#change();
  }

  #change() {
    const { l, r, t, b } = this.margins;
    const [width, height] = [Math.max(1, this.width - l - r), Math.max(1, this.height - t - b)];
    this.#area = { left: l, top: t, width, height };
    this.#sx = width / (this.x[1] - this.x[0]);
    this.#sy = -height / (this.y[1] - this.y[0]);
    this.#ox = l - this.#sx * this.x[0];
    this.#oy = t + height - this.#sy * this.y[0];
    this.version += 1;
  }

  /** The rectangle inside the axes, in CSS pixels of the map's element. */
  get area() {
    return this.#area;
  }

  /** The box of the tools on the map. No name may cover it. @returns {Box} */
  get tools() {
    const { left, top } = this.#area;
    return this.#reserved ?? { x: left + 8, y: top + 4, w: TOOLS, h: 40 };
  }

  /** Set the box of the tools. @param {Box} box */
  reserve(box) {
    this.#reserved = box;
    this.version += 1;
  }

  /**
   * The factor by which lines and letters are larger than on a small screen. It rises with the map's width and with the
   * cards' letters.
   */
  get scale() {
    return Math.max(1, Math.min(LARGEST_BY_WIDTH, this.width / WIDE), this.#letters / LETTERS);
  }

  /** @param {number} x @param {number} y @returns {Pixel} */
  project(x, y) {
    return [this.#sx * x + this.#ox, this.#sy * y + this.#oy];
  }

  /** @param {Float64Array} pixels @param {number} at @param {number} x @param {number} y */
  projectInto(pixels, at, x, y) {
    pixels[at] = this.#sx * x + this.#ox;
    pixels[at + 1] = this.#sy * y + this.#oy;
  }

  /**
   * The point under a pixel, with as many decimals as the pixel can resolve.
   * @param {number} px
   * @param {number} py
   * @returns {Point}
   */
  unproject(px, py) {
    return [
      tidy((px - this.#ox) / this.#sx, 1 / Math.abs(this.#sx)),
      tidy((py - this.#oy) / this.#sy, 1 / Math.abs(this.#sy)),
    ];
  }

  /** Whether a pixel lies inside the axes. @param {number} px @param {number} py */
  holds(px, py) {
    const { left, top, width, height } = this.#area;
    return px >= left && px <= left + width && py >= top && py <= top + height;
  }

  /**
   * The ranges after zooming by `factor` (below 1: closer) about a pixel.
   * @param {number} factor
   * @param {number} px
   * @param {number} py
   * @returns {Ranges}
   */
  zoomed(factor, px, py) {
    /** @type {(range: Range, center: number) => Range} */
    const about = ([low, high], center) => [center + (low - center) * factor, center + (high - center) * factor];
    return { x: about(this.x, (px - this.#ox) / this.#sx), y: about(this.y, (py - this.#oy) / this.#sy) };
  }

  /** The ranges after the ground was dragged by some pixels. @param {number} dx @param {number} dy @returns {Ranges} */
  panned(dx, dy) {
    const [right, up] = [dx / this.#sx, dy / this.#sy];
    return { x: [this.x[0] - right, this.x[1] - right], y: [this.y[0] - up, this.y[1] - up] };
  }
}

/** Round to a quarter of `step`, in decimals, so that links stay short. @param {number} value @param {number} step */
export function tidy(value, step) {
  const decimals = Math.min(15, Math.max(0, Math.ceil(-Math.log10(step / 4))));
  return Number(value.toFixed(decimals)) + 0;
}
