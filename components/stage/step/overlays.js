/**
 * What one step consists of, drawn on the map where the step begins: arrows head to tail, sizes as rectangles, and a
 * ghost where the step ends. Everything is at true length (one unit of it is one unit of the map) where that can be
 * seen, and otherwise at a round multiple of it, which is said.
 */

import { leader } from "../draw/labels.js";
import { Lettering } from "../draw/lettering.js";
import { Names } from "../draw/placer.js";
import { compute, settle, spelled, symbols, terms } from "./formula.js";

/** The longest of what is drawn to one scale is at most this share of the map's smaller side, and at least so many pixels. */
const LONGEST = 0.42;
const SHORTEST = 18;
/** The largest multiple that is drawn: what would need a larger one is as good as nothing, and looks like a great stride. */
export const MOST = 1e6;
const SIZE = 14;
/** Drawn things and the unit that they share: gradients and their sizes one, moves of the position another. */
const UNITS = { arrow: "slope", square: "slope", box: "slope", move: "way" };

export class Overlays {
  #view;
  #lettering = new Lettering();
  /** What is to be named in this picture, and where there is room for it. */
  #named = [];
  #names = null;

  constructor(view) {
    this.#view = view;
  }

  /**
   * Draw the parts of a step.
   * @param {CanvasRenderingContext2D} context
   * @param {Step} step
   * @param {Object[]} lines of the rule, those to be drawn, in order
   * @param {?string} lit the key of the line at work, whose sum is drawn term by term
   * @param {Object} theme with `inks`
   * @param {{scale: Object[], taken: Object[]}} room `scale`: all lines that count for the scale, drawn yet or not, so that
   *   it stays while a step is walked through; `taken`: where names stand already
   * @returns {{slope: ?number, way: ?number}} the factors at which things are drawn; 1 is true length, null: too short to
   *   be drawn
   */
  draw(context, step, lines, lit, theme, { scale, taken }) {
    const shapesOf = (some) => some.map((line) => shapeOf(line, step)).filter((shape) => shape !== null);
    const [shapes, all] = [shapesOf(lines), shapesOf(scale)];
    const factors = { slope: this.#factor(all, "slope"), way: this.#factor(all, "way") };
    const anchor = this.#view.project(step.before(0), step.before(1));
    const { left, top, width, height } = this.#view.area;
    this.#names = new Names(this.#view.area, taken);
    this.#named = [];
    const seen = shapes.filter(({ unit }) => factors[unit] !== null);
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    for (const shape of seen) if (shape.kind === "box") this.#box(context, anchor, shape, factors.slope, theme);
    for (const shape of seen) {
      if (shape.kind === "box") continue;
      if (shape.line.key === lit || shape.line.key === "update")
        this.#chain(context, anchor, shape, step, factors, theme);
      this.#arrow(context, anchor, shape, factors[shape.unit], theme);
    }
    this.#round(anchor, theme);
    if (shapes.some((shape) => shape.line.key === "update")) this.#ghost(context, step, theme);
    // When all lines are known that might strike them through.
    for (const named of this.#named) this.#label(context, named, theme);
    context.restore();
    return factors;
  }

  /** The round factor that brings the longest of a unit into sight; 1 where it is in sight as it is, null beyond the largest. */
  #factor(shapes, unit) {
    const { sx, sy } = this.#view.transform;
    const lengths = shapes.filter((shape) => shape.unit === unit).map(({ x, y }) => Math.hypot(x * sx, y * sy));
    const longest = Math.max(0, ...lengths.filter(Number.isFinite));
    if (longest === 0) return shapes.some((shape) => shape.unit === unit) ? null : 1;
    const { width, height } = this.#view.area;
    const most = LONGEST * Math.min(width, height);
    if (longest <= most && longest >= SHORTEST) return 1;
    const power = 10 ** Math.floor(Math.log10(most / longest));
    const factor = power * [5, 2, 1].find((digit) => digit * power * longest <= most * (1 + 1e-9));
    return factor > MOST ? null : factor;
  }

  #end([px, py], { x, y }, factor) {
    const { sx, sy } = this.#view.transform;
    return [px + x * sx * factor, py + y * sy * factor];
  }

  #box(context, [px, py], shape, factor, theme) {
    const { sx, sy } = this.#view.transform;
    const [w, h] = [shape.x * sx * factor, shape.y * sy * factor].map(Math.abs);
    const color = theme.inks[shape.line.ink];
    context.lineJoin = "miter";
    context.setLineDash([]);
    context.globalAlpha = 0.12;
    context.fillStyle = color;
    context.fillRect(px - w / 2, py - h / 2, w, h);
    context.globalAlpha = 1;
    for (const [wide, style] of [
      [4, theme.page],
      [1.8, color],
    ]) {
      context.lineWidth = wide;
      context.strokeStyle = style;
      context.strokeRect(px - w / 2, py - h / 2, w, h);
    }
    this.#names.frame({ x: px - w / 2, y: py - h / 2, w, h });
    // What cannot be seen has no name.
    if (Math.max(w, h) >= 8)
      this.#named.push({ shape, at: [px + w / 2, py - h / 2], ahead: -Math.PI / 4, color, factor: 1 });
  }

  #arrow(context, anchor, shape, factor, theme) {
    const tip = this.#end(anchor, shape, factor);
    const color = theme.inks[shape.line.ink];
    shaft(context, anchor, tip, { color, width: 3 * theme.scale, head: 11 * theme.scale }, theme);
    this.#names.line(anchor, tip);
    const [dx, dy] = [tip[0] - anchor[0], tip[1] - anchor[1]];
    if (Math.hypot(dx, dy) < 8) return;
    this.#named.push({ shape, at: tip, ahead: Math.atan2(dy, dx), color, factor: shape.unit === "way" ? factor : 1 });
  }

  /** The terms of a sum one behind the other, each in the color of what it is made of. */
  #chain(context, anchor, shape, step, factors, theme) {
    const parts = summands(shape.line, step);
    if (parts.length < 2) return;
    let from = anchor;
    for (const { x, y, ink } of parts) {
      const tip = this.#end(from, { x, y }, factors[shape.unit]);
      shaft(
        context,
        from,
        tip,
        { color: theme.inks[ink], width: 1.8 * theme.scale, head: 8 * theme.scale, dash: [5, 4] },
        theme,
      );
      this.#names.line(from, tip);
      from = tip;
    }
  }

  /** Where the step ends. */
  #ghost(context, step, theme) {
    const [px, py] = this.#view.project(step.result(step.rule.lines.at(-1), 0), step.result(step.rule.lines.at(-1), 1));
    context.setLineDash([3, 3]);
    for (const [wide, style] of [
      [5, theme.page],
      [2, theme.ink],
    ]) {
      context.beginPath();
      context.arc(px, py, 8 * theme.scale, 0, 2 * Math.PI);
      context.lineWidth = wide;
      context.strokeStyle = style;
      context.stroke();
    }
    context.setLineDash([]);
    this.#round([px, py], theme);
  }

  /** No name covers where the step begins or lands. */
  #round([px, py], theme) {
    const radius = 10 * theme.scale;
    this.#names.take({ x: px - radius, y: py - radius, w: 2 * radius, h: 2 * radius });
  }

  /** The name of a shape as near to a point of it as lines and other names leave room; none where there is no room. */
  #label(context, { shape: { line }, at, ahead, color, factor }, theme) {
    const word = `${line.key === "update" ? "step" : spelled(line.letter)}${factor === 1 ? "" : ` ×${said(factor)}`}`;
    const box = this.#names.place(at, this.#lettering.measure(context, word, theme, SIZE), ahead);
    if (box === null) return;
    leader(context, ...at, box, theme, color);
    this.#lettering.write(context, word, box, theme, { size: SIZE, color });
  }
}

/** What a line looks like on the map: an arrow's two lengths, or a box's two sides; null if it has no shape. */
function shapeOf(line, step) {
  const unit = UNITS[line.drawn];
  if (unit === undefined) return null;
  const [x, y] = [0, 1].map((axis) =>
    line.key === "update" ? step.result(line, axis) - step.before(axis) : step.part(line.key, axis),
  );
  if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
  if (line.drawn === "square") return { line, unit, kind: "box", x: Math.sqrt(x), y: Math.sqrt(y) };
  return { line, unit, kind: line.drawn === "box" ? "box" : "arrow", x, y };
}

/** The terms that add up to an arrow, with the ink of what each is made of; the position itself is no part of a move. */
function summands(line, step) {
  const looks = [step.look(0), step.look(1)];
  const all = terms(settle(line.formula, looks[0])).filter(([, term]) => term[2]?.[0] !== "position");
  return all.map(([plus, term]) => {
    const [x, y] = looks.map((look) => (plus === "-" ? -1 : 1) * compute(term, look));
    const keys = symbols(term).map(([, , of]) => (of[0] === "part" ? of[1] : null));
    const inks = keys
      .map((key) => step.rule.lines.find((other) => other.key === key)?.ink)
      .filter((ink) => ink !== undefined && ink !== "denominator");
    return { x, y, ink: inks.at(-1) ?? line.ink };
  });
}

/** A round factor as people write it. */
export function said(factor) {
  return factor >= 1
    ? factor.toLocaleString("en", { maximumFractionDigits: 0 })
    : String(Number(factor.toPrecision(1)));
}

function shaft(context, [px, py], [qx, qy], { color, width, head, dash = [] }, theme) {
  const length = Math.hypot(qx - px, qy - py);
  if (!(length > 0.5)) return;
  const size = Math.min(head, length);
  const angle = Math.atan2(qy - py, qx - px);
  const neck = [qx - Math.cos(angle) * size * 0.8, qy - Math.sin(angle) * size * 0.8];
  context.lineCap = "butt";
  context.lineJoin = "round";
  for (const [wide, style, dashes] of [
    [width + 3, theme.page, []],
    [width, color, dash],
  ]) {
    context.beginPath();
    context.moveTo(px, py);
    context.lineTo(...neck);
    context.setLineDash(dashes);
    context.lineWidth = wide;
    context.strokeStyle = style;
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(qx, qy);
    for (const side of [-0.42, 0.42])
      context.lineTo(qx - Math.cos(angle + side) * size, qy - Math.sin(angle + side) * size);
    context.closePath();
    context.lineWidth = 3;
    if (style === theme.page) context.stroke();
    context.fillStyle = style;
    context.fill();
  }
}
