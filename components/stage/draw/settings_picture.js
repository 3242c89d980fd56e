/** The map of settings in a saved picture: the chart of the screen, by the same drawing, with its handle. */

import { SettingsPlot } from "./settings_plot.js";

/** @import { Pixel, Theme } from "../../kit/types.js" */
/** @import { Grid } from "../state/settings_map.js" */
/** @import { Content } from "./settings_plot.js" */
/** @import { Below } from "./types.js" */

/** Pixels of a saved picture for one CSS pixel. */
export const SHARP = 2;
/** The ring of the handle and its edge, and the line of a handle with one axis, as in settings.css. */
const RING = { radius: 6.5, width: 3, edge: 2 };
const RULE = { width: 2, edge: 4 };

/** @implements {Below} */
export class SettingsPicture {
  height;
  #content;
  #places;
  #grid;
  #theme;
  #plot = new SettingsPlot();

  /**
   * @param {Content} content
   * @param {{ places: number[], grid: Grid | null }} handle its places on the scales of the axes, as on the screen
   * @param {{ width: number, height: number }} size
   * @param {Theme} theme
   */
  constructor(content, { places, grid }, { width, height }, theme) {
    this.height = height;
    this.#content = content;
    this.#places = places;
    this.#grid = grid;
    this.#theme = theme;
    this.#plot.view.resize(width, height);
  }

  /** @param {CanvasRenderingContext2D} context */
  draw(context) {
    const { view } = this.#plot;
    this.#plot.draw(context, this.#content, this.#theme, SHARP);
    const at = this.#plot.handleAt(this.#places, this.#grid);
    if (view.holds(...at)) this.#handle(context, at);
  }

  /** @param {CanvasRenderingContext2D} context @param {Pixel} at */
  #handle(context, [px, py]) {
    const [{ ink, page, scale }, { top, height }] = [this.#theme, this.#plot.view.area];
    context.setLineDash([]);
    if (this.#places.length === 1) {
      for (const [width, color] of /** @type {[number, string][]} */ ([
        [RULE.edge, page],
        [RULE.width, ink],
      ])) {
        context.fillStyle = color;
        context.fillRect(px - (width * scale) / 2, top, width * scale, height);
      }
    }
    context.beginPath();
    context.arc(px, py, RING.radius * scale, 0, 2 * Math.PI);
    context.fillStyle = page;
    context.fill();
    for (const [width, color] of /** @type {[number, string][]} */ ([
      [RING.width + 2 * RING.edge, page],
      [RING.width, ink],
    ])) {
      context.lineWidth = width * scale;
      context.strokeStyle = color;
      context.stroke();
    }
  }
}
