/**
 * Draws everything: the ground, the paths on it, the loss chart below and the cards beside it. It displays the state of
 * the stage and changes none of it.
 */

import { runName } from "../kit/runs.js";
import { Cards } from "./controls/cards.js";
import { Transport } from "./controls/transport.js";
import { Descriptions } from "./descriptions.js";
import { Curve } from "./draw/curve.js";
import { Ground } from "./draw/ground.js";
import { placeHandle } from "./draw/handle.js";
import { CanvasLayer } from "./draw/layers.js";
import { Turns } from "./draw/marks.js";
import { landmarks, lowestLoss } from "./draw/minima.js";
import { takePicture } from "./draw/picture.js";
import { Renderer } from "./draw/renderer.js";
import { Themes } from "./draw/themes.js";
import { View } from "./draw/view.js";
import { slotsOf } from "./state/store.js";
import { Walk } from "./wire/record.js";
import { words } from "./words.js";

/** @import { Look, Scenario, SurfaceFacts } from "../contract.js" */
/** @import { Box, MapMark, Pixel, Point, Theme } from "../kit/types.js" */
/** @import { BatchView } from "./batch_view.js" */
/** @import { EditedGround } from "./draw/edited.js" */
/** @import { Aggregate, Scene } from "./draw/types.js" */
/** @import { Parts } from "./layout.js" */
/** @import { ModelPicture } from "./model/picture.js" */
/** @import { Playback } from "./state/playback.js" */
/** @import { StepPanel } from "./step/panel.js" */

/** @type {Pick<Scenario, "points" | "table">} */
const NO_EDITS = { points: [], table: null };

/**
 * @typedef {object} Callbacks
 * @property {() => void} requestFrame requests a frame
 * @property {(index: number) => void} toggled shows or hides a run
 * @property {(index: number) => void} insideToggled opens or closes the inside of a run's step
 * @property {(index: number) => void} tried applies the advice on a run
 * @property {(error: Error) => void} failed reports that the map cannot be shown
 */

export class Screen {
  view = new View();
  /** The facts of the surface whose ground is shown; null until the first has arrived. @type {SurfaceFacts | null} */
  surface = null;
  /** What Python has sent for this stage. @type {{ marks: boolean } | null} */
  records = null;
  dark = false;
  /** The inside of a step. @type {StepPanel | null} */
  stepPanel = null;
  /** The picture of the model. @type {ModelPicture | null} */
  model = null;
  /** The examples of a step. @type {BatchView | null} */
  batch = null;
  /** The views of many walks. @type {Aggregate[]} */
  aggregates = [];
  #parts;
  #renderer;
  #cards;
  #curve;
  #transport;
  #descriptions;
  #sizes;
  /** @type {MapMark[]} */
  #marks = [];
  #turns = new Turns();
  #themes = new Themes();
  /** @type {Scenario | null} */
  #scenario = null;
  #moving = false;
  /** @type {unknown[]} */
  #drawn = [];
  /** The moved start that the picture of the model shows. @type {Point | null} */
  #modelStart = null;

  /** @param {Parts} parts @param {string} assets @param {Playback} playback @param {Callbacks} callbacks */
  constructor(parts, assets, playback, { requestFrame, toggled, insideToggled, tried, failed }) {
    this.#parts = parts;
    this.ground = new Ground(parts.ground, assets, this.view, { changed: requestFrame, failed });
    const [lowest, lower, upper] = [parts.basins, parts.lower, parts.upper].map((canvas) => new CanvasLayer(canvas));
    this.#renderer = new Renderer(this.view, lowest, lower, upper);
    this.#cards = new Cards(parts.cards, { toggled, insideToggled, tried });
    this.#curve = new Curve(parts.curve);
    this.#transport = new Transport(parts.transport, playback);
    this.#descriptions = new Descriptions(parts);
    const chart = /** @type {HTMLElement} */ (parts.curve.parentElement);
    const frame = /** @type {HTMLElement} */ (parts.map.parentElement);
    this.#sizes = new ResizeObserver(() => {
      const letters = Number.parseFloat(getComputedStyle(parts.map).fontSize);
      this.view.resize(parts.map.clientWidth, parts.map.clientHeight, letters);
      // On paper map and chart are scaled from their sizes on the screen (print.css).
      const sizes = { width: this.view.width, height: this.view.height, chart: chart.clientWidth };
      for (const [name, size] of Object.entries(sizes)) frame.style.setProperty(`--screen-${name}`, String(size));
      this.#curve.resize(chart.clientWidth, chart.clientHeight);
      this.ground.fit();
      this.ground.redraw();
      requestFrame();
    });
    for (const sized of [parts.map, chart]) this.#sizes.observe(sized);
    parts.scale.addEventListener("change", () => {
      this.#curve.scale = /** @type {Curve["scale"]} */ (parts.scale.value);
      requestFrame();
    });
    this.#curve.switchThin(parts.thinCurve, requestFrame);
    this.#curve.listen(
      (position) => playback.seek(position),
      () => playback.steps,
    );
  }

  /** The same object until the colors or the scale change. */
  get theme() {
    return this.#themes.of(this.dark, this.view.scale);
  }

  /**
   * Show a surface, or the same surface in another theme. Resolves when the facts of the surface have arrived.
   * @param {string} key
   */
  async show(key) {
    const surface = await this.ground.show(key, this.dark ? "dark" : "light");
    if (surface === null) return;
    this.#take(surface);
    this.model?.show(surface.model, this.#scenario ?? NO_EDITS);
  }

  /** Show the map of edited data; null: that of the surface's own. @param {EditedGround | null} edited */
  edit(edited) {
    const surface = this.ground.edit(edited);
    if (surface !== null && surface !== this.surface) this.#take(surface);
  }

  /** @param {SurfaceFacts} surface */
  #take(surface) {
    this.surface = surface;
    this.#renderer.bounds = surface.bounds;
    const marks = landmarks(surface.minima, this.ground.stationary);
    if (marks.length + this.#marks.length > 0) this.#drawn = [];
    this.#marks = marks;
    if (this.batch !== null) this.batch.bounds = surface.bounds;
    for (const each of this.aggregates) each.surface = surface;
    if (this.stepPanel !== null) this.stepPanel.watched = surface.plane?.watched ?? null;
  }

  /**
   * The look of each run of a scenario: color, dash and head. A run keeps it when other runs are added or removed.
   * @param {Scenario} scenario
   * @returns {Look[]}
   */
  #looks(scenario) {
    return slotsOf(scenario).map((/** @type {number} */ slot) => this.theme.looks[slot]);
  }

  /** @param {Scenario} scenario @param {Set<number>} hidden */
  cards(scenario, hidden) {
    this.#cards.build(scenario, hidden, this.#looks(scenario), this.stepPanel?.inside ?? null);
  }

  /**
   * Draw a walk up to a position. `moving`: a gesture goes on. `due`: draw the loss chart, too. `kept`: a box that no
   * name may cover. `startMoves`: the picture of the model shows the models at the start that is moved by hand.
   * @param {Scenario} scenario
   * @param {Walk | null} walk
   * @param {number} position
   * @param {{ moving: boolean, startMoves: boolean, due: boolean, kept: Box | null }} how
   */
  draw(scenario, walk, position, { moving, startMoves, due, kept }) {
    this.#scenario = scenario;
    this.#moving = moving;
    this.#transport.update(scenario);
    if (walk === null || this.surface === null || this.view.width === 0) return;
    if (this.surface.key !== walk.scenario.surface) return;
    placeHandle(this.#parts.handle, this.view, scenario.start);
    const theme = this.theme;
    // During a gesture the start changes in every frame, and everything else only when part of a walk has arrived.
    if (due || !moving)
      this.#curve.draw(walk, position, this.#looks(walk.scenario), theme, lowestLoss(this.surface.minima));
    const { stepPanel } = this;
    const seen = this.aggregates.map((each) => each.version);
    const versions = [this.view.version, stepPanel?.version, this.batch?.version, ...seen];
    const state = [walk, walk.received, position, theme, moving, ...versions];
    const same = moving && state.every((part, index) => part === this.#drawn[index]);
    const inside = stepPanel?.inside ?? null;
    const start = startMoves ? scenario.start : null;
    if (!same || this.model?.changed || start !== this.#modelStart)
      this.model?.draw({ walk, position, start, looks: this.#looks(walk.scenario), theme, inside });
    this.#modelStart = start;
    if (same) return;
    this.#drawn = state;
    this.#renderer.frame({
      ...this.#scene(scenario, walk, position, theme),
      moving,
      kept,
      inside: (context, taken) => stepPanel?.draw(context, walk, theme, { due, taken }),
      examples: (context) => this.batch?.drawOn(this.view, context, walk, position, theme),
    });
    if (position >= 1) this.ground.begin();
  }

  /**
   * What one frame shows, on the screen or in a saved picture.
   * @param {Scenario} scenario
   * @param {Walk} walk
   * @param {number} position
   * @param {Theme} theme
   * @returns {Scene}
   */
  #scene(scenario, walk, position, theme) {
    const [x, y] = scenario.start;
    return {
      walk,
      position,
      looks: this.#looks(walk.scenario),
      theme,
      start: { x, y },
      startOff: this.#isOff(scenario),
      ring: false,
      marks: this.#marks,
      turns: this.records?.marks ? this.#turns.of(walk, (index) => runName(walk.scenario, index)) : [],
      moving: false,
      alpha: 1,
      kept: null,
      inside: null,
      examples: null,
      aggregates: this.aggregates,
    };
  }

  /** Whether the start lies outside of the map. @param {Scenario} scenario */
  #isOff({ start }) {
    const bounds = this.surface?.bounds ?? [];
    return bounds.some(([low, high], axis) => start[axis] < low || start[axis] > high);
  }

  /** The boxes of the names on the map. It is a new list whenever they have moved. */
  get names() {
    return this.#renderer.names;
  }

  /**
   * Show a step in the cards and in the inside of a step, and describe the walk.
   * @param {Walk} walk
   * @param {number} step
   * @param {Parameters<Cards["update"]>[2]} how
   */
  read(walk, step, how) {
    this.#cards.update(walk, step, how);
    this.stepPanel?.read(walk, (/** @type {number} */ index) => runName(walk.scenario, index));
    const of = this.#modelStart === null ? step : 0;
    this.model?.read(walk, of, (/** @type {number} */ index) => runName(walk.scenario, index));
    this.#describe(walk);
  }

  /** Describe map and chart for screen readers, if something has changed and no gesture goes on. @param {Walk} walk */
  #describe(walk) {
    const [scenario, surface] = [this.#scenario, this.surface];
    if (this.#moving || !walk.complete || scenario === null || surface?.key !== walk.scenario.surface) return;
    const [{ isLog }, thin] = [this.#curve, this.#curve.thinOf(walk)];
    this.#descriptions.write({ walk, surface, scenario, isLog, thin, off: this.#isOff(scenario) });
  }

  /** The outcome of every run, in one line. @param {Walk} walk */
  summary(walk) {
    return walk.runs.map((run) => `${runName(walk.scenario, run.index)} ${run.outcome?.sentence ?? ""}`).join(". ");
  }

  /**
   * Download a picture of the map with the paths up to a step. Without a walk, the picture shows the map and the start.
   * @param {Walk | null} walk
   * @param {number} step
   * @param {"png" | "svg"} format
   * @param {string} [caption] the text below it
   */
  async save(walk, step, format, caption = "") {
    const [scenario, surface, stepPanel] = [this.#scenario, this.surface, this.stepPanel];
    if (scenario === null || surface === null) throw new Error(words.draw.noMapYet);
    const shown = walk?.scenario.surface === surface.key ? walk : new Walk(scenario, []);
    const scene = (/** @type {number} */ at, /** @type {Theme} */ theme) => this.#scene(scenario, shown, at, theme);
    const inside = stepPanel?.inside ?? null;
    const picture = await takePicture(this.ground, surface, shown, {
      theme: this.theme,
      scene,
      inside: inside === null ? null : stepPanel,
      examples: this.batch,
      caption,
      beside: (map, theme) =>
        this.model?.beside(map, { walk: shown, looks: this.#looks(shown.scenario), theme, inside }) ?? null,
    });
    await picture.download(step, format, `mr-adam-${surface.key}`);
  }

  remove() {
    this.#sizes.disconnect();
    this.ground.remove();
  }
}
