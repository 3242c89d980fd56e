/** Hatches below the map, which are seen where a typed formula has no value: there the contour is transparent. */

import { clipLine } from "./clipping.js";

/** @import { Area, Theme } from "../../kit/types.js" */

export class Hatch {
  #element = Object.assign(document.createElement("div"), { className: "hatch", hidden: true });

  /** @param {HTMLElement} ground the element that Plotly draws in */
  constructor(ground) {
    this.#element.setAttribute("aria-hidden", "true");
    ground.before(this.#element);
  }

  /** @param {boolean} shown whether there are places without a value */
  show(shown) {
    this.#element.hidden = !shown;
  }

  /** Move the hatches to the area of the map. @param {Area} area */
  place({ left, top, width, height }) {
    Object.assign(this.#element.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
  }
}

/** The distance of two lines of a saved picture along x, and their width, in pixels; as in map.css. */
const [ACROSS, WIDTH, ALPHA] = [7.5 * Math.SQRT2, 1.5, 0.28];

/**
 * Draw the hatches of a saved picture; the ground is put over them.
 * @param {CanvasRenderingContext2D} context
 * @param {Area} area of the map
 * @param {Theme} theme
 */
export function drawHatch(context, area, theme) {
  const { left, top, width, height } = area;
  context.save();
  context.beginPath();
  for (let x = left - height; x < left + width; x += ACROSS) {
    const line = clipLine(x, top + height, x + height, top, area);
    if (line === null) continue;
    context.moveTo(line[0], line[1]);
    context.lineTo(line[2], line[3]);
  }
  context.globalAlpha = ALPHA;
  context.lineWidth = WIDTH;
  context.strokeStyle = theme.ink;
  context.stroke();
  context.restore();
}
