/** A saved picture: title, ground, the same drawing as on the screen, and a legend of all runs, as PNG or SVG. */

import { contextOf } from "../../kit/canvas.js";
import { distinctSettings, runName } from "../../kit/runs.js";
import { words } from "../words.js";
import { drawHatch } from "./hatch.js";
import { PageLayer } from "./layers.js";
import { drawLegend, placeLegend } from "./legend.js";
import { Renderer } from "./renderer.js";
import { SvgContext } from "./svg_context.js";
import { widthOf } from "./widths.js";

/** @import { SurfaceFacts } from "../../contract.js" */
/** @import { Range, Theme } from "../../kit/types.js" */
/** @import { Walk } from "../wire/record.js" */
/** @import { Ground } from "./ground.js" */
/** @import { Entry } from "./legend.js" */
/** @import { Below, Beside, ExampleOverlay, Overlay, Scene } from "./types.js" */
/** @import { View } from "./view.js" */

/** The least width of a picture in pixels: also on a phone it has a color bar. */
const LEAST_WIDTH = 760;
/** The opacity of paths while the inside of a step is shown, as in step/beside.css. */
const PALE = 0.5;
/** Pixels of a PNG for one CSS pixel, along each axis. */
const SHARP = 2;
const PAD = 14;
const TITLE = 17;
/** The size of a caption's letters in pixels, and the height of its lines in sizes. */
const [CAPTION, LINE] = [11, 1.4];

/**
 * What a picture shows.
 * @typedef {object} Content
 * @property {View} view
 * @property {string} ground the ground of that view, as SVG
 * @property {[Range, Range]} bounds of the map
 * @property {boolean} hatched whether there are places without a value, where hatches below the ground are seen
 * @property {string} caption the text below the legend; may be empty
 * @property {(step: number) => Scene} scene
 * @property {(step: number) => string} title
 * @property {Entry[]} legend
 * @property {Beside | null} beside what is drawn beside the map
 * @property {Below[]} below what is drawn below the map
 */

export class Picture {
  #content;
  #placed;
  #top;
  /** Where the legend begins. */
  #foot;
  /** Where the caption begins. */
  #end;
  #caption;
  width;
  height;

  /** @param {Content} content */
  constructor(content) {
    this.#content = content;
    const { view, scene, legend, beside, below, caption } = content;
    const { theme } = scene(0);
    this.width = view.width + (beside === null ? 0 : beside.width + PAD);
    const { placed, height } = placeLegend(legend, this.width - 2 * PAD, theme, widthOf);
    this.#placed = placed;
    this.#top = Math.round(2.4 * TITLE * theme.scale);
    this.#foot = this.#top + view.height + below.reduce((sum, each) => sum + each.height + PAD, 0);
    this.#caption = captionLines(caption, this.width - 2 * PAD, (text) => widthOf(text, captionFont(theme)));
    this.#end = Math.ceil(this.#foot + (placed.length === 0 ? 0 : height + PAD));
    this.height = this.#end + (caption === "" ? 0 : this.#caption.length * LINE * CAPTION * theme.scale + PAD);
  }

  /**
   * Draw the picture of a step on any context; `embed` draws the ground at a pixel.
   * @param {CanvasRenderingContext2D} context
   * @param {number} step
   * @param {(x: number, y: number) => void} embed
   */
  frame(context, step, embed) {
    const { view, bounds, hatched, scene, title, beside, below } = this.#content;
    const shown = scene(step);
    const { theme } = shown;
    context.fillStyle = theme.page;
    context.fillRect(0, 0, this.width, this.height);
    if (hatched) {
      context.save();
      context.translate(0, this.#top);
      drawHatch(context, view.area, theme);
      context.restore();
    }
    embed(0, this.#top);
    context.font = `600 ${TITLE * theme.scale}px ${theme.font}`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillStyle = theme.ink;
    context.fillText(title(step), PAD, this.#top / 2);
    context.save();
    context.translate(0, this.#top);
    const layer = new PageLayer(context);
    const renderer = new Renderer(view, layer, layer, layer);
    renderer.bounds = bounds;
    renderer.frame(shown);
    context.translate(view.width, 0);
    beside?.draw(context, step);
    context.restore();
    context.save();
    context.translate(0, this.#top + view.height);
    for (const each of below) {
      context.translate(0, PAD);
      each.draw(context);
      context.translate(0, each.height);
    }
    context.restore();
    context.save();
    context.translate(PAD, this.#foot + PAD / 3);
    drawLegend(context, this.#placed, theme);
    context.restore();
    context.font = captionFont(theme);
    context.fillStyle = theme.ink;
    this.#caption.forEach((line, at) => {
      context.fillText(line, PAD, this.#end + (at + 0.5) * LINE * CAPTION * theme.scale);
    });
  }

  /** The picture of a step as SVG. @param {number} step */
  svg(step) {
    const writer = new SvgContext(this.width, this.height, widthOf);
    // It has the calls of a canvas's context that the drawing uses; any other call throws an error.
    const context = /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (writer));
    this.frame(context, step, (x, y) => writer.embed(this.#content.ground, x, y));
    return new Blob([writer.svg], { type: "image/svg+xml" });
  }

  /** The picture of a step as PNG. @param {number} step @returns {Promise<Blob>} */
  async png(step) {
    const ground = new Image();
    ground.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(this.#content.ground)}`;
    await ground.decode();
    const canvas = Object.assign(document.createElement("canvas"), {
      width: this.width * SHARP,
      height: this.height * SHARP,
    });
    const context = contextOf(canvas);
    context.scale(SHARP, SHARP);
    const { width, height } = this.#content.view;
    this.frame(context, step, (x, y) => context.drawImage(ground, x, y, width, height));
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error(words.draw.noPicture)) : resolve(blob)), "image/png");
    });
  }

  /**
   * Save the picture of a step to a file.
   * @param {number} step
   * @param {"png" | "svg"} format
   * @param {string} name of the file, without its ending
   */
  async download(step, format, name) {
    const href = URL.createObjectURL(format === "svg" ? this.svg(step) : await this.png(step));
    Object.assign(document.createElement("a"), { href, download: `${name}.${format}` }).click();
    URL.revokeObjectURL(href);
  }
}

/** @param {Theme} theme */
function captionFont(theme) {
  return `${CAPTION * theme.scale}px ${theme.font}`;
}

/**
 * A caption in lines of limited width. A link has no spaces, so a line may end anywhere.
 * @param {string} text
 * @param {number} room
 * @param {(text: string) => number} measure width of a text
 */
export function captionLines(text, room, measure) {
  /** @type {string[]} */
  const lines = [];
  for (let rest = text; rest !== ""; rest = rest.slice(lines.at(-1)?.length)) {
    // The longest beginning that fits lies between these lengths.
    let [fits, most] = [1, rest.length];
    while (fits < most) {
      const middle = Math.ceil((fits + most) / 2);
      if (measure(rest.slice(0, middle)) <= room) fits = middle;
      else most = middle - 1;
    }
    lines.push(rest.slice(0, fits));
  }
  return lines;
}

/**
 * The picture of a walk on the part of the map that the screen shows.
 * @param {Ground} ground
 * @param {SurfaceFacts} surface
 * @param {Walk} walk if it has no runs, the picture shows the map with the start
 * @param {{
 *   theme: Theme,
 *   scene: (step: number, theme: Theme) => Scene,
 *   inside: Overlay | null,
 *   examples: ExampleOverlay | null,
 *   caption: string,
 *   beside: (map: { width: number, height: number }, theme: Theme) => Beside | null,
 * }} shown
 */
export async function takePicture(ground, surface, walk, { theme, scene, inside, examples, caption, beside }) {
  const view = ground.viewOf(LEAST_WIDTH);
  const { scenario, runs, steps } = walk;
  const enlarged = { ...theme, scale: view.scale };
  const none = runs.every((run) => run.last < 0);
  const { looks, aggregates } = scene(0, enlarged);
  const name = scenario.formula === null ? surface.label : words.draw.formula(scenario.formula);
  return new Picture({
    view,
    ground: await ground.svg(view),
    bounds: surface.bounds,
    hatched: ground.hatched,
    caption,
    scene: (step) => ({
      ...scene(step, enlarged),
      ring: true,
      alpha: inside === null ? 1 : PALE,
      inside: (context, taken) => inside?.drawOn(view, context, walk, step, enlarged, taken),
      examples: (context) => examples?.drawOn(view, context, walk, step, enlarged),
    }),
    title: (step) => (none ? words.draw.pictureOfStart(name) : words.draw.pictureTitle(name, step, steps)),
    legend: [
      ...runs.map(({ index }) => ({
        text: words.draw.legend(runName(scenario, index), distinctSettings(scenario.runs[index])),
        look: looks[index],
      })),
      ...aggregates.flatMap((each) => each.entries(enlarged)),
    ],
    beside: beside(view, enlarged),
    below: aggregates.flatMap((each) => each.below?.(scenario, view.width, enlarged) ?? []),
  });
}
