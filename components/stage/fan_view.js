/** The fan of seeds on the stage: what is requested, drawn, and written below the map, on cards and at the pointer. */

import { sameData } from "../kit/data_rows.js";
import { networkOf } from "../kit/networks.js";
import { KINDS } from "../kit/outcomes.js";
import { runName } from "../kit/runs.js";
import { legendOf, linesOf, optionsOf } from "./controls/fan_entries.js";
import { hitEnd, hitPath } from "./controls/fan_hit.js";
import { FanLegend } from "./controls/fan_legend.js";
import { drawFans, drawPicked } from "./draw/fan.js";
import { CanvasLayer } from "./draw/layers.js";
import { slotsOf } from "./state/store.js";
import { words } from "./words.js";

/** @import { Scenario, SurfaceFacts } from "../contract.js" */
/** @import { Pixel, Theme } from "../kit/types.js" */
/** @import { FanHit } from "./controls/fan_hit.js" */
/** @import { DrawnFan } from "./draw/fan.js" */
/** @import { Aggregate, Hit, Layer } from "./draw/types.js" */
/** @import { View } from "./draw/view.js" */
/** @import { Parts } from "./layout.js" */
/** @import { SeedFan } from "./state/seed_fan.js" */
/** @import { Store } from "./state/store.js" */

const texts = words.fan;
/** @type {DrawnFan[]} */
const NONE = [];

/** @implements {Aggregate} */
export class FanView {
  name = /** @type {const} */ ("seeds");
  /** Rises when something else is to be drawn. */
  version = 0;
  /** The facts of the surface whose ground is shown. @type {SurfaceFacts | null} */
  surface = null;
  #root;
  #view;
  #store;
  #fan;
  #layer;
  #legend;
  #switched;
  #requestFrame;
  #on = false;
  #isOpen = false;
  /** Why there is no fan of the scenario; empty if there can be one. */
  #why = "";
  /** The fans and the surface in the last frame. @type {unknown[]} */
  #followed = [];
  /** What can be drawn, and what it depends on. @type {{ depends: unknown[], fans: DrawnFan[] }} */
  #drawn = { depends: [], fans: NONE };
  /** What is on the screen. @type {unknown[]} */
  #onScreen = [];
  /** The walk under the pointer. @type {FanHit | null} */
  #picked = null;
  /** The scenario when no gesture went on. @type {Scenario | null} */
  #rested = null;

  /**
   * @param {HTMLElement} root
   * @param {Parts} parts
   * @param {View} view
   * @param {SeedFan} fan
   * @param {Store} store
   * @param {{ requestFrame: () => void, switched: () => void }} callbacks `switched`: the fan is shown, or no longer
   */
  constructor(root, { fan: canvas, fanLegend }, view, fan, store, { requestFrame, switched }) {
    this.#root = root;
    this.#view = view;
    this.#fan = fan;
    this.#store = store;
    this.#layer = new CanvasLayer(canvas);
    this.#legend = new FanLegend(fanLegend, (seed) => store.edit({ seed }, { origin: "panel" }));
    this.#switched = switched;
    this.#requestFrame = requestFrame;
    document.addEventListener("visibilitychange", this.#turned);
  }

  /** Whether the surface can have one: a network has more than two weights. */
  get exists() {
    return networkOf(this.#store.scenario ?? { surface: "" }) === null;
  }

  get on() {
    return this.#on;
  }

  /** What the address sets: whether the fan is shown. */
  get choice() {
    return this.#on;
  }

  set choice(on) {
    if (on === this.#on) return;
    this.#on = on;
    this.version += 1;
    this.#requestFrame();
  }

  toggle() {
    this.choice = !this.#on;
    this.#switched();
  }

  /** The tab has been hidden, where the browser draws no frames, or is visible again. */
  #turned = () => {
    if (document.hidden) this.#fan.follow(null);
    else this.#requestFrame();
  };

  /**
   * Request the fan of a scenario.
   * @param {Scenario} scenario
   * @param {{ moving: boolean, hidden: boolean }} how `moving`: a gesture goes on; `hidden`: by a lesson's question
   */
  follow(scenario, { moving, hidden }) {
    this.#open(this.#on && !hidden);
    const runs = this.#shownRuns(scenario);
    this.#why = whyNone(scenario, runs);
    if (!moving) this.#rested = scenario;
    const isDragged = this.#rested !== null && !sameData(this.#rested, scenario);
    if (!this.#isOpen || this.#why !== "" || document.hidden || isDragged) this.#fan.follow(null);
    else this.#fan.follow({ scenario, runs, live: moving });
    const followed = [this.#fan.fans, this.surface, scenario.seed, runs.join()];
    if (followed.some((part, index) => part !== this.#followed[index])) {
      this.version += 1;
      this.#picked = null;
    }
    this.#followed = followed;
  }

  /** @param {Scenario} scenario */
  #shownRuns({ runs }) {
    return [...runs.keys()].filter((index) => !this.#store.hidden.has(index));
  }

  /** @param {boolean} open */
  #open(open) {
    if (open === this.#isOpen) return;
    this.#isOpen = open;
    this.#legend.open(open);
    this.#root.toggleAttribute("data-fan", open);
  }

  /**
   * The fans that can be drawn: those of runs that are shown, on the surface that is shown.
   * @param {Theme} theme
   * @returns {DrawnFan[]}
   */
  #current(theme) {
    const [{ fans }, surface, { scenario }] = [this.#fan, this.surface, this.#store];
    if (!this.#isOpen || fans === null || surface === null || fans.scenario.surface !== surface.key) return NONE;
    const depends = [fans, surface, theme, scenario.seed, this.#followed[3]];
    if (depends.some((part, index) => part !== this.#drawn.depends[index])) {
      const most = KINDS.length + surface.minima.length;
      const shown = slotsOf(scenario).filter((_, index) => !this.#store.hidden.has(index));
      const slots = slotsOf(fans.scenario);
      const drawn = [...fans.runs].flatMap(([run, fan]) =>
        shown.includes(slots[run]) && fan.walks.outcomes.every((outcome) => outcome < most)
          ? {
              fan,
              look: theme.looks[slots[run]],
              own: scenario.seed - fans.first,
              arrives: (/** @type {number} */ walk) => fan.walks.outcomes[walk] >= KINDS.length,
              bounds: surface.bounds,
              name: runName(fans.scenario, run),
            }
          : [],
      );
      this.#drawn = { depends, fans: drawn };
    }
    return this.#drawn.fans;
  }

  /**
   * Draw the fan on a view: that of the screen, or that of a saved picture.
   * @param {View} view
   * @param {Layer} layer that of a saved picture
   * @param {Theme} theme
   */
  drawUnder(view, layer, theme) {
    const fans = this.#current(theme);
    if (view !== this.#view) return drawFans(layer.context, fans, view, theme);
    const emptied = this.#layer.fit(view.width, view.height);
    const state = [fans, view.version];
    if (!emptied && state.every((part, index) => part === this.#onScreen[index])) return;
    this.#onScreen = state;
    this.#layer.clear();
    drawFans(this.#layer.context, fans, view, theme);
  }

  /**
   * Draw the walk under the pointer.
   * @param {View} view
   * @param {CanvasRenderingContext2D} context
   * @param {Theme} theme
   */
  drawOver(view, context, theme) {
    if (this.#picked === null || view !== this.#view) return;
    const fan = this.#current(theme)[this.#picked.at];
    if (fan !== undefined) drawPicked(context, fan, this.#picked.walk, view, theme);
  }

  /**
   * Write the legend.
   * @param {Scenario} scenario
   * @param {Theme} theme
   * @param {boolean} moving
   */
  read(scenario, theme, moving) {
    if (!this.#isOpen) return;
    const { fans, fanned, sentence, pending, outdated } = this.#fan;
    const drawn = this.#current(theme);
    const { minima } = this.surface ?? { minima: [] };
    if (fans === null || drawn.length === 0) {
      const why = this.#why || sentence || texts.waiting;
      this.#legend.write({ lead: "", entries: [], notes: [why], told: moving ? "" : why });
      this.#legend.list(null, () => [], scenario.seed);
    } else {
      const legend = legendOf(fans, drawn, fanned, this.#shownRuns(scenario).length);
      this.#legend.write({ ...legend, told: moving || pending ? "" : legend.told });
      if (!moving) this.#legend.list(drawn, () => optionsOf(fans, drawn, minima), scenario.seed);
    }
    this.#root.toggleAttribute("data-fan-outdated", outdated && !moving);
    this.#root.dataset.fan = pending || drawn.length === 0 ? "" : String(fans?.count ?? 0);
  }

  /**
   * How many walks of a run arrive, for its card.
   * @param {Scenario} scenario
   * @param {number} index
   * @param {Theme} theme
   */
  cardLine(scenario, index, theme) {
    const look = theme.looks[slotsOf(scenario)[index]];
    const facts = this.#current(theme).find((drawn) => drawn.look === look)?.fan.facts;
    return facts === undefined ? "" : texts.arrives(facts);
  }

  /** What the drawing means, for a saved picture. @param {Theme} theme */
  entries(theme) {
    const [{ fans }, drawn] = [this.#fan, this.#current(theme)];
    if (fans === null || drawn.length === 0) return [];
    const { lead, entries, notes } = legendOf(fans, drawn, null, drawn.length);
    return [lead, ...entries.map(({ text }) => text), ...notes].map((text) => ({ text }));
  }

  /**
   * The walk under a pixel, and what a click there does; null hides the one before.
   * @param {Pixel | null} place
   * @param {boolean} onStep whether a step of a walk on the screen is near: then only ends are found
   * @returns {Hit | null}
   */
  hitAt(place, onStep) {
    const { depends, fans: drawn } = this.#drawn;
    const [{ fans }, surface] = [this.#fan, this.surface];
    const hasFan = this.#isOpen && fans !== null && depends[0] === fans && surface !== null;
    const hit =
      place === null || !hasFan
        ? null
        : (hitEnd(place, drawn, this.#view) ?? (onStep ? null : hitPath(place, drawn, this.#view)));
    if (hit?.at !== this.#picked?.at || hit?.walk !== this.#picked?.walk) {
      this.#picked = hit;
      this.version += 1;
      this.#requestFrame();
    }
    if (hit === null || !hasFan) return null;
    return {
      lines: linesOf(fans, drawn[hit.at], hit.walk, surface.minima),
      take: () => this.#store.edit({ seed: fans.first + hit.walk }, { origin: "seed" }),
    };
  }

  remove() {
    document.removeEventListener("visibilitychange", this.#turned);
    this.#fan.remove();
  }
}

/**
 * Why a scenario has no fan; empty if it has one.
 * @param {Scenario} scenario
 * @param {number[]} runs the runs that are shown
 */
function whyNone(scenario, runs) {
  if (networkOf(scenario) !== null) return texts.network;
  if (scenario.noise === 0 && scenario.batch === 0) return texts.same;
  return runs.length === 0 ? texts.none : "";
}
