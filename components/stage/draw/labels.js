/** Names for the start and the minima, placed beside the paths and tied to their points by a short line. */

import { overlap } from "../../kit/boxes.js";
import { X, Y } from "../wire/record.js";
import { Lettering } from "./lettering.js";

const SIZE = 12.5;
const HEIGHT = 16;
const SIDES = Array.from({ length: 12 }, (_, i) => (i * Math.PI) / 6 + Math.PI / 2);
const REACHES = [20, 34, 52];
const MOST_NAMED = 5;
/** More minima than this are drawn small, or the map is all marks. */
const CROWD = 12;

/** The points worth a mark on a surface; those that are not named have null for a name. */
export function landmarks(minima) {
  const named = new Set(
    minima.length <= MOST_NAMED ? minima : minima.filter((point) => point.global).slice(0, MOST_NAMED),
  );
  return minima.map((point) => (named.has(point) ? point : { ...point, name: null }));
}

/** The lowest loss of a surface's minima; infinity where it has none, so that only the losses of a walk count. */
export function lowestLoss(minima) {
  return Math.min(...minima.map((point) => point.value));
}

export class Labels {
  /** Where the names stand; another list when they have moved. */
  boxes = [];
  #view;
  #placed = new Map();
  #lettering = new Lettering();
  #state = [];

  constructor(view) {
    this.#view = view;
  }

  /**
   * Find places anew: called when paths or view have come to rest, so that no label moves under a moving hand. `kept` is a
   * box that something else has taken, or null.
   */
  place(context, marks, start, walk, theme, kept) {
    const state = [this.#view.version, start.x, start.y, walk, walk.received, theme, kept?.x, kept?.y];
    if (state.every((part, index) => part === this.#state[index])) return;
    this.#state = state;
    const obstacles = this.#obstacles(walk);
    const taken = [this.#view.tools, ...(kept === null ? [] : [kept])];
    this.#placed.clear();
    for (const mark of [start, ...marks]) {
      const [px, py] = this.#view.project(mark.x, mark.y);
      if (this.#view.holds(px, py)) taken.push({ x: px - 9, y: py - 9, w: 18, h: 18 });
    }
    [{ ...start, name: "start" }, ...marks].forEach((mark, index) => {
      if (mark.name === null) return;
      const [px, py] = this.#view.project(mark.x, mark.y);
      if (!this.#view.holds(px, py)) return;
      const { w } = this.#lettering.measure(context, mark.name, theme, SIZE);
      const box = this.#best(px, py, { width: w + 2, height: HEIGHT * theme.scale }, obstacles, taken, index);
      if (box === null) return;
      taken.push(box);
      this.#placed.set(index, box);
    });
    this.boxes = [...this.#placed.values()];
  }

  #best(px, py, { width, height }, obstacles, taken) {
    const area = this.#view.area;
    let best = null;
    for (const reach of REACHES) {
      for (const angle of SIDES) {
        const cx = px + Math.cos(angle) * (reach + (width / 2) * Math.abs(Math.cos(angle)));
        const cy = py + Math.sin(angle) * reach;
        const box = { x: cx - width / 2, y: cy - height / 2, w: width, h: height };
        if (box.x < area.left + 2 || box.x + box.w > area.left + area.width - 2) continue;
        if (box.y < area.top + 2 || box.y + box.h > area.top + area.height - 2) continue;
        const cost =
          8 * taken.filter((other) => overlap(box, other)).length +
          obstacles.filter(([x, y]) => inside(box, x, y)).length +
          reach / 200;
        if (best === null || cost < best.cost) best = { ...box, cost };
      }
    }
    return best;
  }

  /** Points along all paths, close enough together that a label cannot slip between two. */
  #obstacles(walk) {
    const points = [];
    for (const run of walk.runs) {
      const stride = Math.max(1, Math.floor(run.last / 400));
      let before = null;
      for (let step = 0; step <= run.last; step += stride) {
        const point = this.#view.project(run.at(step, X), run.at(step, Y));
        if (before !== null && this.#view.holds(...point))
          points.push([(point[0] + before[0]) / 2, (point[1] + before[1]) / 2]);
        points.push(point);
        before = point;
      }
    }
    return points;
  }

  /** Mark the minima. */
  marks(context, marks, theme) {
    for (const mark of marks) {
      const [px, py] = this.#view.project(mark.x, mark.y);
      if (!this.#view.holds(px, py)) continue;
      if (mark.global) star(context, px, py, theme);
      else ring(context, px, py, marks.length > CROWD ? 2 : 4.5, theme);
    }
  }

  /** Write the names. While `moving`, the start's stays away: it would follow the pointer about. */
  names(context, marks, start, theme, moving) {
    [{ ...start, name: "start" }, ...marks].forEach((mark, index) => {
      const box = this.#placed.get(index);
      if (box === undefined || mark.unseen || (moving && (index === 0 || mark.step !== undefined))) return;
      leader(context, ...this.#view.project(mark.x, mark.y), box, theme);
      this.#lettering.write(context, mark.name, box, theme, { size: SIZE });
    });
  }
}

function inside(box, x, y) {
  return x > box.x - 4 && x < box.x + box.w + 4 && y > box.y - 4 && y < box.y + box.h + 4;
}

/** A short line from a point to the box of its name, where the two are not close. */
export function leader(context, px, py, box, theme, ink = theme.ink) {
  const x = Math.max(box.x, Math.min(px, box.x + box.w));
  const y = Math.max(box.y, Math.min(py, box.y + box.h));
  const length = Math.hypot(x - px, y - py);
  if (length < 14) return;
  const from = 10 / length;
  for (const [width, color] of [
    [3, theme.page],
    [1, ink],
  ]) {
    context.beginPath();
    context.moveTo(px + (x - px) * from, py + (y - py) * from);
    context.lineTo(x, y);
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
}

function star(context, x, y, theme) {
  context.beginPath();
  for (let i = 0; i < 10; i += 1) {
    const radius = i % 2 === 0 ? 8 : 3.4;
    const angle = (i * Math.PI) / 5 - Math.PI / 2;
    context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  context.closePath();
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = theme.ink;
  context.stroke();
  context.fillStyle = theme.page;
  context.fill();
}

function ring(context, x, y, radius, theme) {
  for (const [width, color] of [
    [radius, theme.page],
    [radius * 0.4, theme.ink],
  ]) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
}
