/** The hatches of a map of basins: small tiles of lines or dots that a canvas repeats. */

import { contextOf } from "../../kit/canvas.js";

/** The side of a tile in CSS pixels. */
const SIDE = 8;
const WIDTH = 1;
const DOT = 1.1;
/** The ground is seen through lines, too. */
const ALPHA = 0.6;

/** Lines of a tile, in units of its side; ends lie beyond the tile so that lines of neighbors join. */
const LINES = {
  rising: [
    [-0.5, 0.5, 0.5, -0.5],
    [-0.5, 1.5, 1.5, -0.5],
    [0.5, 1.5, 1.5, 0.5],
  ],
  falling: [
    [-0.5, 0.5, 0.5, 1.5],
    [-0.5, -0.5, 1.5, 1.5],
    [0.5, -0.5, 1.5, 0.5],
  ],
  crossed: [
    [-0.5, 1.5, 1.5, -0.5],
    [-0.5, -0.5, 1.5, 1.5],
  ],
  level: [[-0.5, 0.5, 1.5, 0.5]],
  upright: [[0.5, -0.5, 0.5, 1.5]],
  dots: [],
};

/** @typedef {keyof typeof LINES} HatchName */

/**
 * A tile of a hatch.
 * @param {HatchName} name
 * @param {string} color
 * @param {number} ratio pixels of the canvas for one CSS pixel
 */
export function tileOf(name, color, ratio) {
  const side = Math.round(SIDE * ratio);
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const context = contextOf(canvas);
  context.globalAlpha = ALPHA;
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = WIDTH * ratio;
  context.beginPath();
  for (const [x1, y1, x2, y2] of LINES[name]) {
    context.moveTo(x1 * side, y1 * side);
    context.lineTo(x2 * side, y2 * side);
  }
  context.stroke();
  if (name === "dots") {
    context.beginPath();
    context.arc(side / 2, side / 2, DOT * ratio, 0, 2 * Math.PI);
    context.fill();
  }
  return canvas;
}
