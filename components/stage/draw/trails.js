/** The paths and their heads, on two canvases over the ground: what stands stays on the lower, what moves is on the upper. */

import { sharpen } from "../../kit/canvas.js";
import { X, Y } from "../wire/record.js";

const HALO = 5;
const LINE = 2.4;
/** The shapes of heads by Plotly's names: corners (none: round), where the first one points, and radius, for about equal areas. */
const HEADS = {
  circle: [0, 0, 6],
  square: [4, Math.PI / 4, 7.5],
  diamond: [4, 0, 7.5],
  "triangle-up": [3, -Math.PI / 2, 8.5],
  pentagon: [5, -Math.PI / 2, 7],
  "triangle-down": [3, Math.PI / 2, 8.5],
  hexagon: [6, 0, 6.8],
  octagon: [8, Math.PI / 8, 6.5],
};
/** Points nearer than this to the last one drawn add nothing that can be seen. */
const NEAR = 0.6;
const FAR = 1e6;

export class Trails {
  /** The map, in its own numbers: ((x low, x high), (y low, y high)). */
  bounds = [
    [-Infinity, Infinity],
    [-Infinity, Infinity],
  ];
  #lower;
  #upper;
  #view;
  #drawn = { walk: null, version: -1, theme: null, moved: false, pens: new Map() };

  constructor(lower, upper, view) {
    this.#lower = lower;
    this.#upper = upper;
    this.#view = view;
  }

  /**
   * Draw every run of `walk` up to `position` (in steps, fractions allowed) with the given looks; empties the upper canvas.
   * While `moving`, under a hand, nothing stands: all goes on the upper one, and half as many pixels to the screen.
   */
  draw(walk, position, looks, theme, moving) {
    const { width, height } = this.#view;
    const emptied = sharpen(this.#lower, width, height);
    if (!sharpen(this.#upper, width, height)) this.#upper.getContext("2d").clearRect(0, 0, width, height);
    const { walk: before, version, theme: worn, moved, pens } = this.#drawn;
    const step = Math.floor(position + 1e-9);
    const same = !emptied && before === walk && version === this.#view.version && worn === theme && moved === moving;
    if (!same || moving || [...pens.values()].some((pen) => pen.step > step)) {
      if (!(moving && moved)) this.#lower.getContext("2d").clearRect(0, 0, width, height);
      this.#drawn = { walk, version: this.#view.version, theme, moved: moving, pens: new Map() };
    }
    this.#trails(walk, step, looks, theme, (moving ? this.#upper : this.#lower).getContext("2d"));
  }

  #trails(walk, step, looks, theme, context) {
    context.save();
    clip(context, this.#view.area);
    const strokes = walk.runs.map((run) => this.#stroke(run, step)).filter((stroke) => stroke !== null);
    const { scale } = this.#view;
    for (const { run, far } of strokes) faint(context, far, looks[run.index], scale);
    const near = strokes.flatMap(({ run, near: pieces }) => pieces.map((piece) => ({ ...piece, run })));
    for (const piece of near) halo(context, piece, theme, scale);
    for (const piece of near) line(context, piece, looks[piece.run.index], scale);
    context.restore();
  }

  /**
   * The part of a run's path that is new since the last frame, as screen points: pieces on the map, and the strides from
   * one side of it to the other with both ends off it, which a run that diverges takes in hundreds.
   */
  #stroke(run, step) {
    const to = Math.min(step, run.last);
    const pen = this.#drawn.pens.get(run.index) ?? { step: 0, length: 0, point: null };
    this.#drawn.pens.set(run.index, pen);
    if (run.last < 0 || (to <= pen.step && pen.point !== null)) return null;
    const { sx, ox, sy, oy } = this.#view.transform;
    let [px, py] = pen.point ?? [sx * run.at(0, X) + ox, sy * run.at(0, Y) + oy];
    let out = this.#off(run, pen.step);
    const near = [{ points: [px, py], offset: pen.length }];
    const far = [];
    for (let at = pen.step + 1; at <= to; at += 1) {
      const [qx, qy] = reach(px, py, sx * run.at(at, X) + ox, sy * run.at(at, Y) + oy);
      const length = Math.hypot(qx - px, qy - py);
      if (length < NEAR && at < to) continue;
      const lost = out && this.#off(run, at);
      pen.length += length;
      if (lost) far.push([px, py, qx, qy]);
      if (lost) near.push({ points: [qx, qy], offset: pen.length });
      else near.at(-1).points.push(qx, qy);
      out = this.#off(run, at);
      [px, py] = [qx, qy];
    }
    Object.assign(pen, { step: to, point: [px, py] });
    return { run, near: near.filter(({ points }) => points.length > 2), far };
  }

  /** Whether a run is off the map at a step. */
  #off(run, step) {
    const [x, y] = this.bounds;
    const [px, py] = [run.at(step, X), run.at(step, Y)];
    return px < x[0] || px > x[1] || py < y[0] || py > y[1];
  }

  /** Draw where every run is now, over what is on the upper canvas. */
  heads(walk, position, looks, theme) {
    const context = this.#upper.getContext("2d");
    for (const run of walk.runs) {
      if (run.last < 0) continue;
      const look = looks[run.index];
      const at = Math.min(position, run.last);
      const base = Math.floor(at);
      const here = this.#point(run, base);
      const next = base < run.last ? this.#point(run, base + 1) : here;
      const head = here.map((value, axis) => value + (next[axis] - value) * (at - base));
      if (at > base) {
        context.save();
        clip(context, this.#view.area);
        const stroke = { run, points: [...here, ...reach(...here, ...head)], offset: 0 };
        halo(context, stroke, theme, this.#view.scale);
        line(context, stroke, { ...look, dash: [] }, this.#view.scale);
        context.restore();
      }
      if (this.#view.holds(...head)) mark(context, head, look, theme, this.#view.scale);
      else this.#beyond(context, this.#exit(run, base, head), look, theme);
    }
  }

  /** Where a run whose head is off the view last left it, and in which direction. */
  #exit(run, step, head) {
    let outer = head;
    for (let at = step; at >= 0; at -= 1) {
      const inner = this.#point(run, at);
      if (this.#view.holds(...inner)) {
        const [dx, dy] = [outer[0] - inner[0], outer[1] - inner[1]];
        const { left, top, width, height } = this.#view.area;
        const part = Math.min(
          dx === 0 ? Infinity : ((dx > 0 ? left + width : left) - inner[0]) / dx,
          dy === 0 ? Infinity : ((dy > 0 ? top + height : top) - inner[1]) / dy,
        );
        return { x: inner[0] + dx * part, y: inner[1] + dy * part, angle: Math.atan2(dy, dx) };
      }
      outer = inner;
    }
    const { left, top, width, height } = this.#view.area;
    const [x, y] = [Math.min(left + width, Math.max(left, head[0])), Math.min(top + height, Math.max(top, head[1]))];
    return { x, y, angle: Math.atan2(head[1] - y, head[0] - x) };
  }

  #point(run, step) {
    return this.#view.project(run.at(step, X), run.at(step, Y));
  }

  /** An arrow at the edge of the view, for a head that is off it. */
  #beyond(context, { x, y, angle }, look, theme) {
    context.save();
    context.translate(x, y);
    context.rotate(angle);
    context.translate(-10, 0);
    context.beginPath();
    context.moveTo(9, 0);
    context.lineTo(-6, -7);
    context.lineTo(-3, 0);
    context.lineTo(-6, 7);
    context.closePath();
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = theme.page;
    context.fillStyle = look.color;
    context.stroke();
    context.fill();
    context.restore();
  }
}

/** The end of a line toward (qx, qy), cut far outside any screen, where a canvas would lose its direction to rounding. */
function reach(px, py, qx, qy) {
  const length = Math.hypot(qx - px, qy - py);
  if (length < FAR) return [qx, qy];
  return [px + ((qx - px) / length) * FAR, py + ((qy - py) / length) * FAR];
}

function clip(context, { left, top, width, height }) {
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
}

function trace(context, points) {
  context.beginPath();
  context.moveTo(points[0], points[1]);
  for (let i = 2; i < points.length; i += 2) context.lineTo(points[i], points[i + 1]);
}

function halo(context, { points }, theme, scale) {
  context.setLineDash([]);
  context.lineJoin = "round";
  context.lineCap = "butt";
  context.lineWidth = HALO * scale;
  context.strokeStyle = theme.page;
  trace(context, points);
  context.stroke();
}

/** Strides across the map that begin and end off it: there, but not to hide what happens on it. */
function faint(context, strides, look, scale) {
  context.setLineDash([]);
  context.globalAlpha = 0.22;
  context.lineWidth = 0.7 * scale;
  context.strokeStyle = look.color;
  context.beginPath();
  for (const [px, py, qx, qy] of strides) {
    context.moveTo(px, py);
    context.lineTo(qx, qy);
  }
  context.stroke();
  context.globalAlpha = 1;
}

function line(context, { points, offset }, look, scale) {
  context.lineJoin = "round";
  context.setLineDash(look.dash.map((length) => length * scale));
  context.lineDashOffset = offset;
  context.lineWidth = LINE * scale;
  context.strokeStyle = look.color;
  trace(context, points);
  context.stroke();
  context.setLineDash([]);
}

function mark(context, [x, y], look, theme, scale) {
  const [corners, turn, size] = HEADS[look.head];
  const radius = size * scale;
  context.beginPath();
  if (corners === 0) context.arc(x, y, radius, 0, 2 * Math.PI);
  for (let corner = 0; corner < corners; corner += 1) {
    const angle = turn + (2 * Math.PI * corner) / corners;
    context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  context.closePath();
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = theme.page;
  context.stroke();
  context.fillStyle = look.color;
  context.fill();
}
