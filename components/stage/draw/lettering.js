/**
 * Words with a halo on a canvas. Each is drawn once, on a canvas of its own, and copied from there in every frame: when
 * the font of a canvas in the page is set, the browser computes the styles of the whole page, which takes longer than
 * everything else in a frame.
 */

/** @import { Box, Pixel, Theme } from "../../kit/types.js" */

import { contextOf } from "../../kit/canvas.js";

/** Room around a word for its halo. */
const EDGE = 4;
/** The height of a word's box, as a multiple of its font size. */
const LINE = 1.15;
/** A name nearer to its point than this, in pixels, has no line to it. */
const CLOSE = 14;
/** A line to a name begins at this distance from the point, in pixels, since the point itself has a mark. */
const AWAY = 10;

export class Lettering {
  /** @type {{theme: ?Theme, ratio: number}} */
  #drawnFor = { theme: null, ratio: 0 };
  /** @type {Map<string, HTMLCanvasElement>} */
  #words = new Map();
  /** @type {Map<string, number>} */
  #widths = new Map();

  /**
   * The size of a word's box, in CSS pixels; measured once.
   * @param {CanvasRenderingContext2D} context
   * @param {string} word
   * @param {Theme} theme
   * @param {number} size of the font
   */
  measure(context, word, theme, size) {
    const font = fontOf(theme, size);
    const name = `${word} ${font}`;
    let w = this.#widths.get(name);
    if (w === undefined) {
      context.font = font;
      w = context.measureText(word).width + 2;
      this.#widths.set(name, w);
    }
    return { w, h: size * LINE * theme.scale };
  }

  /**
   * Write a word in the middle of a box of CSS pixels.
   * @param {CanvasRenderingContext2D} context
   * @param {string} word
   * @param {Box} box
   * @param {Theme} theme
   * @param {{size: number, color?: string}} style the size of the font; without a color, the theme's ink
   */
  write(context, word, { x, y, w, h }, theme, { size, color = theme.ink }) {
    // In a saved picture a word is written directly: it is sharp at any size, and it stays text in an SVG.
    if (!context.canvas?.isConnected) {
      context.save();
      inscribe(context, word, [x + w / 2, y + h / 2], theme, { size, color });
      context.restore();
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    if (this.#drawnFor.theme !== theme || this.#drawnFor.ratio !== ratio) {
      this.#drawnFor = { theme, ratio };
      this.#words.clear();
    }
    const [width, height] = [w + 2 * EDGE, h + 2 * EDGE];
    const name = `${word} ${size} ${color}`;
    const made = this.#words.get(name) ?? written(word, { width, height, ratio }, theme, { size, color });
    this.#words.set(name, made);
    const [left, top] = [x - EDGE, y - EDGE].map((at) => Math.round(at * ratio) / ratio); // on whole pixels: sharp
    context.drawImage(made, left, top, width, height);
  }
}

/**
 * @param {Theme} theme
 * @param {number} size
 */
function fontOf(theme, size) {
  return `600 ${size * theme.scale}px ${theme.font}`;
}

/**
 * A canvas with a word and its halo in the middle.
 * @param {string} word
 * @param {{width: number, height: number, ratio: number}} room
 * @param {Theme} theme
 * @param {{size: number, color: string}} style
 */
function written(word, { width, height, ratio }, theme, { size, color }) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * ratio);
  canvas.height = Math.ceil(height * ratio);
  const context = contextOf(canvas);
  context.scale(canvas.width / width, canvas.height / height);
  inscribe(context, word, [width / 2, height / 2], theme, { size, color });
  return canvas;
}

/**
 * Write a word and its halo about a point.
 * @param {CanvasRenderingContext2D} context
 * @param {string} word
 * @param {Pixel} point
 * @param {Theme} theme
 * @param {{size: number, color: string}} style
 */
function inscribe(context, word, [x, y], theme, { size, color }) {
  context.font = fontOf(theme, size);
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = theme.page;
  context.fillStyle = color;
  context.strokeText(word, x, y);
  context.fillText(word, x, y);
}

/**
 * Draw a line from a point to the box of its name, where the two are not close.
 * @param {CanvasRenderingContext2D} context
 * @param {Pixel} point
 * @param {Box} box
 * @param {Theme} theme
 * @param {string} [ink] the line's color
 */
export function leader(context, [px, py], box, theme, ink = theme.ink) {
  const x = Math.max(box.x, Math.min(px, box.x + box.w));
  const y = Math.max(box.y, Math.min(py, box.y + box.h));
  const length = Math.hypot(x - px, y - py);
  if (length < CLOSE) return;
  const from = AWAY / length;
  for (const [width, color] of /** @type {[number, string][]} */ ([
    [3, theme.page],
    [1, ink],
  ])) {
    context.beginPath();
    context.moveTo(px + (x - px) * from, py + (y - py) * from);
    context.lineTo(x, y);
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
}
