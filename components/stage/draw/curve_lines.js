/** The curves of the loss chart: the loss of each run, and further losses. */

import { LOSS } from "../wire/record.js";
import { thin, trace } from "./thinning.js";

/** @import { Look } from "../../contract.js" */
/** @import { Theme } from "../../kit/types.js" */
/** @import { CurveAxis, ThinLosses } from "./curve_axis.js" */
/** @import { DrawnRun } from "./types.js" */

/** The opacity of the losses that are drawn thin. */
const FAINT = 0.55;
/** The length of the mark for a loss beyond the axis. */
const MARK = 6;
/** Points are drawn at most this many pixels outside of the chart: a canvas rounds much larger coordinates. */
const OUTSIDE = 1e4;

/**
 * The curve of a run. In a long walk it goes through the least and the greatest loss in each column of pixels, and the
 * last loss.
 * @param {CanvasRenderingContext2D} context
 * @param {CurveAxis} axis
 * @param {DrawnRun} run
 * @param {Look} look
 */
export function drawCurve(context, axis, run, look) {
  context.setLineDash(look.dash);
  context.lineWidth = 2;
  line(context, axis, run, look, (step) => run.at(step, LOSS));
  context.setLineDash([]);
}

/**
 * Further losses of a run, thin and faint. They do not change the axis; what lies beyond it is marked by `drawBeyond`.
 * @param {CanvasRenderingContext2D} context
 * @param {CurveAxis} axis
 * @param {DrawnRun} run
 * @param {Look} look
 * @param {ThinLosses} column
 */
export function drawThin(context, axis, run, look, column) {
  context.globalAlpha = FAINT;
  context.lineWidth = 1;
  line(context, axis, run, look, (step) => run.value(column, step));
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {CurveAxis} axis
 * @param {DrawnRun} run
 * @param {Look} look
 * @param {(step: number) => number} loss
 */
function line(context, { x, y, plot }, run, look, loss) {
  /** @param {number} step */
  const at = (step) => {
    const py = y(loss(step));
    return Number.isFinite(py) ? Math.max(-OUTSIDE, Math.min(OUTSIDE, py)) : py;
  };
  context.beginPath();
  trace(context, thin(at, 0, run.last, plot.width), x, at);
  context.lineJoin = "round";
  context.strokeStyle = look.color;
  context.stroke();
}

/**
 * The columns of pixels in which thin losses of a run lie beyond the axis, above and below the chart.
 * @param {CurveAxis} axis
 * @param {DrawnRun} run
 * @param {ThinLosses} column
 */
export function beyond({ log, base, x, y, plot }, run, column) {
  /** @type {{ top: Set<number>, bottom: Set<number> }} */
  const found = { top: new Set(), bottom: new Set() };
  for (let step = 0; step <= run.last; step += 1) {
    const loss = run.value(column, step);
    const py = y(loss);
    // A logarithmic axis has no place for a loss at its base or below.
    if ((log && loss <= base) || py > plot.top + plot.height) found.bottom.add(Math.round(x(step)));
    else if (loss === Infinity || py < plot.top) found.top.add(Math.round(x(step)));
  }
  return found;
}

/**
 * Short marks at the edges of the chart, where thin losses of a run lie beyond the axis.
 * @param {CanvasRenderingContext2D} context
 * @param {CurveAxis} axis
 * @param {DrawnRun} run
 * @param {Look} look
 * @param {ThinLosses} column
 * @param {Theme} theme
 */
export function drawBeyond(context, axis, run, look, column, theme) {
  const { top, height } = axis.plot;
  const { top: above, bottom: below } = beyond(axis, run, column);
  const length = MARK * theme.scale;
  context.beginPath();
  for (const px of above) {
    context.moveTo(px, top - length / 2);
    context.lineTo(px, top + length / 2);
  }
  for (const px of below) {
    context.moveTo(px, top + height - length / 2);
    context.lineTo(px, top + height + length / 2);
  }
  context.lineWidth = 1.5 * theme.scale;
  context.strokeStyle = look.color;
  context.stroke();
}
