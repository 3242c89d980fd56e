/** Every part of the step over time, x and y, side by side on one playhead; and how far a step goes in each coordinate. */

import { sharpen } from "../../kit/canvas.js";
import { brief } from "../../kit/numbers.js";
import { compute, spelled } from "./formula.js";

const NARROWEST = 136;
const HEIGHT = 86;
const GAP = 14;
const MARGIN = { t: 20, b: 6, l: 2, r: 12 };
/** Sizes that span more than this ratio are shown on a log scale. */
const LOG_SPAN = 100;
const DASHES = [[], [4, 3]];

export class Multiples {
  #canvas;
  #scene = document.createElement("canvas");
  #built = { walk: null };
  #panels = [];
  #width = 0;

  constructor(canvas) {
    this.#canvas = canvas;
  }

  /** The room there is, told from outside: asking in a frame makes the browser lay out the page. */
  resize(width) {
    this.#width = width;
  }

  /** How high it is for a rule, in CSS pixels. */
  height(rule, scale) {
    return Math.ceil(shown(rule).length / this.#columns(rule)) * HEIGHT * scale;
  }

  /** As many columns as there is room for, in rows of equal length. */
  #columns(rule) {
    const count = shown(rule).length;
    const most = Math.max(1, Math.floor((this.#width + GAP) / (NARROWEST + GAP)));
    return Math.ceil(count / Math.ceil(count / most));
  }

  /** Draw the curves of the run that `step` belongs to, with the playhead on `step`. */
  draw(step, theme) {
    if (this.#width === 0) return;
    const { walk, rule } = step;
    const height = this.height(rule, theme.scale);
    const emptied = sharpen(this.#canvas, this.#width, height);
    const state = [walk, walk.received, rule, theme, this.#width, window.devicePixelRatio];
    if (emptied || state.some((part, index) => part !== this.#built[index])) {
      this.#built = state;
      this.#build(step, theme, height);
    }
    this.#show(step, theme, height);
  }

  #build(step, theme, height) {
    sharpen(this.#scene, this.#width, height);
    const context = this.#scene.getContext("2d");
    context.clearRect(0, 0, this.#width, height);
    const columns = this.#columns(step.rule);
    const wide = (this.#width - GAP * (columns - 1)) / columns;
    const { scale } = theme;
    this.#panels = shown(step.rule).map((line, index) => {
      const [column, row] = [index % columns, Math.floor(index / columns)];
      const plot = {
        left: column * (wide + GAP) + MARGIN.l,
        top: row * HEIGHT * scale + MARGIN.t * scale,
        width: wide - MARGIN.l - MARGIN.r * scale,
        height: (HEIGHT - MARGIN.t - MARGIN.b) * scale,
      };
      return new Panel(line, series(line, step), plot, step.walk.steps);
    });
    for (const panel of this.#panels) panel.paint(context, theme);
  }

  /** What has been played in full, what is to come pale, and a dot where each line stands. */
  #show(step, theme, height) {
    const context = this.#canvas.getContext("2d");
    const ratio = this.#scene.width / this.#width;
    context.clearRect(0, 0, this.#width, height);
    context.drawImage(this.#scene, 0, 0, this.#width, height);
    for (const panel of this.#panels) {
      const px = panel.x(step.number);
      const { left, top, width, height: high } = panel.plot;
      const rest = left + width - px;
      if (rest > 0) {
        context.clearRect(px, top - 2, rest + 2, high + 4);
        context.globalAlpha = 0.28;
        context.drawImage(
          this.#scene,
          px * ratio,
          (top - 2) * ratio,
          (rest + 2) * ratio,
          (high + 4) * ratio,
          px,
          top - 2,
          rest + 2,
          high + 4,
        );
        context.globalAlpha = 1;
      }
      panel.playhead(context, step.number, theme);
    }
  }

  /** The position of the playhead that shows the step under a point of the canvas; null beside the panels. */
  positionAt(px, py) {
    const panel = this.#panels.find(
      ({ plot }) =>
        px >= plot.left - GAP / 2 &&
        px <= plot.left + plot.width + GAP &&
        py >= plot.top - 24 &&
        py <= plot.top + plot.height + 8,
    );
    return panel === undefined ? null : panel.stepAt(px) - 1;
  }
}

class Panel {
  constructor(line, values, plot, steps) {
    Object.assign(this, { line, values, plot, steps });
    const all = values.flatMap((axis) => [...axis.slice(1)]).filter(Number.isFinite);
    const [low, high] = [least(all), -least(all.map((value) => -value))];
    const positive = least(all.filter((value) => value > 0));
    this.log = line.drawn !== "arrow" && line.drawn !== "move" && low >= 0 && high / positive > LOG_SPAN;
    this.map = this.log ? (value) => Math.log10(value) : (value) => value;
    const bottom = this.log ? this.map(positive) : Math.min(low, 0);
    const top = this.log ? this.map(high) : Math.max(high, 0);
    this.range = top > bottom ? [bottom, top] : [bottom - 0.5, top + 0.5];
    this.ends = all.length === 0 ? null : [this.log ? positive : Math.min(low, 0), this.log ? high : Math.max(high, 0)];
  }

  x(step) {
    return this.plot.left + (this.plot.width * (step - 1)) / Math.max(1, this.steps - 1);
  }

  stepAt(px) {
    return 1 + Math.round(Math.max(0, Math.min(1, (px - this.plot.left) / this.plot.width)) * (this.steps - 1));
  }

  y(value) {
    const [low, high] = this.range;
    return this.plot.top + this.plot.height * (1 - (this.map(value) - low) / (high - low));
  }

  paint(context, theme) {
    const { left, top, width, height } = this.plot;
    const color = theme.inks[this.line.ink];
    context.textBaseline = "alphabetic";
    context.font = `600 ${13 * theme.scale}px ${theme.font}`;
    context.fillStyle = color;
    context.textAlign = "left";
    context.fillText(this.line.sign, left, top - 7);
    const after = left + context.measureText(`${this.line.sign} `).width + 2;
    context.font = `${10.5 * theme.scale}px ${theme.font}`;
    context.fillStyle = theme.muted;
    const range =
      this.ends === null ? "" : `${brief(this.ends[0])} to ${brief(this.ends[1])}${this.log ? ", log" : ""}`;
    const room = left + width - after;
    if (context.measureText(range).width <= room) context.fillText(range, after, top - 7);
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    const zero = this.log ? top + height : this.y(0);
    context.beginPath();
    context.moveTo(left, zero);
    context.lineTo(left + width, zero);
    context.stroke();
    context.save();
    context.beginPath();
    context.rect(left - 1, top - 2, width + 3, height + 4);
    context.clip();
    for (const [axis, values] of this.values.entries()) this.#curve(context, values, axis, color);
    context.restore();
    this.#names(context, theme);
  }

  /** A curve; of a long walk the least and the greatest value for each pixel. */
  #curve(context, values, axis, color) {
    const last = values.length - 1;
    const bucket = Math.max(1, Math.ceil(last / (2 * this.plot.width)));
    context.beginPath();
    let pen = false;
    for (let step = 1; step <= last; step += bucket) {
      const part = values.subarray(step, Math.min(step + bucket, last + 1));
      const ends = bucket === 1 ? [part[0]] : [Math.min(...part), Math.max(...part)];
      for (const value of ends) {
        const py = this.y(value);
        if (!Number.isFinite(py)) pen = false;
        else if (pen) context.lineTo(this.x(step), py);
        else context.moveTo(this.x(step), py);
        pen ||= Number.isFinite(py);
      }
    }
    context.setLineDash(DASHES[axis]);
    context.lineWidth = 1.7;
    context.strokeStyle = color;
    context.stroke();
    context.setLineDash([]);
  }

  /** "x" and "y" at the ends of their curves, apart even where these meet. */
  #names(context, theme) {
    const { left, top, width, height } = this.plot;
    const ends = this.values.map((values) => this.y(values.findLast(Number.isFinite) ?? 0));
    if (!ends.every(Number.isFinite)) return;
    const apart = 10 * theme.scale;
    const middle = (ends[0] + ends[1]) / 2;
    const close = Math.abs(ends[0] - ends[1]) < apart;
    const places = close
      ? ends[0] <= ends[1]
        ? [middle - apart / 2, middle + apart / 2]
        : [middle + apart / 2, middle - apart / 2]
      : ends;
    context.font = `${10.5 * theme.scale}px ${theme.font}`;
    context.fillStyle = theme.muted;
    context.textBaseline = "middle";
    for (const [axis, name] of ["x", "y"].slice(0, this.values.length).entries()) {
      context.fillText(name, left + width + 4, Math.max(top, Math.min(top + height, places[axis])));
    }
  }

  playhead(context, step, theme) {
    const { top, height } = this.plot;
    const px = this.x(step);
    context.beginPath();
    context.moveTo(px, top);
    context.lineTo(px, top + height);
    context.lineWidth = 1;
    context.strokeStyle = theme.ink;
    context.stroke();
    for (const values of this.values) {
      const py = this.y(values[step]);
      if (!Number.isFinite(py)) continue;
      context.beginPath();
      context.arc(px, py, 3, 0, 2 * Math.PI);
      context.lineWidth = 2;
      context.strokeStyle = theme.page;
      context.fillStyle = theme.inks[this.line.ink];
      context.stroke();
      context.fill();
    }
  }
}

/** The lines that are worth a curve, and the step per unit of slope as one more. */
function shown(rule) {
  const lines = rule.lines
    .filter((line) => line.drawn !== "number")
    .map((line) => ({ ...line, sign: line.key === "update" ? "step" : spelled(line.letter) }));
  return [...lines, { key: null, drawn: "rate", ink: "other", sign: "step per slope" }];
}

/** A line's value at every step that has one, for x and for y; index 0 is empty. */
function series(line, step) {
  return [0, 1].map((axis) => {
    const values = new Float64Array(step.run.last + 1).fill(NaN);
    for (let number = 1; number <= step.run.last; number += 1) {
      const there = step.at(number);
      if (line.key === null) values[number] = compute(step.rule.rate, there.look(axis));
      else if (line.key === "update") values[number] = there.result(line, axis) - there.before(axis);
      else values[number] = there.part(line.key, axis);
    }
    return values;
  });
}

function least(values) {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}
