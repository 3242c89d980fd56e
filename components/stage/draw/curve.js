/** The loss chart: the loss of every run over the steps, with the same playhead as the map. */

import { contextOf, sharpen } from "../../kit/canvas.js";
import { networkWords } from "../network_words.js";
import { LOSS } from "../wire/record.js";
import { words } from "../words.js";
import { measure, thinLosses } from "./curve_axis.js";
import { drawBeyond, drawCurve, drawThin } from "./curve_lines.js";
import { scrub } from "./scrub.js";
import { nice } from "./ticks.js";
import { widthOf } from "./widths.js";

/** @import { Look } from "../../contract.js" */
/** @import { Theme } from "../../kit/types.js" */
/** @import { Choice, CurveAxis, ThinLosses } from "./curve_axis.js" */
/** @import { DrawnRun, DrawnWalk } from "./types.js" */

const LETTERS = 11;
/** The opacity of the curves beyond the playhead. */
const PALE = 0.28;
export class Curve {
  #canvas;
  /** The axes and their title, and the curves of the whole walk: each is drawn once and copied in every frame. */
  #axes = document.createElement("canvas");
  #curves = document.createElement("canvas");
  /** @type {{ walk: DrawnWalk, state: string } | null} */
  #drawn = null;
  /** @type {CurveAxis | null} */
  #axis = null;
  #size = { width: 0, height: 0 };
  /** @type {Choice} */
  scale = "auto";
  /** Whether further losses are drawn thin, where there are some: see `thinLosses`. */
  #isThinOn = true;
  /** @type {HTMLElement | null} */
  #thinSwitch = null;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
  }

  /**
   * Set the size, in pixels. It is not read here, since reading it in a frame makes the browser lay out the page.
   * @param {number} width
   * @param {number} height
   */
  resize(width, height) {
    this.#size = { width, height };
  }

  /**
   * Seek by a pointer on the chart.
   * @param {(step: number) => void} seek
   * @param {() => number} steps how many the walk has
   */
  listen(seek, steps) {
    scrub(this.#canvas, (event) => seek(this.#stepAt(event.offsetX, steps())));
  }

  /**
   * Draw the thin losses only while a button is pressed.
   * @param {HTMLElement} button
   * @param {() => void} requestFrame
   */
  switchThin(button, requestFrame) {
    this.#thinSwitch = button;
    button.addEventListener("click", () => {
      this.#isThinOn = !this.#isThinOn;
      button.setAttribute("aria-pressed", String(this.#isThinOn));
      requestFrame();
    });
  }

  /** Show the button if a walk has losses that can be drawn thin. @param {ThinLosses | null} losses */
  #showSwitch(losses) {
    const button = this.#thinSwitch;
    if (button === null) return;
    button.hidden = losses === null;
    const texts = (losses === "batch_loss" ? words.batch : networkWords).thin;
    if (button.title === texts.help) return;
    button.textContent = texts.button;
    button.title = texts.help;
  }

  /** The losses that are drawn thin; null if none are. @param {Pick<DrawnWalk, "scenario">} walk */
  thinOf(walk) {
    return this.#isThinOn ? thinLosses(walk) : null;
  }

  /** Whether the losses are on a logarithmic scale. */
  get isLog() {
    return this.#axis?.log ?? false;
  }

  /**
   * Draw the curves, and the playhead at `position`.
   * @param {DrawnWalk} walk
   * @param {number} position
   * @param {Look[]} looks
   * @param {Theme} theme
   * @param {number} floor the lowest known loss of the surface
   */
  draw(walk, position, looks, theme, floor) {
    const { width, height } = this.#size;
    if (width === 0 || walk.received < 0) return;
    sharpen(this.#canvas, width, height);
    const { received, complete } = walk;
    const { page, scale } = theme;
    const thin = this.thinOf(walk);
    const state = `${[width, height, received, complete, this.scale, page, scale, window.devicePixelRatio, thin]}`;
    if (this.#axis === null || this.#drawn?.walk !== walk || this.#drawn.state !== state) {
      this.#drawn = { walk, state };
      for (const layer of [this.#axes, this.#curves]) sharpen(layer, width, height);
      const font = fontOf(theme);
      const room = { width, height, scale, widthOf: (/** @type {string} */ text) => widthOf(text, font) };
      this.#showSwitch(thinLosses(walk));
      this.#axis = measure(walk, floor, this.scale, room);
      this.#paint(this.#axis, walk, looks, theme);
    }
    this.#show(this.#axis, position, theme);
  }

  /**
   * Draw axes and curves, without the playhead.
   * @param {CurveAxis} axis
   * @param {DrawnWalk} walk
   * @param {Look[]} looks
   * @param {Theme} theme
   */
  #paint(axis, walk, looks, theme) {
    const [axes, context] = [contextOf(this.#axes), contextOf(this.#curves)];
    for (const layer of [axes, context]) layer.clearRect(0, 0, this.#size.width, this.#size.height);
    const thin = this.thinOf(walk);
    drawAxes(axes, axis, walk, theme);
    context.save();
    const { plot } = axis;
    context.beginPath();
    context.rect(plot.left, plot.top, plot.width, plot.height);
    context.clip();
    if (thin !== null) for (const run of walk.runs) drawThin(context, axis, run, looks[run.index], thin);
    for (const run of walk.runs) drawCurve(context, axis, run, looks[run.index]);
    context.restore();
    if (thin !== null) for (const run of walk.runs) drawBeyond(context, axis, run, looks[run.index], thin, theme);
    for (const run of walk.runs) drawExit(context, axis, run, looks[run.index], theme);
  }

  /**
   * Draw the axes, the curves up to the playhead at full opacity and beyond it pale, then the playhead.
   * @param {CurveAxis} axis
   * @param {number} position
   * @param {Theme} theme
   */
  #show({ plot, x }, position, theme) {
    const { width, height } = this.#size;
    const context = contextOf(this.#canvas);
    const curves = this.#curves;
    const px = x(position);
    const ratio = curves.width / width;
    /** @param {number} from @param {number} to */
    const copy = (from, to) => {
      if (to - from <= 0) return;
      context.drawImage(curves, from * ratio, 0, (to - from) * ratio, curves.height, from, 0, to - from, height);
    };
    context.clearRect(0, 0, width, height);
    context.drawImage(this.#axes, 0, 0, width, height);
    copy(0, px);
    context.globalAlpha = PALE;
    copy(px, width);
    context.globalAlpha = 1;
    context.beginPath();
    context.moveTo(px, plot.top);
    context.lineTo(px, plot.top + plot.height);
    context.lineWidth = 1.5;
    context.strokeStyle = theme.ink;
    context.stroke();
  }

  /** The step under a pixel of the canvas. @param {number} px @param {number} steps */
  #stepAt(px, steps) {
    const { left, width } = this.#axis?.plot ?? { left: 0, width: 1 };
    return Math.round(Math.max(0, Math.min(1, (px - left) / width)) * steps);
  }
}

/** @param {Theme} theme */
function fontOf(theme) {
  return `${LETTERS * theme.scale}px ${theme.font}`;
}

/** @param {CanvasRenderingContext2D} context @param {CurveAxis} axis @param {DrawnWalk} walk @param {Theme} theme */
function drawAxes(context, { plot, ticks, log, base, x, y }, { steps }, theme) {
  context.font = fontOf(theme);
  context.fillStyle = theme.muted;
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const { value, text } of ticks) {
    const py = Math.round(y(value)) + 0.5;
    context.beginPath();
    context.moveTo(plot.left, py);
    context.lineTo(plot.left + plot.width, py);
    context.stroke();
    context.fillText(text, plot.left - 6, py);
  }
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  for (const step of nice(0, steps, Math.max(2, plot.width / 110)).filter(Number.isInteger)) {
    context.fillText(String(step), x(step), plot.top + plot.height + 15 * theme.scale);
  }
  context.textAlign = "left";
  context.fillText(words.draw.lossAxis(log, base), plot.left, plot.top - 8);
}

/**
 * The first steps at which a run's curve leaves the chart: at the top, and at the bottom, because a logarithmic axis
 * has no place for a height of 0; -1 where it does not leave.
 * @param {CurveAxis} axis
 * @param {DrawnRun} run
 */
export function exits({ y, plot }, run) {
  let [top, bottom] = [-1, -1];
  for (let step = 0; step <= run.last && (top < 0 || bottom < 0); step += 1) {
    const py = y(run.at(step, LOSS));
    if (top < 0 && py < plot.top) top = step;
    if (bottom < 0 && py > plot.top + plot.height) bottom = step;
  }
  return { top, bottom };
}

/**
 * An arrow where a run's curve leaves the chart: it shows a divergence without a scale on which the other curves would
 * be flat.
 * @param {CanvasRenderingContext2D} context
 * @param {CurveAxis} axis
 * @param {DrawnRun} run
 * @param {Look} look
 * @param {Theme} theme
 */
function drawExit(context, axis, run, look, theme) {
  const { x, plot } = axis;
  const { top, bottom } = exits(axis, run);
  for (const [step, edge, way] of [
    [top, plot.top, -1],
    [bottom, plot.top + plot.height, 1],
  ]) {
    if (step < 0) continue;
    const px = x(step);
    context.beginPath();
    context.moveTo(px, edge + 6 * way);
    context.lineTo(px + 6, edge - 5 * way);
    context.lineTo(px - 6, edge - 5 * way);
    context.closePath();
    context.lineWidth = 2.5;
    context.strokeStyle = theme.page;
    context.fillStyle = look.color;
    context.stroke();
    context.fill();
  }
}
