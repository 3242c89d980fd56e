/** Draws what changes from frame to frame: each run's model, residuals, and the examples that are marked. */

import { clipLine } from "../draw/clipping.js";
import { drawArrow } from "../draw/heads.js";
import { clip, drawHalo, drawLine } from "../draw/lines.js";
import { X, Y } from "../wire/record.js";
import { levelLines } from "./boundary.js";

/** @import { Look } from "../../contract.js" */
/** @import { Area, Point } from "../../kit/types.js" */
/** @import { Piece } from "../draw/lines.js" */
/** @import { DrawnRun, DrawnWalk } from "../draw/types.js" */
/** @import { Field } from "./boundary.js" */
/** @import { Data, Weights } from "./data.js" */
/** @import { Plot } from "./plot.js" */
/** @typedef {{ pieces: Piece[], side: number }} Shape a model's line; `side`: where it is if it is not in the plot */

/**
 * What one frame shows of the models.
 * @typedef {object} ModelScene
 * @property {DrawnWalk} walk
 * @property {number} position the playhead, in steps; fractions are between two steps
 * @property {Point | null} start the start while it is moved, which the walk can lag behind; null: it rests
 * @property {Look[]} looks by index of the run
 * @property {number | null} residuals the index of the run whose residuals are drawn; null: none are
 * @property {ReadonlySet<number>} marked the examples that are marked, by their place in the data
 */

/** Lines go on for this many pixels outside of the plot, so that their ends are not seen. */
const BEYOND = 20;
const RESIDUAL = { width: 1, alpha: 0.7 };
const MARKED = { radius: 5.5, width: 2 };

/**
 * The weights of a run at the playhead: between two steps on the line between them, as its head on the map.
 * @param {DrawnRun} run
 * @param {number} position
 */
export function weightsAt(run, position) {
  const at = Math.min(position, run.last);
  const base = Math.floor(at);
  const next = Math.min(base + 1, run.last);
  const between = (/** @type {number} */ field) => {
    const here = run.at(base, field);
    return here + (run.at(next, field) - here) * (at - base);
  };
  return { x: between(X), y: between(Y) };
}

/**
 * The weights of a run with which its model is drawn; null if they are not known yet. Those of a network are known at
 * some steps: then they are the latest ones before the playhead. While the start is moved, all runs have its weights.
 * @param {Data} data
 * @param {DrawnRun} run
 * @param {number} position
 * @param {Point | null} [start] the start while it is moved
 * @returns {Weights | null}
 */
export function drawnWeights(data, run, position, start = null) {
  if (start !== null && !data.isNetwork) return { x: start[0], y: start[1] };
  if (run.last < 0) return null;
  return data.isNetwork ? (run.keptAt(position)?.weights ?? null) : weightsAt(run, position);
}

/**
 * Draw the models of all runs.
 * @param {CanvasRenderingContext2D} context
 * @param {Plot} plot
 * @param {ModelScene} scene
 */
export function drawModels(context, plot, { walk, position, start, looks, residuals }) {
  const { view, theme, data } = plot;
  const drawn = walk.runs.flatMap((run) => {
    const weights = drawnWeights(data, run, position, start);
    return weights === null ? [] : [{ run, weights, look: looks[run.index], ...shapeOf(plot, weights) }];
  });
  context.save();
  clip(context, view.area);
  for (const { run, weights, look } of drawn) {
    if (run.index === residuals && data.inputs === 1) drawResiduals(context, plot, weights, look);
  }
  for (const { pieces } of drawn) for (const piece of pieces) drawHalo(context, piece, theme);
  for (const { pieces, look } of drawn) for (const piece of pieces) drawLine(context, piece, look, theme);
  context.restore();
  drawn.forEach(({ pieces, side, look }, place) => {
    if (pieces.length > 0 || side === 0) return;
    const { left, top, width, height } = view.area;
    const x = left + (width * (place + 1)) / (drawn.length + 1);
    const edge = { x, y: side < 0 ? top : top + height, angle: (side * Math.PI) / 2 };
    drawArrow(context, edge, look.color, theme);
  });
}

/**
 * The shape of each network's weights in the plot where it was computed last: they change only every few frames.
 * @type {WeakMap<Float32Array, { plot: Plot, shape: Shape }>}
 */
const shapes = new WeakMap();

/**
 * @param {Plot} plot
 * @param {Weights} weights
 * @returns {Shape}
 */
function shapeOf(plot, weights) {
  const make = plot.data.inputs === 2 ? boundary : curve;
  if (!(weights instanceof Float32Array)) return make(plot, weights);
  const known = shapes.get(weights);
  if (known?.plot === plot) return known.shape;
  const shape = make(plot, weights);
  shapes.set(weights, { plot, shape });
  return shape;
}

/**
 * The curve of a model with one input: one point for each pixel along x. `side`: where the curve lies if no part of it
 * is in the plot: above it (-1) or below it (1).
 * @param {Plot} plot
 * @param {Weights} weights
 * @returns {Shape}
 */
function curve({ view, fitted }, weights) {
  const { left, width, top, height } = view.area;
  const count = Math.max(2, Math.ceil(width) + 1);
  const [low, high] = view.x;
  const raw = Float64Array.from({ length: count }, (_, at) => low + ((high - low) * at) / (count - 1));
  const outputs = fitted.predict(weights, raw);
  const points = [...outputs].map((output, at) => [left + (width * at) / (count - 1), view.project(0, output)[1]]);
  const middle = points[count >> 1][1];
  const side = Number.isFinite(middle) ? Math.sign(middle - top - height / 2) : 0;
  return { pieces: pieces(points, view.area), side };
}

/**
 * The parts of a line near the plot.
 * @param {number[][]} points
 * @param {Area} area
 * @returns {Piece[]}
 */
function pieces(points, { left, top, width, height }) {
  const near = { left: left - 1, top: top - BEYOND, width: width + 2, height: height + 2 * BEYOND };
  /** @type {Piece[]} */
  const found = [];
  let ends = [NaN, NaN];
  for (let at = 1; at < points.length; at += 1) {
    const [from, to] = [points[at - 1], points[at]];
    const whole = isNear(from[1], near) && isNear(to[1], near);
    const part = whole ? [...from, ...to] : clipLine(from[0], from[1], to[0], to[1], near);
    if (part === null) continue;
    const [ax, ay, bx, by] = part;
    if (ax === ends[0] && ay === ends[1]) found[found.length - 1].points.push(bx, by);
    else found.push({ points: [ax, ay, bx, by], offset: ax - left });
    ends = [bx, by];
  }
  return found.filter((piece) => isIn(piece.points, top, height));
}

/** @param {number} py @param {Area} area */
function isNear(py, { top, height }) {
  return py >= top && py <= top + height;
}

/**
 * Whether a line is in the plot, and not only just outside of it.
 * @param {number[]} points
 * @param {number} top
 * @param {number} height
 */
function isIn(points, top, height) {
  const heights = points.filter((_, at) => at % 2 === 1);
  return Math.max(...heights) >= top && Math.min(...heights) <= top + height;
}

/**
 * The boundary between the classes of a model with two inputs.
 * @param {Plot} plot
 * @param {Weights} weights
 * @returns {Shape}
 */
function boundary({ view, fitted }, weights) {
  const { left, top, width, height } = view.area;
  // The inputs as the model gets them at the corners of the plot; between these they change evenly.
  const [[u0, u1], [v0, v1]] = [view.x, view.y].map((range, input) => range.map((raw) => fitted.toModel(raw, input)));
  const inputs = [new Float64Array(0), new Float64Array(0)];
  /** @type {Field} */
  const field = (px, py, count) => {
    if (inputs[0].length < count) for (const input of [0, 1]) inputs[input] = new Float64Array(count);
    const [u, v] = inputs;
    for (let at = 0; at < count; at += 1) {
      u[at] = u0 + ((u1 - u0) * (px[at] - left)) / width;
      v[at] = v1 - ((v1 - v0) * (py[at] - top)) / height;
    }
    return fitted.outputs(weights, inputs, count);
  };
  const lines = levelLines(field, fitted.facts.boundary ?? 0, view.area);
  return { pieces: lines.map((points) => ({ points, offset: 0 })), side: 0 };
}

/**
 * Draw a line from every example to the model's curve.
 * @param {CanvasRenderingContext2D} context
 * @param {Plot} plot
 * @param {Weights} weights
 * @param {Look} look
 */
function drawResiduals(context, plot, weights, look) {
  const { data, fitted, view, theme } = plot;
  const predicted = fitted.predict(weights, data.columns[0]);
  context.globalAlpha = RESIDUAL.alpha;
  context.lineWidth = RESIDUAL.width * theme.scale;
  context.strokeStyle = look.color;
  context.beginPath();
  for (let at = 0; at < data.count; at += 1) {
    const [px, py] = plot.pixel(at);
    const part = clipLine(px, py, px, view.project(0, predicted[at])[1], view.area);
    if (part === null) continue;
    context.moveTo(part[0], part[1]);
    context.lineTo(part[2], part[3]);
  }
  context.stroke();
  context.globalAlpha = 1;
}

/**
 * Draw a ring around each marked example.
 * @param {CanvasRenderingContext2D} context
 * @param {Plot} plot
 * @param {ReadonlySet<number>} marked
 */
export function drawMarked(context, plot, marked) {
  const { theme } = plot;
  const { scale } = theme;
  for (const [width, color] of /** @type {[number, string][]} */ ([
    [2 * MARKED.width, theme.page],
    [MARKED.width, theme.ink],
  ])) {
    context.lineWidth = width * scale;
    context.strokeStyle = color;
    for (const at of marked) {
      const [px, py] = plot.pixel(at);
      context.beginPath();
      context.arc(px, py, MARKED.radius * scale, 0, 2 * Math.PI);
      context.stroke();
    }
  }
}
