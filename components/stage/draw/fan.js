/** Draws a fan of seeds: faint paths, the ends as dots, and an ellipse around the ends near each minimum. */

import { clipLine } from "./clipping.js";
import { clip } from "./lines.js";
import { ellipse } from "./spread.js";

/** @import { Look } from "../../contract.js" */
/** @import { Range, Theme } from "../../kit/types.js" */
/** @import { RunFan } from "../state/seed_fan.js" */
/** @import { Projection } from "./types.js" */

/** The paths of many seeds cover each other: where many go, the color is strong. */
const PATH = { width: 1, alpha: 0.24 };
const PICKED = { width: 2, halo: 5 };
const END = { radius: 2.6, line: 1.3 };
const ELLIPSE = { width: 1.6, halo: 4.2 };
/** Lines are cut at this distance from the map, in pixels: a canvas rounds much larger coordinates. */
const FAR = 1e5;

/**
 * The fan of a run and how it is drawn. `own`: the walk that is on the screen, whose path is drawn elsewhere; -1 for
 * none. `arrives(walk)`: whether it arrives at a minimum. `bounds`: those of the map. `name`: that of the run.
 * @typedef {object} DrawnFan
 * @property {RunFan} fan
 * @property {Look} look
 * @property {number} own
 * @property {(walk: number) => boolean} arrives
 * @property {[Range, Range]} bounds
 * @property {string} name
 */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {DrawnFan[]} fans
 * @param {Projection} view
 * @param {Theme} theme
 */
export function drawFans(context, fans, view, theme) {
  context.save();
  clip(context, view.area);
  context.lineJoin = "round";
  for (const fan of fans) drawPaths(context, fan, view, theme);
  for (const fan of fans) drawEnds(context, fan, view, theme);
  for (const fan of fans) drawClouds(context, fan, view, theme);
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {DrawnFan} fan @param {Projection} view @param {Theme} theme */
function drawPaths(context, { fan: { walks }, look, own, bounds }, view, theme) {
  context.globalAlpha = PATH.alpha;
  context.lineWidth = PATH.width * theme.scale;
  context.strokeStyle = look.color;
  for (let walk = 0; walk < walks.count; walk += 1) {
    if (walk === own) continue;
    tracePath(context, walks, walk, bounds, view);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/**
 * Draw one path of a fan over everything else: that under the pointer.
 * @param {CanvasRenderingContext2D} context
 * @param {DrawnFan} fan
 * @param {number} walk
 * @param {Projection} view
 * @param {Theme} theme
 */
export function drawPicked(context, { fan: { walks }, look, bounds }, walk, view, theme) {
  context.save();
  clip(context, view.area);
  context.lineJoin = "round";
  for (const [color, width] of /** @type {const} */ ([
    [theme.page, PICKED.halo],
    [look.color, PICKED.width],
  ])) {
    context.lineWidth = width * theme.scale;
    context.strokeStyle = color;
    tracePath(context, walks, walk, bounds, view);
    context.stroke();
  }
  context.restore();
}

/**
 * Make the path of a walk that of the context. A line with both ends outside of the map and of the view is left out:
 * nothing was evaluated on it where it crosses them.
 * @param {CanvasRenderingContext2D} context
 * @param {RunFan["walks"]} walks
 * @param {number} walk
 * @param {[Range, Range]} bounds
 * @param {Projection} view
 */
function tracePath(context, { begins, points }, walk, [[left, right], [low, high]], view) {
  const { area } = view;
  const wide = {
    left: area.left - FAR,
    top: area.top - FAR,
    width: area.width + 2 * FAR,
    height: area.height + 2 * FAR,
  };
  const pixel = new Float64Array(2);
  let [px, py, out, down] = [0, 0, true, false];
  context.beginPath();
  for (let at = begins[walk]; at < begins[walk + 1]; at += 1) {
    const [x, y] = [points[2 * at], points[2 * at + 1]];
    view.projectInto(pixel, 0, x, y);
    const isOut = (x < left || x > right || y < low || y > high) && !view.holds(pixel[0], pixel[1]);
    const line = at > begins[walk] && !(out && isOut) ? clipLine(px, py, pixel[0], pixel[1], wide) : null;
    if (line !== null) {
      if (!down || line[0] !== px || line[1] !== py) context.moveTo(line[0], line[1]);
      context.lineTo(line[2], line[3]);
    }
    down = line !== null && line[2] === pixel[0] && line[3] === pixel[1];
    [px, py, out] = [pixel[0], pixel[1], isOut];
  }
}

/** A filled dot arrives at a minimum, a ring does not. */
/** @param {CanvasRenderingContext2D} context @param {DrawnFan} fan @param {Projection} view @param {Theme} theme */
function drawEnds(context, { fan: { walks }, look, own, arrives }, view, theme) {
  context.lineWidth = END.line * theme.scale;
  for (let walk = 0; walk < walks.count; walk += 1) {
    const place = endOf(walks, walk);
    if (walk === own || place === null) continue;
    const [px, py] = view.project(...place);
    if (!view.holds(px, py)) continue;
    const filled = arrives(walk);
    context.beginPath();
    context.arc(px, py, END.radius * theme.scale, 0, 2 * Math.PI);
    context.fillStyle = filled ? look.color : theme.page;
    context.strokeStyle = filled ? theme.page : look.color;
    context.fill();
    context.stroke();
  }
}

/** @param {CanvasRenderingContext2D} context @param {DrawnFan} fan @param {Projection} view @param {Theme} theme */
function drawClouds(context, { fan: { facts }, look }, view, theme) {
  for (const { center, axes, deviations } of facts.clouds) {
    context.beginPath();
    for (const [x, y] of ellipse({ center, axes, predicted: deviations })) context.lineTo(...view.project(x, y));
    context.closePath();
    for (const [color, width] of /** @type {const} */ ([
      [theme.page, ELLIPSE.halo],
      [look.color, ELLIPSE.width],
    ])) {
      context.lineWidth = width * theme.scale;
      context.strokeStyle = color;
      context.stroke();
    }
  }
}

/**
 * The last point of a walk's path; null if it has none.
 * @param {RunFan["walks"]} walks
 * @param {number} walk
 * @returns {[number, number] | null}
 */
export function endOf({ begins, points }, walk) {
  const last = begins[walk + 1] - 1;
  return last < begins[walk] ? null : [points[2 * last], points[2 * last + 1]];
}
