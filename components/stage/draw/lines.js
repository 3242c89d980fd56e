/** Draws the pieces of a path: a halo in the page's color, the line on it, and thin lines for crossings. */

/** @import { Look } from "../../contract.js" */
/** @import { Area, Theme } from "../../kit/types.js" */

/**
 * A piece of a path: screen points one after the other (x, y, x, y, ...), and its distance along the path, for dashes.
 * `faint`: it is drawn pale.
 * @typedef {{ points: number[], offset: number, faint?: boolean }} Piece
 */

const HALO = 5;
const LINE = 2.4;
/** The opacity of a faint piece. */
const FAINT = 0.4;
const CROSSING = { width: 0.8, alpha: 0.35 };

/** @param {CanvasRenderingContext2D} context @param {Area} area */
export function clip(context, { left, top, width, height }) {
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
}

/** @param {CanvasRenderingContext2D} context @param {number[]} points */
function trace(context, points) {
  context.beginPath();
  context.moveTo(points[0], points[1]);
  for (let i = 2; i < points.length; i += 2) context.lineTo(points[i], points[i + 1]);
}

/** @param {CanvasRenderingContext2D} context @param {Piece} piece @param {Theme} theme */
export function drawHalo(context, { points }, theme) {
  context.setLineDash([]);
  context.lineJoin = "round";
  context.lineCap = "butt";
  context.lineWidth = HALO * theme.scale;
  context.strokeStyle = theme.page;
  trace(context, points);
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number[]} lines four numbers each
 * @param {Look} look
 * @param {Theme} theme
 */
export function drawCrossings(context, lines, look, theme) {
  if (lines.length === 0) return;
  const { globalAlpha } = context;
  context.setLineDash([]);
  context.globalAlpha = globalAlpha * CROSSING.alpha;
  context.lineWidth = CROSSING.width * theme.scale;
  context.strokeStyle = look.color;
  context.beginPath();
  for (let i = 0; i < lines.length; i += 4) {
    context.moveTo(lines[i], lines[i + 1]);
    context.lineTo(lines[i + 2], lines[i + 3]);
  }
  context.stroke();
  context.globalAlpha = globalAlpha;
}

/** @param {CanvasRenderingContext2D} context @param {Piece} piece @param {Look} look @param {Theme} theme */
export function drawLine(context, { points, offset, faint = false }, look, theme) {
  const { globalAlpha } = context;
  if (faint) context.globalAlpha = globalAlpha * FAINT;
  context.lineJoin = "round";
  context.setLineDash(look.dash.map((length) => length * theme.scale));
  context.lineDashOffset = offset;
  context.lineWidth = LINE * theme.scale;
  context.strokeStyle = look.color;
  trace(context, points);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = globalAlpha;
}
