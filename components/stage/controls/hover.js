/** The exact numbers of the step under the pointer. */

import { exact } from "../../kit/numbers.js";
import { LOSS, X, Y } from "../wire/record.js";

const REACH = 14;

export class Hover {
  #box;
  #view;
  #about = null;

  constructor(box, view) {
    this.#box = box;
    this.#view = view;
  }

  /** Show the nearest drawn step to a pixel, or nothing if none is near. */
  show(point, walk, step, name) {
    const hit = point === null || walk === null ? null : this.#nearest(point, walk, step);
    this.#box.hidden = hit === null;
    this.#about = { walk, version: this.#view.version };
    if (hit === null) return;
    const { run, at } = hit;
    const lines = [
      `${name(run.index)}, step ${at}`,
      `x ${exact(run.at(at, X))}`,
      `y ${exact(run.at(at, Y))}`,
      `loss ${exact(run.at(at, LOSS))}`,
      `slope ${exact(run.gradientNorm(at))}`,
    ];
    this.#box.replaceChildren(
      ...lines.map((text) => Object.assign(document.createElement("div"), { textContent: text })),
    );
    this.#beside(hit.px, hit.py);
  }

  /** Let it go once the paths or the view are others than those it speaks of. */
  check(walk) {
    if (this.#box.hidden) return;
    this.#box.hidden = this.#about.walk !== walk || this.#about.version !== this.#view.version;
  }

  #nearest([px, py], walk, step) {
    const pixel = new Float64Array(2);
    let best = null;
    for (const run of walk.runs) {
      for (let at = 0; at <= Math.min(step, run.last); at += 1) {
        this.#view.projectInto(pixel, 0, run.at(at, X), run.at(at, Y));
        const [x, y] = pixel;
        const distance = Math.hypot(x - px, y - py);
        if (distance <= (best?.distance ?? REACH)) best = { run, at, distance, px: x, py: y };
      }
    }
    return best;
  }

  #beside(px, py) {
    const { offsetWidth, offsetHeight } = this.#box;
    const left = px + 24 + offsetWidth > this.#view.width ? px - 24 - offsetWidth : px + 24;
    const top = Math.max(4, Math.min(py - offsetHeight / 2, this.#view.height - offsetHeight - 4));
    this.#box.style.transform = `translate(${Math.max(4, left)}px, ${top}px)`;
  }
}
