/** The loss of every run over the steps, on the same playhead as the map. */

import { sharpen } from "../../kit/canvas.js";
import { brief, tick } from "../../kit/numbers.js";
import { LOSS } from "../wire/record.js";

/** Above the curves there is room for their name and for the choice of scale, which would hide them. */
const MARGIN = { l: 46, r: 12, t: 22, b: 20 };
/** A run whose loss rises beyond this many times the height of the start is shown leaving at the top. */
const TOWER = { linear: 3, log: 1000 };
/** What rises beyond so many times the height of the start has left for good. */
const CLIMB = 1000;
const LOG_SPAN = 200;
/** A loss this little below zero is zero, but for the last digits of the arithmetic. */
const ZERO = 1e-9;

export class Curve {
  #canvas;
  #scene = document.createElement("canvas");
  #drawn = null;
  #axis = null;
  #size = { width: 0, height: 0 };
  /** "auto", "linear" or "log". */
  scale = "auto";

  constructor(canvas) {
    this.#canvas = canvas;
  }

  /** The room there is, in pixels: told from outside, since asking in a frame makes the browser lay out the page. */
  resize(width, height) {
    this.#size = { width, height };
  }

  /** Draw the curves up to `position`; `floor` is the lowest loss that the surface has. */
  draw(walk, position, looks, theme, floor) {
    const { width, height } = this.#size;
    if (width === 0 || walk.received < 0) return;
    sharpen(this.#canvas, width, height);
    const state = JSON.stringify([
      width,
      height,
      walk.received,
      walk.complete,
      this.scale,
      theme.page,
      window.devicePixelRatio,
    ]);
    if (this.#drawn?.walk !== walk || this.#drawn.state !== state) {
      this.#drawn = { walk, state };
      sharpen(this.#scene, width, height);
      this.#axis = this.#measure(walk, width, height, floor, theme.scale);
      this.#paint(walk, looks, theme, width, height);
    }
    this.#show(position, theme, width, height);
  }

  /** The scale of both axes for what has arrived. */
  #measure(walk, width, height, floor, scale) {
    const tops = walk.runs.filter((run) => run.last >= 0).map((run) => extent(run));
    const low = Math.min(...tops.map((top) => top.low));
    const start = Math.max(...walk.runs.map((run) => run.at(0, LOSS)).filter(Number.isFinite), low);
    const room = Math.max(start - low, Math.abs(low) * 1e-9, 1e-12);
    const lowest = Math.min(floor, low);
    const highs = tops.map((top) => top.high);
    // Where all of them rise beyond it, the one that rises least is shown, unless it diverges.
    const least = Math.min(...highs);
    const climbs = least - lowest <= CLIMB * (start - lowest) ? [least] : [];
    const below = (tower) => {
      const fit = highs.filter((high) => high <= low + tower * room);
      return Math.max(start, ...(fit.length > 0 ? fit : climbs));
    };
    // A log scale shows ratios: of the loss itself where it stays above zero, else of its height above the lowest.
    const base = lowest < -ZERO ? lowest : 0;
    const positive = Math.min(...tops.map((top) => top.above(base)));
    const spans = (below(TOWER.log) - base) / Math.max(positive, 1e-300) > LOG_SPAN;
    const log = this.scale === "log" || (this.scale === "auto" && base === 0 && spans);
    const high = below(log ? TOWER.log : TOWER.linear);
    const map = log ? (loss) => Math.log10(loss - base) : (loss) => loss;
    const bottom = log ? Math.log10(Math.max(positive, (high - base) * 1e-12)) : low;
    const top = map(high);
    const pad = 0.06 * Math.max(top - bottom, 1e-12);
    const [y0, y1] = [bottom - pad, top + pad];
    const { l, r, t, b } = Object.fromEntries(Object.entries(MARGIN).map(([side, room]) => [side, room * scale]));
    const plot = { left: l, top: t, width: width - l - r, height: height - t - b };
    return {
      log,
      base,
      y0,
      y1,
      plot,
      x: (step) => plot.left + (plot.width * step) / Math.max(1, walk.steps),
      y: (loss) => plot.top + plot.height * (1 - (map(loss) - y0) / (y1 - y0)),
      level: (value) => plot.top + plot.height * (1 - (value - y0) / (y1 - y0)),
    };
  }

  #paint(walk, looks, theme, width, height) {
    const context = this.#scene.getContext("2d");
    context.clearRect(0, 0, width, height);
    this.#rules(context, walk, theme);
    context.save();
    const { plot } = this.#axis;
    context.beginPath();
    context.rect(plot.left, plot.top, plot.width, plot.height);
    context.clip();
    for (const run of walk.runs) this.#line(context, run, looks[run.index]);
    context.restore();
    for (const run of walk.runs) this.#exit(context, run, looks[run.index], theme);
  }

  #rules(context, walk, theme) {
    const { plot, y0, y1, log, base, level, x } = this.#axis;
    context.font = `${11 * theme.scale}px ${theme.font}`;
    context.fillStyle = theme.muted;
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.textBaseline = "middle";
    context.textAlign = "right";
    const exponents = (ticks) => ticks.filter(Number.isInteger);
    const values = log ? exponents(nice(y0, y1, 4)) : nice(y0, y1, 4);
    for (const value of values) {
      const py = Math.round(level(value)) + 0.5;
      context.beginPath();
      context.moveTo(plot.left, py);
      context.lineTo(plot.left + plot.width, py);
      context.stroke();
      context.fillText(tick(log ? 10 ** value : value), plot.left - 6, py);
    }
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    for (const step of nice(0, walk.steps, Math.max(2, plot.width / 110)).filter(Number.isInteger)) {
      context.fillText(String(step), x(step), plot.top + plot.height + 15 * theme.scale);
    }
    context.textAlign = "left";
    const name = log && base !== 0 ? `loss above ${brief(base)}` : "loss";
    context.fillText(`${name}, ${log ? "log" : "linear"}`, plot.left, plot.top - 8);
  }

  #line(context, run, look) {
    const { x, y } = this.#axis;
    context.beginPath();
    const stride = Math.max(1, Math.floor(run.last / 4000));
    let pen = false;
    for (let step = 0; step <= run.last; step += stride) {
      const py = y(run.at(step, LOSS));
      if (!Number.isFinite(py)) {
        pen = false;
        continue;
      }
      const [qx, qy] = [x(step), Math.max(-1e4, Math.min(1e4, py))];
      if (pen) context.lineTo(qx, qy);
      else context.moveTo(qx, qy);
      pen = true;
    }
    context.setLineDash(look.dash);
    context.lineJoin = "round";
    context.lineWidth = 2;
    context.strokeStyle = look.color;
    context.stroke();
    context.setLineDash([]);
  }

  /** Where a run's curve leaves through the top: an arrow, so that a divergence is seen and squashes nobody. */
  #exit(context, run, look, theme) {
    const { x, y, plot } = this.#axis;
    for (let step = 0; step <= run.last; step += 1) {
      if (!(y(run.at(step, LOSS)) < plot.top)) continue;
      const px = x(step);
      context.beginPath();
      context.moveTo(px, plot.top - 6);
      context.lineTo(px + 6, plot.top + 5);
      context.lineTo(px - 6, plot.top + 5);
      context.closePath();
      context.lineWidth = 2.5;
      context.strokeStyle = theme.page;
      context.fillStyle = look.color;
      context.stroke();
      context.fill();
      return;
    }
  }

  /** Copy what has been played, pale what has not, and rule the playhead. */
  #show(position, theme, width, height) {
    const context = this.#canvas.getContext("2d");
    const { plot, x } = this.#axis;
    const px = x(position);
    const ratio = this.#scene.width / width;
    const copy = (from, to) => {
      if (to - from <= 0) return;
      context.drawImage(
        this.#scene,
        from * ratio,
        0,
        (to - from) * ratio,
        this.#scene.height,
        from,
        0,
        to - from,
        height,
      );
    };
    context.clearRect(0, 0, width, height);
    copy(0, px);
    context.globalAlpha = 0.28;
    copy(px, width);
    context.globalAlpha = 1;
    const [foot, rest] = [plot.top + plot.height + 1, height - plot.top - plot.height - 1];
    context.clearRect(0, foot, width, rest);
    context.drawImage(this.#scene, 0, foot * ratio, this.#scene.width, rest * ratio, 0, foot, width, rest);
    context.beginPath();
    context.moveTo(px, plot.top);
    context.lineTo(px, plot.top + plot.height);
    context.lineWidth = 1.5;
    context.strokeStyle = theme.ink;
    context.stroke();
  }

  /** The step under a pixel of the canvas. */
  stepAt(px, steps) {
    const { plot } = this.#axis ?? { plot: { left: MARGIN.l, width: 1 } };
    return Math.round(Math.max(0, Math.min(1, (px - plot.left) / plot.width)) * steps);
  }
}

/** The lowest and highest finite loss of a run, and the lowest of its heights above a floor that is above zero. */
function extent(run) {
  let [low, high] = [Infinity, -Infinity];
  for (let step = 0; step <= run.last; step += 1) {
    const loss = run.at(step, LOSS);
    if (!Number.isFinite(loss)) continue;
    low = Math.min(low, loss);
    high = Math.max(high, loss);
  }
  const above = (floor) => {
    let least = Infinity;
    for (let step = 0; step <= run.last; step += 1) {
      const height = run.at(step, LOSS) - floor;
      if (height > 0) least = Math.min(least, height);
    }
    return least;
  };
  return { low, high, above };
}

/** About `count` round numbers between two. */
function nice(low, high, count) {
  const rough = (high - low) / count;
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const unit = [1, 2, 5, 10].find((factor) => factor * power >= rough) * power;
  const ticks = [];
  for (let i = Math.ceil(low / unit); i * unit <= high + unit * 1e-9; i += 1)
    ticks.push(Number((i * unit).toPrecision(12)));
  return ticks;
}
