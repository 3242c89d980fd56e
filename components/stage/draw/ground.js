/** The ground: a Plotly contour, drawn once for each surface and theme, and again only when the view changes. */

import { Sketch } from "./sketch.js";

let library = null;
const payloads = new Map();
const NARROW = 520;
/** How long Plotly waits for something to move first, in milliseconds: a walk may never come. */
const PATIENCE = 600;

/** plotly.js, loaded once for the page. */
function plotly(assets) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${assets}/plotly.min.js`;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      library = null;
      reject(new Error("The chart library did not load."));
    };
    document.head.append(script);
  });
  return library;
}

/** The figure and the facts of a surface; fetched once, kept for the next visit. */
async function payload(url) {
  if (!payloads.has(url)) {
    const loading = fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`The map did not load: the server answered ${answer.status}.`);
      return answer.json();
    });
    loading.catch(() => payloads.delete(url));
    payloads.set(url, loading);
  }
  return payloads.get(url);
}

export class Ground {
  #element;
  #assets;
  #view;
  #payload = null;
  #wanted = null;
  #drawn = null;
  #busy = false;
  #stale = false;
  #sketch;
  #begun;
  /** To be called when something moves. Plotly takes most of a second to load and draw, and all stands still meanwhile. */
  begin;

  /** `changed()` is called when the view has changed and the picture with it, `failed(error)` when there is none. */
  constructor(element, assets, view, { changed, failed }) {
    this.#element = element;
    this.#assets = assets;
    this.#view = view;
    this.changed = changed;
    this.failed = failed;
    this.#sketch = new Sketch(element);
    this.#begun = new Promise((resolve) => (this.begin = resolve));
  }

  /** Show a surface in a theme ("light" or "dark"). Resolves with the surface's facts before the contour stands. */
  async show(key, theme) {
    const url = `${this.#assets}/surfaces/${key}.${theme}.json`;
    this.#wanted = url;
    const loaded = await payload(url);
    if (this.#wanted !== url) return null;
    const fresh = this.#payload?.surface.key !== key;
    this.#payload = loaded;
    if (fresh) this.home();
    this.fit();
    if (!this.zoomed && this.#view.width > 0) this.#sketch.show(loaded.figure.data[0], this.#view.area);
    setTimeout(this.begin, PATIENCE);
    this.redraw();
    return loaded.surface;
  }

  /** The whole map again. */
  home() {
    const { bounds } = this.#payload.surface;
    this.#view.look(...bounds);
    this.redraw();
  }

  get zoomed() {
    const bounds = this.#payload?.surface.bounds;
    return bounds !== undefined && JSON.stringify([this.#view.x, this.#view.y]) !== JSON.stringify(bounds);
  }

  /** Margins for the width there is: a phone has no room for the colorbar. */
  fit() {
    if (this.#payload === null) return;
    const { margin } = this.#payload.figure.layout;
    const narrow = this.#view.width < NARROW;
    const { scale } = this.#view;
    const { l, r, t, b } = narrow ? { ...margin, l: 34, r: 10 } : margin;
    this.#view.frame({ l: l * scale, r: r * scale, t, b: b * scale });
  }

  look({ x, y }) {
    this.#sketch.hide();
    this.#view.look(x, y);
    this.redraw();
  }

  /** Draw what the view asks for; while a drawing is under way, once more after it. */
  redraw() {
    const drawing = this.#redraw();
    drawing.catch((failure) => this.failed(failure));
  }

  async #redraw() {
    this.#stale = true;
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#stale) {
        this.#stale = false;
        await this.#begun;
        const Plotly = await plotly(this.#assets);
        if (this.#payload === null || this.#view.width === 0) break;
        await this.#draw(Plotly);
        this.changed();
      }
    } finally {
      this.#busy = false;
    }
  }

  async #draw(Plotly) {
    const view = this.#view;
    const { figure } = this.#payload;
    const state = JSON.stringify([this.#wanted, view.width, view.height, view.x, view.y]);
    if (state === this.#drawn) return;
    this.#drawn = state;
    await Plotly.react(this.#element, this.#data(), this.#layout(figure.layout), {
      ...this.#payload.config,
      staticPlot: true,
      responsive: false,
    });
    this.#sketch.hide();
    this.#element.dataset.drawn = this.#payload.surface.key;
  }

  #data() {
    const narrow = this.#view.width < NARROW;
    return this.#payload.figure.data.map((trace) => {
      const colorbar = { ...trace.colorbar, tickfont: this.#letters(trace.colorbar.tickfont) };
      return { ...trace, colorbar, showscale: !narrow };
    });
  }

  #layout(layout) {
    const { width, height, margins, x, y } = this.#view;
    return {
      ...layout,
      width,
      height,
      autosize: false,
      margin: { ...margins, autoexpand: false },
      xaxis: { ...layout.xaxis, range: x, autorange: false, tickfont: this.#letters(layout.xaxis.tickfont) },
      yaxis: { ...layout.yaxis, range: y, autorange: false, tickfont: this.#letters(layout.yaxis.tickfont) },
    };
  }

  #letters(font) {
    return { ...font, size: font.size * this.#view.scale };
  }

  /** A PNG of the ground with the given traces on it, as a data address. */
  async picture(traces, title) {
    const Plotly = await plotly(this.#assets);
    const { width, height } = this.#view;
    const layout = this.#layout(this.#payload.figure.layout);
    const framed = {
      ...layout,
      showlegend: true,
      legend: { orientation: "h", y: -0.08 },
      title: { text: title },
      margin: { ...layout.margin, t: 48, b: 64 },
    };
    return Plotly.toImage(
      { data: [...this.#data(), ...traces], layout: framed },
      { format: "png", width, height: height + 74, scale: 2 },
    );
  }

  remove() {
    window.Plotly?.purge(this.#element);
  }
}
