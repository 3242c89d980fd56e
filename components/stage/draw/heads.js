/** The shapes that mark a run's position (its head) and the start, inside the view and at its edge. */

/** @import { Look } from "../../contract.js" */
/** @import { Pixel, Theme } from "../../kit/types.js" */
/** @import { Projection } from "./types.js" */

/**
 * The shapes of heads and minima by Plotly's names: the number of corners (0: a circle), the direction of the first
 * corner, and the radius, chosen for about equal areas.
 * @type {{ [name: string]: [number, number, number] }}
 */
const SHAPES = {
  circle: [0, 0, 6],
  square: [4, Math.PI / 4, 7.5],
  diamond: [4, 0, 7.5],
  "triangle-up": [3, -Math.PI / 2, 8.5],
  pentagon: [5, -Math.PI / 2, 7],
  "triangle-down": [3, Math.PI / 2, 8.5],
  hexagon: [6, 0, 6.8],
  octagon: [8, Math.PI / 8, 6.5],
  star: [10, -Math.PI / 2, 8],
};
/** Every second corner of a star lies this much nearer to its center. */
const NOTCH = 0.43;
const ARROW = [
  [9, 0],
  [-6, -7],
  [-3, 0],
  [-6, 7],
];

/**
 * @typedef {{ x: number, y: number, angle: number }} Exit a pixel at the edge of the view, and a direction in radians
 */

/**
 * Begin a path around a pixel, of a shape by its name.
 * @param {CanvasRenderingContext2D} context
 * @param {string} shape
 * @param {Pixel} at
 * @param {number} factor of the shape's radius
 */
export function outline(context, shape, [x, y], factor) {
  const [corners, turn, size] = SHAPES[shape];
  context.beginPath();
  if (corners === 0) context.arc(x, y, size * factor, 0, 2 * Math.PI);
  for (let corner = 0; corner < corners; corner += 1) {
    const angle = turn + (2 * Math.PI * corner) / corners;
    const radius = size * factor * (shape === "star" && corner % 2 === 1 ? NOTCH : 1);
    context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  context.closePath();
}

/**
 * Draw the head of a run.
 * @param {CanvasRenderingContext2D} context
 * @param {Pixel} at
 * @param {Look} look
 * @param {Theme} theme
 */
export function drawHead(context, at, look, theme) {
  outline(context, look.head, at, theme.scale);
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = theme.page;
  context.stroke();
  context.fillStyle = look.color;
  context.fill();
}

/**
 * Draw an arrow at the edge of the view, toward something outside.
 * @param {CanvasRenderingContext2D} context
 * @param {Exit} exit
 * @param {string} color
 * @param {Theme} theme
 * @param {number} [inward] pixels between the arrow's tip and the edge
 */
export function drawArrow(context, { x, y, angle }, color, theme, inward = 1) {
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.translate(-9 * theme.scale - inward, 0);
  context.beginPath();
  for (const [along, across] of ARROW) context.lineTo(along * theme.scale, across * theme.scale);
  context.closePath();
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = theme.page;
  context.fillStyle = color;
  context.stroke();
  context.fill();
  context.restore();
}

/**
 * Draw the start's ring as it looks on the screen, where it is an element (map.css).
 * @param {CanvasRenderingContext2D} context
 * @param {Pixel} at
 * @param {Theme} theme
 */
export function drawRing(context, [x, y], theme) {
  for (const [radius, fill] of /** @type {[number, string][]} */ ([
    [10, theme.page],
    [8, theme.ink],
    [5, theme.page],
  ])) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
  }
}

/**
 * The place at the edge of the view that is nearest to a pixel outside of it.
 * @param {Projection} view
 * @param {Pixel} at
 * @returns {Exit}
 */
export function nearestEdge(view, [px, py]) {
  const { left, top, width, height } = view.area;
  const [x, y] = [Math.min(left + width, Math.max(left, px)), Math.min(top + height, Math.max(top, py))];
  return { x, y, angle: Math.atan2(py - y, px - x) };
}

/**
 * Where a line from a pixel in the view to one outside of it leaves the view.
 * @param {Projection} view
 * @param {Pixel} inner
 * @param {Pixel} outer
 * @returns {Exit}
 */
export function exitOf(view, inner, outer) {
  const [dx, dy] = [outer[0] - inner[0], outer[1] - inner[1]];
  const { left, top, width, height } = view.area;
  const part = Math.min(
    dx === 0 ? Infinity : ((dx > 0 ? left + width : left) - inner[0]) / dx,
    dy === 0 ? Infinity : ((dy > 0 ? top + height : top) - inner[1]) / dy,
  );
  return { x: inner[0] + dx * part, y: inner[1] + dy * part, angle: Math.atan2(dy, dx) };
}
