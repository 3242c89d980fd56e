/** The ellipse in which noise keeps a run, as a formula predicts it: two standard deviations around the minimum. */

import { clip } from "./lines.js";

/** @import { Look, SpreadRecord } from "../../contract.js" */
/** @import { Theme } from "../../kit/types.js" */
/** @import { DrawnWalk, Projection } from "./types.js" */

const DEVIATIONS = 2;
const CORNERS = 72;
const WIDTH = 1.4;
const DASH = [2, 3];

/**
 * The corners of a predicted ellipse, in the numbers of the landscape.
 * @param {Pick<SpreadRecord, "center" | "axes" | "predicted">} spread
 * @returns {[number, number][]}
 */
export function ellipse({ center: [x, y], axes: [[ax, ay], [bx, by]], predicted: [a, b] }) {
  return Array.from({ length: CORNERS }, (_, corner) => {
    const turn = (2 * Math.PI * corner) / CORNERS;
    const [along, across] = [DEVIATIONS * a * Math.cos(turn), DEVIATIONS * b * Math.sin(turn)];
    return [x + along * ax + across * bx, y + along * ay + across * by];
  });
}

/**
 * Draw the ellipse of each run whose spread is known, once the playhead is in the part of the walk that is measured.
 * @param {CanvasRenderingContext2D} context
 * @param {DrawnWalk} walk
 * @param {number} position
 * @param {Look[]} looks
 * @param {Projection} view
 * @param {Theme} theme
 */
export function drawSpreads(context, walk, position, looks, view, theme) {
  for (const { index, outcome } of walk.runs) {
    const spread = outcome?.spread ?? null;
    if (spread === null || position < spread.first) continue;
    context.save();
    clip(context, view.area);
    context.beginPath();
    for (const [x, y] of ellipse(spread)) context.lineTo(...view.project(x, y));
    context.closePath();
    for (const [color, width, dash] of /** @type {[string, number, number[]][]} */ ([
      [theme.page, 3 * WIDTH, []],
      [looks[index].color, WIDTH, DASH],
    ])) {
      context.setLineDash(dash.map((length) => length * theme.scale));
      context.lineWidth = width * theme.scale;
      context.strokeStyle = color;
      context.stroke();
    }
    context.restore();
  }
}
