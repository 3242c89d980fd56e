/** The ground: the map without paths, a Plotly contour. It is drawn again only if surface, theme or view change. */

import { mapShown } from "../../kit/first_map.js";
import { words } from "../words.js";
import { withGround } from "./edited.js";
import { axesOf, figureOf } from "./ground_figure.js";
import { Hatch } from "./hatch.js";
import { loadPlotly, loadSurface } from "./library.js";
import { Sketch } from "./sketch.js";
import { View } from "./view.js";

/** @import { EditedGround } from "./edited.js" */
/** @import { Plotly, SurfacePayload } from "./surface.js" */
/** @import { Ranges } from "./types.js" */

/** Plotly is loaded after this many milliseconds even if no walk has begun to move: none may arrive. */
const START_AFTER = 600;

export class Ground {
  #element;
  #assets;
  #view;
  #changed;
  #failed;
  #sketch;
  #hatch;
  /** What the server has sent for the surface. @type {SurfacePayload | null} */
  #loaded = null;
  /** The same with the map of edited data, if there are any. @type {SurfacePayload | null} */
  #payload = null;
  /** @type {EditedGround | null} */
  #edited = null;
  /** How many maps of edited data have been shown. */
  #edits = 0;
  /** @type {string | null} */
  #wanted = null;
  /** @type {string | null} */
  #drawn = null;
  #busy = false;
  #stale = false;
  #begun;
  /**
   * Let Plotly load and draw; called when a walk has begun to move. Plotly needs most of a second, in which the page
   * does not react, so the first steps are shown before that.
   */
  begin = () => {};

  /**
   * @param {HTMLElement} element
   * @param {string} assets address of the static files
   * @param {View} view
   * @param {{ changed: () => void, failed: (error: Error) => void }} callbacks `changed()` is called after the ground
   *   has been drawn, `failed(error)` if it cannot be drawn
   */
  constructor(element, assets, view, { changed, failed }) {
    this.#element = element;
    this.#assets = assets;
    this.#view = view;
    this.#changed = changed;
    this.#failed = failed;
    this.#sketch = new Sketch(element);
    this.#hatch = new Hatch(element);
    /** @type {Promise<void>} */
    this.#begun = new Promise((resolve) => {
      this.begin = resolve;
    });
  }

  /**
   * Show a surface. Resolves with its facts before the contour is drawn, or with null if another surface was requested
   * meanwhile.
   * @param {string} key
   * @param {"light" | "dark"} theme
   */
  async show(key, theme) {
    const url = `${this.#assets}/surfaces/${key}.${theme}.json`;
    this.#wanted = url;
    const loaded = await loadSurface(url);
    if (this.#wanted !== url) return null;
    const fresh = this.#payload?.surface.key !== key;
    this.#loaded = loaded;
    this.#payload = this.#shown(loaded);
    if (fresh) this.home();
    this.fit();
    if (!this.zoomed && this.#view.width > 0) this.#sketch.show(this.#payload.figure.data[0], this.#view.area);
    setTimeout(this.begin, START_AFTER);
    this.redraw();
    return this.#payload.surface;
  }

  /**
   * Show the map of edited data; null: that of the surface's own data. While an example is dragged it is painted
   * without Plotly, which needs a tenth of a second; the labels of its color bar would be those of other data, and are
   * hidden (map.css). Returns the facts of the map, or null if the surface has not arrived.
   * @param {EditedGround | null} edited
   */
  edit(edited) {
    if (edited === null && this.#edited === null) return this.#payload?.surface ?? null;
    this.#edited = edited;
    this.#edits += 1;
    if (this.#loaded === null) return null;
    const { zoomed } = this;
    const before = JSON.stringify(this.#payload?.surface.bounds);
    this.#payload = this.#shown(this.#loaded);
    const live = edited?.live === true;
    this.#element.toggleAttribute("data-live", live);
    // While a formula is typed, its map may move.
    if (!zoomed && (!live || before !== JSON.stringify(this.#payload.surface.bounds))) this.home();
    this.#paint(this.#payload, zoomed);
    if (!live) this.redraw();
    return this.#payload.surface;
  }

  /** Whether the map has a minimum; true, too, as long as the search for it has not ended. */
  get hasMinimum() {
    return this.#edited?.facts.minima?.length !== 0;
  }

  /** The saddles and maxima of a typed formula. */
  get stationary() {
    return this.#edited?.surface === this.#loaded?.surface.key ? (this.#edited?.facts.stationary ?? []) : [];
  }

  /** Whether the map has places without a value. */
  get hatched() {
    return this.#edited?.surface === this.#loaded?.surface.key && this.#edited?.facts.undefined === true;
  }

  /** @param {SurfacePayload} loaded */
  #shown(loaded) {
    const edited = this.#edited?.surface === loaded.surface.key ? this.#edited : null;
    this.#hatch.show(edited?.facts.undefined === true);
    return edited === null ? loaded : withGround(loaded, edited);
  }

  /** Paint the part of the map that the view shows. @param {SurfacePayload} payload @param {boolean} zoomed */
  #paint({ figure, surface }, zoomed) {
    const { area, x, y, width } = this.#view;
    if (width === 0) return;
    if (!zoomed) return this.#sketch.show(figure.data[0], area);
    const [[xLow, xHigh], [yLow, yHigh]] = surface.bounds;
    this.#sketch.show(figure.data[0], area, {
      left: (x[0] - xLow) / (xHigh - xLow),
      top: (yHigh - y[1]) / (yHigh - yLow),
      width: (x[1] - x[0]) / (xHigh - xLow),
      height: (y[1] - y[0]) / (yHigh - yLow),
    });
  }

  /** Show the whole map. */
  home() {
    if (this.#payload === null) return;
    const [x, y] = this.#payload.surface.bounds;
    this.#view.setRanges(x, y);
    this.fit();
    this.redraw();
  }

  /** The surface that is shown; null before the first has arrived. */
  get key() {
    return this.#payload?.surface.key ?? null;
  }

  /** Whether a part of the map is shown. */
  get zoomed() {
    const bounds = this.#payload?.surface.bounds;
    return bounds !== undefined && JSON.stringify([this.#view.x, this.#view.y]) !== JSON.stringify(bounds);
  }

  /** Fit the margins to the labels of the axes. */
  fit() {
    if (this.#payload === null || this.#view.width === 0) return;
    this.#view.setMargins(axesOf(this.#payload, this.#view).margins);
    this.#sketch.place(this.#view.area);
    this.#hatch.place(this.#view.area);
  }

  /** Show other ranges. @param {Ranges} ranges */
  setRanges({ x, y }) {
    this.#sketch.hide();
    this.#view.setRanges(x, y);
    this.fit();
    this.redraw();
  }

  /**
   * Show these ranges of a map that may not have been drawn yet: until Plotly draws them, the sketch does.
   * @param {Ranges} ranges
   */
  open(ranges) {
    this.setRanges(ranges);
    const payload = this.#payload;
    if (payload !== null && this.#element.dataset.drawn !== payload.surface.key) this.#paint(payload, true);
  }

  /** Draw the ground for the present view. If it is being drawn already, it is drawn once more after that. */
  redraw() {
    this.#redraw().catch((/** @type {Error} */ failure) => this.#failed(failure));
  }

  async #redraw() {
    this.#stale = true;
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#stale) {
        this.#stale = false;
        await this.#begun;
        const plotly = await loadPlotly(this.#assets);
        if (this.#payload === null || this.#view.width === 0) break;
        await this.#draw(plotly, this.#payload);
        this.#changed();
      }
    } finally {
      this.#busy = false;
      mapShown();
    }
  }

  /** @param {Plotly} plotly @param {SurfacePayload} payload */
  async #draw(plotly, payload) {
    const { width, height, scale, x, y } = this.#view;
    const state = JSON.stringify([this.#wanted, this.#edits, width, height, scale, x, y]);
    if (state === this.#drawn) return;
    this.#drawn = state;
    const { data, layout } = figureOf(payload, this.#view);
    const config = { ...payload.config, staticPlot: true, responsive: false };
    await plotly.react(this.#element, data, layout, config);
    this.#element.dataset.drawn = payload.surface.key;
    if (this.#edited?.live !== true) this.#sketch.hide();
  }

  /**
   * A view of the same part of the map, for a saved picture: as wide as on the screen, but at least `least` pixels.
   * @param {number} least
   */
  viewOf(least) {
    const { width, height, x, y } = this.#view;
    const factor = Math.max(1, least / width);
    const view = new View();
    view.resize(Math.round(width * factor), Math.round(height * factor));
    view.setRanges(x, y);
    if (this.#payload !== null) view.setMargins(axesOf(this.#payload, view).margins);
    return view;
  }

  /** The ground of a view as SVG. @param {View} view */
  async svg(view) {
    if (this.#payload === null) throw new Error(words.draw.noMapYet);
    const plotly = await loadPlotly(this.#assets);
    const { width, height } = view;
    const options = { format: "svg", width, height, imageDataOnly: true };
    const text = await plotly.toImage({ ...figureOf(this.#payload, view), config: { staticPlot: true } }, options);
    const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    // The lines of the levels across the color bar look like a ruler. On the screen a style hides them (map.css).
    for (const lines of svg.querySelectorAll(".cblines")) lines.remove();
    return new XMLSerializer().serializeToString(svg);
  }

  remove() {
    /** @type {{ Plotly?: Plotly }} */ (/** @type {unknown} */ (window)).Plotly?.purge(this.#element);
  }
}
