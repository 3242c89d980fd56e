/** The picture of the model beside the map: the data, and what each run's weights at the playhead predict. */

import { contextOf, sharpen } from "../../kit/canvas.js";
import { rowsOf } from "../../kit/data_rows.js";
import { same } from "../../kit/sameness.js";
import { describe } from "../draw/description.js";
import { networkWords } from "../network_words.js";
import { words } from "../words.js";
import { drawMarked, drawModels } from "./curves.js";
import { Data } from "./data.js";
import { describeModels } from "./description.js";
import { Plot } from "./plot.js";

/** @import { Look, ModelFacts } from "../../contract.js" */
/** @import { Edits } from "../../kit/data_rows.js" */
/** @import { Point, Theme } from "../../kit/types.js" */
/** @import { DrawnWalk } from "../draw/types.js" */

/** The width of the picture beside a saved map, as a part of the map's width, and as a multiple of its height. */
const SAVED = { ofWidth: 0.75, ofHeight: 1.1 };
/** The distance between the title of y and the button beside it, in pixels. */
const APART = 8;
/** @type {ReadonlySet<number>} */
const NONE = new Set();

/**
 * @typedef {object} Parts
 * @property {HTMLElement} model
 * @property {HTMLCanvasElement} modelCanvas
 * @property {HTMLButtonElement} residuals
 */

/**
 * What is drawn in a frame.
 * @typedef {object} Frame
 * @property {DrawnWalk} walk
 * @property {number} position
 * @property {Point | null} start the start while it is moved: the models are then those at the start
 * @property {Look[]} looks
 * @property {Theme} theme
 * @property {number | null} inside the index of the run whose inside is open: its residuals are drawn
 */

export class ModelPicture {
  /** The examples that are marked at a step: those of the batch whose gradient the step uses. */
  batchAt = (/** @type {number} */ _step) => NONE;
  /** Whether the data have changed since the picture was drawn. */
  changed = false;
  #root;
  #parts;
  #requestFrame;
  #switched;
  /** @type {Data | null} */
  #data = null;
  /** The data of the walk on the screen, if they are not those that are shown. @type {Data | null} */
  #fitted = null;
  #on = true;
  /** `taken`: by the button at the top right. */
  #size = { width: 0, height: 0, taken: 0 };
  #residuals = false;
  /** Whether the walk that was drawn last has runs. */
  #hasRuns = false;
  /** @type {Plot | null} */
  #plot = null;
  #drawn = "";
  /** The axes and the examples, which do not change from frame to frame. */
  #still = { axes: document.createElement("canvas"), examples: document.createElement("canvas") };
  #sizes;

  /**
   * @param {HTMLElement} root the stage, whose attribute `data-model` says that the picture is shown
   * @param {Parts} parts
   * @param {() => void} requestFrame
   * @param {() => void} switched is called after the visitor has switched the picture on or off
   */
  constructor(root, parts, requestFrame, switched) {
    this.#root = root;
    this.#parts = parts;
    this.#requestFrame = requestFrame;
    this.#switched = switched;
    // A size that is read in a frame would make the browser lay out the page.
    this.#sizes = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = parts.model;
      const button = parts.residuals.offsetWidth;
      this.#size = { width, height, taken: button === 0 ? 0 : button + APART };
      // On paper the picture is scaled from its size on the screen (model.css).
      parts.model.style.setProperty("--model-width", String(width));
      parts.model.style.setProperty("--model-height", String(height));
      requestFrame();
    });
    this.#sizes.observe(parts.model);
    this.#sizes.observe(parts.residuals);
    parts.residuals.addEventListener("click", () => {
      this.#residuals = !this.#residuals;
      parts.residuals.setAttribute("aria-pressed", String(this.#residuals));
      requestFrame();
    });
  }

  /** Show the model of a surface; null: it has none. @param {ModelFacts | null} facts @param {Edits} edits */
  show(facts, edits) {
    if (facts !== this.#data?.facts) this.#data = facts === null ? null : new Data(facts, rowsOf(facts.rows, edits));
    this.edit(edits, false);
    this.#place();
  }

  /**
   * Show the edited data of a scenario; `live`: an example is being dragged, so the axes stay as they are.
   * @param {Edits} edits
   * @param {boolean} live
   */
  edit(edits, live) {
    const data = this.#data;
    if (data === null) return;
    const rows = rowsOf(data.facts.rows, edits);
    if (live && same(rows, data.rows)) return;
    const ranges = live ? data.ranges : null;
    this.#data = new Data(data.facts, rows, ranges, data);
    this.changed = true;
    this.#requestFrame();
  }

  /** The plot on the screen; null if there is none. */
  get plot() {
    return this.shown ? this.#plot : null;
  }

  /** The data that a walk's models are fitted to. @param {Data} data @param {DrawnWalk} walk */
  #fittedTo(data, { scenario }) {
    const rows = rowsOf(data.facts.rows, scenario);
    if (same(rows, data.rows)) return data;
    if (this.#fitted === null || !same(rows, this.#fitted.rows)) this.#fitted = new Data(data.facts, rows);
    return this.#fitted;
  }

  /** Whether the visitor has the picture on; the address sets it. */
  get choice() {
    return this.#on;
  }

  set choice(on) {
    this.#on = on;
    this.#place();
  }

  /** Show or hide the picture. */
  toggle() {
    this.choice = !this.#on;
    this.#switched();
  }

  /** Whether the surface has a model. */
  get exists() {
    return this.#data !== null;
  }

  /** How many examples the data have. */
  get count() {
    return this.#data?.count ?? 0;
  }

  /** How many of them the loss is a mean over: of a network those that train it, which are the first. */
  get trained() {
    return this.#data?.facts.network?.training ?? this.count;
  }

  get isNetwork() {
    return this.#data?.isNetwork ?? false;
  }

  get shown() {
    return this.#on && this.#data !== null;
  }

  /** Whether its examples can be moved, added and removed: those of a network cannot. */
  get editable() {
    return this.shown && this.#data?.isNetwork === false;
  }

  #place() {
    this.#root.toggleAttribute("data-model", this.shown);
    this.#parts.model.hidden = !this.shown;
    this.#placeResiduals();
    this.#requestFrame();
  }

  /** Show the button of the residuals where there are any: of a model with one input, once there is a run. */
  #placeResiduals() {
    const hidden = this.#data?.inputs !== 1 || !this.#hasRuns;
    if (this.#parts.residuals.hidden !== hidden) this.#parts.residuals.hidden = hidden;
  }

  /** Draw a frame. @param {Frame} frame */
  draw(frame) {
    const { width, height } = this.#size;
    this.changed = false;
    this.#hasRuns = frame.walk.runs.length > 0;
    this.#placeResiduals();
    if (!this.shown || this.#data === null || width === 0) return;
    const plot = this.#plotFor(this.#data, frame.theme);
    plot.fitted = this.#fittedTo(this.#data, frame.walk);
    const canvas = this.#parts.modelCanvas;
    sharpen(canvas, width, height);
    const context = contextOf(canvas);
    context.clearRect(0, 0, width, height);
    this.#layers(context, plot, frame, (name) => context.drawImage(this.#still[name], 0, 0, width, height));
  }

  /**
   * Draw axes, models and examples one over the other.
   * @param {CanvasRenderingContext2D} context
   * @param {Plot} plot
   * @param {Frame} frame
   * @param {(name: "axes" | "examples") => void} still draws what does not change
   */
  #layers(context, plot, { walk, position: playhead, start, looks, inside }, still) {
    const position = start === null ? playhead : 0;
    const marked = this.batchAt(Math.floor(position));
    const run = walk.runs.find(({ index }) => index === inside) ?? walk.runs[0];
    const residuals = this.#residuals && run !== undefined ? run.index : null;
    still("axes");
    drawModels(context, plot, { walk, position, start, looks, residuals, marked });
    still("examples");
    const steps = plot.data.isNetwork ? walk.runs.map((run) => run.keptAt(position)?.step ?? -1) : [];
    if (Math.max(...steps) >= 0) plot.note(context, networkWords.model.weightsOf(Math.max(...steps)));
    drawMarked(context, plot, marked);
  }

  /**
   * The plot of the present size, with its axes and examples drawn.
   * @param {Data} data
   * @param {Theme} theme
   */
  #plotFor(data, theme) {
    const { width, height, taken } = this.#size;
    const state = `${[width, height, taken, window.devicePixelRatio]}`;
    const plot = this.#plot;
    if (plot !== null && state === this.#drawn && plot.theme === theme) {
      if (plot.data === data) return plot;
      if (plot.data.facts === data.facts && plot.data.ranges === data.ranges) {
        plot.data = data; // an example is dragged: the axes stay
        this.#drawStill(plot, "examples");
        return plot;
      }
    }
    this.#drawn = state;
    this.#plot = new Plot(data, width, height, theme, taken);
    this.#drawStill(this.#plot, "axes");
    this.#drawStill(this.#plot, "examples");
    return this.#plot;
  }

  /** @param {Plot} plot @param {"axes" | "examples"} name */
  #drawStill(plot, name) {
    const { width, height } = this.#size;
    const canvas = this.#still[name];
    sharpen(canvas, width, height);
    const context = contextOf(canvas);
    context.clearRect(0, 0, width, height);
    plot[name](context);
  }

  /**
   * Describe the picture for screen readers.
   * @param {DrawnWalk} walk
   * @param {number} step
   * @param {(index: number) => string} label
   */
  read(walk, step, label) {
    if (!this.shown || this.#data === null) return;
    const { name } = this.#data.facts;
    const data = this.#fittedTo(this.#data, walk);
    describe(this.#parts.modelCanvas, words.model.picture(name), describeModels(data, walk, step, label));
  }

  /**
   * The picture for a saved map of a size; null if it is not shown.
   * @param {{ width: number, height: number }} map
   * @param {Omit<Frame, "position" | "start">} frame
   */
  beside(map, frame) {
    if (!this.shown || this.#data === null) return null;
    const width = Math.round(Math.min(SAVED.ofWidth * map.width, SAVED.ofHeight * map.height));
    const plot = new Plot(this.#data, width, map.height, frame.theme);
    plot.fitted = this.#fittedTo(this.#data, frame.walk);
    return {
      width,
      draw: (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ position) =>
        this.#layers(context, plot, { ...frame, position, start: null }, (name) => plot[name](context)),
    };
  }

  remove() {
    this.#sizes.disconnect();
  }
}
