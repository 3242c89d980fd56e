/** The axes of the model's picture, with the data's own numbers, and the names of the classes. */

import { LETTERS, layOut } from "../draw/axes.js";
import { outline } from "../draw/heads.js";
import { wrap } from "../draw/legend.js";
import { View } from "../draw/view.js";
import { widthOf } from "../draw/widths.js";
import { words } from "../words.js";

/** @import { Pixel, Theme } from "../../kit/types.js" */
/** @import { Ticks } from "../draw/axes.js" */
/** @import { Data } from "./data.js" */

/** The height of the line above the plot, which has the title of y. */
const HEAD = 22;
const TICK = 5;
const GAP = 4;
const LINE = 15;
/** The space between two entries of the legend, and between a mark and its name. */
const APART = { entry: 14, mark: 11 };
/** The shape of each class's examples, and whether it is filled. @type {[string, boolean][]} */
const MARKS = [
  ["circle", false],
  ["triangle-up", true],
  ["square", false],
  ["diamond", true],
];
/** The opacity of an example that does not train a network. */
const VALIDATION = 0.4;
/** The size of an example's mark, as a part of a head's, for few and for many examples. */
const SIZE = { few: 0.56, many: 0.42, from: 150 };

export class Plot {
  data;
  /** The data that the models are fitted to: while an example is dragged, those of the last walk that has arrived. */
  fitted;
  view = new View();
  theme;
  /** @type {{ x: Ticks, y: Ticks }} */
  #ticks;
  #legend;
  /** The lines of the axes' titles. @type {{ x: string[], y: string[] }} */
  #titles;

  /**
   * @param {Data} data
   * @param {number} width
   * @param {number} height
   * @param {Theme} theme
   * @param {number} taken the width that something else takes above the plot, at the right, in pixels
   */
  constructor(data, width, height, theme, taken = 0) {
    this.data = data;
    this.fitted = data;
    this.theme = theme;
    const { scale } = theme;
    const { ranges, inputs } = data;
    this.view.resize(width, height);
    this.view.setRanges(ranges.x, ranges.y);
    this.#legend = inputs === 2 ? data.classes : [];
    const wide = this.#width(this.#title) + this.#entries.reduce((sum, { width }) => sum + width, 0);
    const { x, y, margins } = layOut(ranges, { width, height, scale }, null, widthOfLetters(theme));
    const measure = (/** @type {string} */ text) => this.#width(text);
    const { label, unit } = data.axes[0];
    this.#titles = {
      x: wrap(words.model.axis(label, unit), width - 2 * GAP, measure),
      y: wrap(this.#title, width - 2 * GAP - taken, measure),
    };
    const rows = this.#titles.y.length + Number(this.#legend.length > 0 && wide > width);
    const below = (this.#titles.x.length - 1 + Number(data.isNetwork)) * LINE * scale;
    this.view.setMargins({ ...margins, t: (HEAD + (rows - 1) * LINE) * scale, b: margins.b + below });
    const isClass = data.classes.length > 0 && inputs === 1;
    this.#ticks = { x, y: isClass ? { values: [0, 0.5, 1], texts: ["0", "0.5", "1"] } : y };
  }

  /** The title of y. */
  get #title() {
    const { data } = this;
    const [, second] = data.axes;
    if (data.inputs === 2 || data.classes.length === 0) return words.model.axis(second.label, second.unit);
    const name = data.classes[1];
    return data.isProbability ? words.model.probability(name) : words.model.output(name);
  }

  get #entries() {
    const { scale } = this.theme;
    return this.#legend.map((name) => ({ name, width: this.#width(name) + (APART.mark + APART.entry) * scale }));
  }

  /** @param {string} text */
  #width(text) {
    return widthOfLetters(this.theme)(text, LETTERS * this.theme.scale);
  }

  /**
   * Draw the axes, their titles, and the names of the classes.
   * @param {CanvasRenderingContext2D} context
   */
  axes(context) {
    const { view, theme } = this;
    const { left, top, width, height } = view.area;
    const { scale } = theme;
    const foot = top + height;
    context.font = `${LETTERS * scale}px ${theme.font}`;
    context.fillStyle = theme.muted;
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.strokeRect(Math.round(left) + 0.5, Math.round(top) + 0.5, Math.round(width) - 1, Math.round(height) - 1);
    context.textBaseline = "middle";
    context.textAlign = "center";
    const { x, y } = this.#ticks;
    x.values.forEach((value, at) => {
      const [px] = view.project(value, 0);
      line(context, px, foot, px, foot + TICK);
      context.fillText(x.texts[at], px, foot + TICK + GAP + (LINE / 2) * scale);
    });
    this.#titles.x.forEach((text, at) => {
      this.#below(context, text, at);
    });
    context.textAlign = "right";
    y.values.forEach((value, at) => {
      const [, py] = view.project(0, value);
      line(context, left - TICK, py, left, py);
      context.fillText(y.texts[at], left - TICK - GAP, py);
    });
    this.#level(context);
    context.textAlign = "left";
    this.#titles.y.forEach((text, at) => {
      context.fillText(text, GAP, (HEAD / 2 + at * LINE) * scale);
    });
    this.#names(context);
  }

  /**
   * Draw where the predicted class changes, if the picture shows the model's output.
   * @param {CanvasRenderingContext2D} context
   */
  #level(context) {
    const { data, view } = this;
    const { boundary } = data.facts;
    if (boundary === null || data.inputs === 2) return;
    const { left, width } = view.area;
    const [, py] = view.project(0, boundary);
    line(context, left, py, left + width, py);
  }

  /** The names of the classes: as a legend, or beside the targets 0 and 1. @param {CanvasRenderingContext2D} context */
  #names(context) {
    const { data, view, theme } = this;
    const { left, width, top } = view.area;
    const { scale } = theme;
    context.fillStyle = theme.ink;
    if (data.inputs === 1) {
      data.classes.forEach((name, value) => {
        const [, py] = view.project(0, value);
        context.fillText(name, left + 6 * scale, py + (value === 0 ? 1 : -1) * LINE * scale);
      });
      return;
    }
    const entries = this.#entries;
    let at = left + width - entries.reduce((sum, entry) => sum + entry.width, 0) + APART.entry * scale;
    const middle = top - (HEAD / 2) * scale;
    entries.forEach((entry, value) => {
      this.#mark(context, at + 4 * scale, middle, value, SIZE.few);
      context.fillStyle = theme.ink;
      context.fillText(entry.name, at + APART.mark * scale, middle);
      at += entry.width;
    });
  }

  /** Draw every example. @param {CanvasRenderingContext2D} context */
  examples(context) {
    const { data } = this;
    const size = data.count < SIZE.from ? SIZE.few : SIZE.many;
    for (let at = 0; at < data.count; at += 1) {
      const [px, py] = this.pixel(at);
      context.globalAlpha = at < data.training ? 1 : VALIDATION;
      this.#mark(context, px, py, data.inputs === 2 ? Math.max(0, data.targets[at]) : 1, size);
    }
    context.globalAlpha = 1;
  }

  /**
   * Write a note below the title of x: a network has a line for it.
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   */
  note(context, text) {
    context.font = `${LETTERS * this.theme.scale}px ${this.theme.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = this.theme.muted;
    this.#below(context, text, this.#titles.x.length);
  }

  /**
   * Write a line below the labels of x, in the middle of the axis if it fits there.
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   * @param {number} row
   */
  #below(context, text, row) {
    const { area, width } = this.view;
    const half = this.#width(text) / 2 + GAP;
    const middle = Math.max(half, Math.min(width - half, area.left + area.width / 2));
    const foot = area.top + area.height + TICK + GAP;
    context.fillText(text, middle, foot + LINE * (1.5 + row) * this.theme.scale);
  }

  /**
   * The index of the nearest example within a distance; null if there is none.
   * @param {Pixel} place
   * @param {number} within
   */
  nearest([px, py], within) {
    let [best, least] = [/** @type {number | null} */ (null), within];
    for (let at = 0; at < this.data.count; at += 1) {
      const [x, y] = this.pixel(at);
      const away = Math.hypot(x - px, y - py);
      if (away <= least) [best, least] = [at, away];
    }
    return best;
  }

  /**
   * The row of an example that is put at a pixel. The class of an example with two inputs stays as in `before`; where
   * the target is a class, it is the nearest one.
   * @param {Pixel} place
   * @param {number[]} before
   */
  rowAt(place, before) {
    const { inputs, classes } = this.data;
    const [first, second] = this.view.unproject(...place);
    if (inputs === 2) return [first, second, before[2]];
    const last = classes.length - 1;
    return [first, last < 0 ? second : Math.max(0, Math.min(last, Math.round(second)))];
  }

  /** The pixel of an example. @param {number} at */
  pixel(at) {
    const [first, second] = this.data.columns;
    return this.view.project(first[at], second[at]);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} px
   * @param {number} py
   * @param {number} value the class; of numbers 1
   * @param {number} size
   */
  #mark(context, px, py, value, size) {
    const { theme, data } = this;
    const [shape, filled] = data.inputs === 2 ? MARKS[value % MARKS.length] : ["circle", true];
    outline(context, shape, [px, py], size * theme.scale);
    context.lineJoin = "round";
    context.lineWidth = (filled ? 2 : 4) * theme.scale;
    context.strokeStyle = theme.page;
    context.stroke();
    context.fillStyle = filled ? theme.ink : theme.page;
    context.fill();
    if (filled) return;
    context.lineWidth = 1.5 * theme.scale;
    context.strokeStyle = theme.ink;
    context.stroke();
  }
}

/** @param {Theme} theme */
function widthOfLetters(theme) {
  return (/** @type {string} */ text, /** @type {number} */ size) => widthOf(text, `${size}px ${theme.font}`);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} toX
 * @param {number} toY
 */
function line(context, x, y, toX, toY) {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(toX, toY);
  context.stroke();
}
