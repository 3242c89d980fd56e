/**
 * The box under the pointer: the numbers of the step that is drawn there, or else loss and gradient of the landscape.
 */

import { networkOf } from "../../kit/networks.js";
import { brief, exact } from "../../kit/numbers.js";
import { networkWords } from "../network_words.js";
import { GX, GY, LOSS, X, Y } from "../wire/record.js";
import { words } from "../words.js";
import { nearest } from "./nearest.js";
import { tipPlace } from "./tip_place.js";

/** @import { Pixel, Point } from "../../kit/types.js" */
/** @import { View } from "../draw/view.js" */
/** @import { Walk } from "../wire/record.js" */

/**
 * One run's numbers by step and field.
 * @typedef {{at: (step: number, field: number) => number, gradientNorm: (step: number) => number}} PointNumbers
 */

const { controls } = words;
/** Pixels between the pointer and the box. */
const GAP = 24;

/**
 * The direction on the screen, in radians clockwise from the right, in which the loss falls fastest for a small step
 * against the gradient; null if the gradient is zero or not finite.
 * @param {{project: (x: number, y: number) => Point, unproject: (px: number, py: number) => Point}} view
 * @param {Point} point
 * @param {Point} gradient
 */
export function downhill(view, [x, y], [gx, gy]) {
  const norm = Math.hypot(gx, gy);
  if (!(norm > 0) || !Number.isFinite(norm)) return null;
  const [px, py] = view.project(x, y);
  // A length of about 10 pixels. With linear axes any length gives the same direction.
  const [nx, ny] = view.unproject(px + 10, py + 10);
  const length = Math.hypot(nx - x, ny - y);
  const [qx, qy] = view.project(x - (gx / norm) * length, y - (gy / norm) * length);
  return Math.atan2(qy - py, qx - px);
}

/** What the length of a gradient is called: of a network's it is the part in the plane. @param {Walk | null} walk */
function gradientName(walk) {
  const isNetwork = walk !== null && networkOf(walk.scenario) !== null;
  return (isNetwork ? networkWords.controls : controls.rows).gradient;
}

export class Hover {
  #box;
  #arrow;
  #view;
  #handle;
  /** The walk and the version of the view for which the box is shown: if one changes, it is hidden. */
  #about = /** @type {{walk: Walk | null, version: number} | null} */ (null);

  /**
   * @param {HTMLElement} box
   * @param {HTMLElement} arrow
   * @param {View} view
   * @param {() => Pixel | null} handle the pixel of the start's ring, which the box must not cover
   */
  constructor(box, arrow, view, handle) {
    this.#handle = handle;
    this.#box = box;
    this.#arrow = arrow;
    this.#view = view;
  }

  /**
   * Show the numbers of the step nearest to a pixel. Returns false, and shows nothing, if no step is near.
   * @param {Pixel | null} place
   * @param {Walk | null} walk
   * @param {number} step
   * @param {(index: number) => string} name
   */
  show(place, walk, step, name) {
    const project = (/** @type {number} */ x, /** @type {number} */ y) => this.#view.project(x, y);
    const hit = place === null || walk === null ? null : nearest(place, walk.runs, step, project);
    this.hide();
    if (hit === null) return false;
    const { run, at } = hit;
    this.#open(walk, hit.place, [
      controls.hover.step(name(run.index), at),
      `x ${exact(run.at(at, X))}`,
      `y ${exact(run.at(at, Y))}`,
      `${controls.rows.loss} ${exact(run.at(at, LOSS))}`,
      `${gradientName(walk)} ${exact(run.gradientNorm(at))}`,
    ]);
    return true;
  }

  /**
   * Show lines about something at a pixel.
   * @param {Pixel} place
   * @param {string[]} lines
   * @param {Walk | null} walk the walk that is on the screen
   */
  say(place, lines, walk) {
    this.hide();
    this.#open(walk, place, lines);
  }

  /**
   * Show the landscape's numbers at a point of the map, and an arrow there that points downhill.
   * @param {Point} point
   * @param {PointNumbers} row
   * @param {Walk | null} walk the walk that is on the screen
   * @param {string[]} more further lines
   */
  ground(point, row, walk, more) {
    const place = this.#view.project(...point);
    const angle = downhill(this.#view, point, [row.at(0, GX), row.at(0, GY)]);
    this.#open(walk, place, [
      `${controls.rows.loss} ${brief(row.at(0, LOSS))}`,
      `${gradientName(walk)} ${brief(row.gradientNorm(0))}`,
      controls.hover.point(brief(point[0]), brief(point[1])),
      angle === null ? controls.hover.level : controls.hover.arrow,
      ...more,
    ]);
    this.#arrow.hidden = angle === null;
    if (angle === null) return;
    this.#arrow.style.transform = `translate(${place[0]}px, ${place[1]}px) rotate(${angle}rad)`;
  }

  hide() {
    this.#box.hidden = true;
    this.#arrow.hidden = true;
  }

  /**
   * Hide the box if the walk or the view has changed since it was shown.
   * @param {Walk | null} walk
   */
  check(walk) {
    if (this.#box.hidden || this.#about === null) return;
    if (this.#about.walk !== walk || this.#about.version !== this.#view.version) this.hide();
  }

  /**
   * @param {Walk | null} walk
   * @param {Pixel} place
   * @param {string[]} lines
   */
  #open(walk, place, lines) {
    this.#box.hidden = false;
    this.#about = { walk, version: this.#view.version };
    this.#box.replaceChildren(
      ...lines.map((text) => Object.assign(document.createElement("div"), { textContent: text })),
    );
    const { offsetWidth, offsetHeight } = this.#box;
    const [left, top] = tipPlace(place, { width: offsetWidth, height: offsetHeight }, this.#view, this.#handle(), GAP);
    this.#box.style.transform = `translate(${left}px, ${top}px)`;
  }
}
