/** The map of basins on the stage: what of it is requested, drawn, written below the map and under the pointer. */

import { sameData } from "../kit/data_rows.js";
import { networkOf } from "../kit/networks.js";
import { runName } from "../kit/runs.js";
import { same } from "../kit/sameness.js";
import { ArrivingBasins } from "./arriving_basins.js";
import { ColoredBasins } from "./colored_basins.js";
import { notesOf } from "./controls/basin_entries.js";
import { BasinLegend } from "./controls/basin_legend.js";
import { BasinPainting } from "./draw/basins.js";
import { SHARP } from "./draw/settings_picture.js";
import { areKnown } from "./state/basin_shares.js";
import { slotsOf } from "./state/store.js";
import { words } from "./words.js";

/** @import { Scenario, SurfaceFacts } from "../contract.js" */
/** @import { Point, Theme } from "../kit/types.js" */
/** @import { Shows } from "./draw/basin_colors.js" */
/** @import { Aggregate, Layer } from "./draw/types.js" */
/** @import { View } from "./draw/view.js" */
/** @import { ChosenBasins } from "./wire/pictures.js" */
/** @import { BasinMap } from "./state/basin_map.js" */
/** @import { Size } from "./state/cell_map.js" */

/** The side of a cell in CSS pixels, and the most rows and columns of a map. */
const CELL = 2;
const MOST = { rows: 512, columns: 1024 };

/** @implements {Aggregate} */
export class BasinView {
  name = /** @type {const} */ ("basins");
  /** Rises when something else is to be drawn. */
  version = 0;
  /** The facts of the surface whose ground is shown. @type {SurfaceFacts | null} */
  surface = null;
  #map;
  #view;
  #root;
  #legend;
  #changed;
  #requestFrame;
  /** The slot of the run whose basins are shown; null: no map is shown. @type {number | null} */
  #slot = null;
  /** The slot of the run with which it is compared. @type {number | null} */
  #compared = null;
  /** @type {Shows} */
  #shows = "outcome";
  #painting = new BasinPainting();
  #strips = new ArrivingBasins();
  /** The map that was colored last, and what its colors depend on. @type {ColoredBasins | null} */
  #drawn = null;
  /** @type {unknown[]} */
  #depends = [];
  /** The map, the surface and the rows of a finer map in the last frame. @type {unknown[]} */
  #shown = [];
  /** What is on the screen. @type {unknown[]} */
  #onScreen = [];
  /** The scenario when no gesture went on. @type {Scenario | null} */
  #rested = null;
  #isOpen = false;
  #isNetwork = false;

  /**
   * @param {HTMLElement} root
   * @param {{ basinLegend: HTMLElement }} parts
   * @param {View} view
   * @param {BasinMap} map
   * @param {{ requestFrame: () => void, switched: () => void }} callbacks `switched`: another run is shown, or none
   */
  constructor(root, { basinLegend }, view, map, { requestFrame, switched }) {
    this.#root = root;
    this.#view = view;
    this.#map = map;
    this.#requestFrame = requestFrame;
    this.#changed = switched;
    this.#legend = new BasinLegend(basinLegend, {
      run: (slot) => {
        this.slot = slot;
        switched();
      },
      shows: (shows) => {
        this.#shows = shows;
        this.#choose();
        switched();
      },
      compared: (slot) => {
        this.#compared = slot;
        this.#map.drop();
        this.#choose();
        switched();
      },
    });
    document.addEventListener("visibilitychange", this.#turned);
  }

  /** Whether the surface has one: a network has more than two weights. */
  get exists() {
    return !this.#isNetwork;
  }

  /** Whether the map is switched on. */
  get on() {
    return this.#slot !== null;
  }

  get slot() {
    return this.#slot;
  }

  set slot(slot) {
    if (slot === this.#slot) return;
    if (slot === this.#compared) this.#compared = null;
    this.#slot = slot;
    this.#map.drop();
    this.#choose();
  }

  /** What the address sets. @returns {ChosenBasins | null} */
  get choice() {
    return this.#slot === null ? null : { slot: this.#slot, compared: this.#compared, shows: this.#shows };
  }

  set choice(chosen) {
    this.slot = chosen?.slot ?? null;
    const { compared = null, shows = "outcome" } = chosen ?? {};
    if (compared !== this.#compared) this.#map.drop();
    [this.#compared, this.#shows] = [compared, shows];
    this.#choose();
  }

  /** Switch the map on, for the first run, or off. */
  toggle() {
    this.slot = this.on || this.#rested === null ? null : slotsOf(this.#rested)[0];
    this.#changed();
  }

  /** The tab has been hidden, where the browser draws no frames, or is visible again. */
  #turned = () => {
    if (document.hidden) this.#map.follow(null);
    else this.#requestFrame();
  };

  #choose() {
    this.version += 1;
    this.#requestFrame();
  }

  /**
   * Request what is to be shown of a scenario.
   * @param {Scenario} scenario
   * @param {{ moving: boolean, hidden: boolean }} how `moving`: a gesture goes on; `hidden`: by a lesson's question
   */
  follow(scenario, { moving, hidden }) {
    this.#isNetwork = networkOf(scenario) !== null;
    this.#open(this.on && !hidden);
    if (!moving) this.#rested = scenario;
    const idle = !this.#isOpen || this.#isNetwork || document.hidden || this.#view.width === 0;
    if (idle || (this.#rested !== null && !sameData(this.#rested, scenario))) {
      this.#map.follow(null);
    } else {
      this.#map.follow({ scenario, runs: this.#runsOf(scenario), ...sizeOf(this.#view), live: moving });
    }
    const shown = [this.#map.grid, this.surface, this.#map.arriving?.filled];
    if (shown.some((part, index) => part !== this.#shown[index])) this.version += 1;
    this.#shown = shown;
  }

  /** The indices of the runs: of the one that is shown, and of the one with which it is compared. */
  /** @param {Scenario} scenario */
  #runsOf(scenario) {
    const slots = slotsOf(scenario);
    if (this.#slot === null || !slots.includes(this.#slot)) {
      this.slot = slots[0];
      this.#changed();
    }
    if (this.#compared !== null && !slots.includes(this.#compared)) this.#compared = null;
    return [this.#slot, this.#compared].flatMap((slot) => (slot === null ? [] : [slots.indexOf(slot)]));
  }

  /** @param {boolean} open */
  #open(open) {
    if (open === this.#isOpen) return;
    this.#isOpen = open;
    this.#legend.open(open);
    this.#root.toggleAttribute("data-basins", open);
  }

  /**
   * The map that can be drawn, with its colors; null if there is none for the surface and the data that are shown.
   * @param {Theme} theme
   * @returns {ColoredBasins | null}
   */
  #current(theme) {
    const [{ grid }, surface] = [this.#map, this.surface];
    if (grid === null || surface === null || this.#rested === null) return null;
    const { scenario } = grid.request;
    if (scenario.surface !== surface.key || !sameData(scenario, this.#rested)) return null;
    const depends = [grid, surface.minima, theme.minima, this.#shows];
    if (this.#drawn !== null && depends.every((part, index) => part === this.#depends[index])) return this.#drawn;
    if (!areKnown(grid.ends, surface.minima)) return null;
    this.#drawn = new ColoredBasins(grid, surface.minima, theme, this.#shows);
    this.#depends = depends;
    return this.#drawn;
  }

  /**
   * Draw the map on a view: that of the screen, or that of a saved picture.
   * @param {View} view
   * @param {Layer} layer
   * @param {Theme} theme
   */
  drawUnder(view, layer, theme) {
    const emptied = layer.fit(view.width, view.height);
    const drawn = this.#isOpen ? this.#current(theme) : null;
    if (view !== this.#view) {
      if (drawn === null) return;
      const painting = new BasinPainting();
      painting.take(drawn.grid, drawn.coloring);
      return painting.draw(layer.context, view, drawn.grid.window, SHARP);
    }
    const byNumber = this.#shows !== "outcome" && this.#compared === null;
    const arriving = drawn === null || byNumber ? null : this.#map.arriving;
    const state = [drawn, view.version, arriving, arriving?.filled];
    if (!emptied && state.every((part, index) => part === this.#onScreen[index])) return;
    if (drawn !== null && drawn !== this.#onScreen[0]) this.#painting.take(drawn.grid, drawn.coloring);
    this.#onScreen = state;
    layer.clear();
    if (drawn === null) return;
    const ratio = window.devicePixelRatio || 1;
    this.#painting.draw(layer.context, view, drawn.grid.window, ratio);
    const minima = this.surface?.minima ?? [];
    if (arriving !== null) this.#strips.draw(layer.context, view, arriving, { minima, theme, ratio });
  }

  /**
   * Write the legend.
   * @param {Scenario} scenario
   * @param {Theme} theme
   * @param {boolean} moving
   */
  read(scenario, theme, moving) {
    if (!this.#isOpen || this.#slot === null) return;
    const slots = slotsOf(scenario);
    const runs = slots.map((slot, index) => ({ slot, name: runName(scenario, index), look: theme.looks[slot] }));
    this.#legend.list(runs, { slot: this.#slot, shows: this.#shows, compared: this.#compared });
    const drawn = this.#current(theme);
    const { mapped, sentence, pending, outdated } = this.#map;
    if (drawn === null) {
      const why = this.#isNetwork ? words.basins.network : sentence || words.basins.waiting;
      this.#legend.write({ entries: [], lead: "", notes: [why, ...notesOf(mapped)], told: moving ? "" : why }, theme);
    } else {
      const { legend } = drawn;
      const isPart = this.surface !== null && !same(drawn.grid.window, this.surface.bounds);
      const notes = [...drawn.notes, ...(isPart ? [words.basins.part] : []), ...notesOf(mapped)];
      const told = moving || pending ? "" : [legend.told, ...notes].join(" ");
      this.#legend.write({ ...legend, notes, told }, theme);
    }
    const { rows, columns } = drawn?.grid ?? { rows: 0, columns: 0 };
    this.#root.toggleAttribute("data-basins-outdated", outdated && !moving);
    this.#root.dataset.basins = pending || drawn === null ? "" : `${rows} ${columns}`;
  }

  /** What the colors mean, for a saved picture. @param {Theme} theme */
  entries(theme) {
    return (this.#isOpen ? this.#current(theme)?.entries : null) ?? [];
  }

  /**
   * Where the walks from the cell under a point end; no lines if no map is drawn there.
   * @param {Point} point
   * @returns {string[]}
   */
  linesAt(point) {
    const [drawn] = /** @type {[ColoredBasins | null | undefined]} */ (this.#onScreen);
    return drawn?.linesAt(point) ?? [];
  }

  remove() {
    document.removeEventListener("visibilitychange", this.#turned);
    this.#map.remove();
  }
}

/**
 * The window of a view, and a number of cells for it: of two pixels each, and more on a very large map.
 * @param {View} view
 * @returns {Size}
 */
export function sizeOf({ x, y, area }) {
  const cell = Math.max(CELL, area.height / MOST.rows, area.width / MOST.columns);
  return {
    window: [x, y],
    rows: Math.max(1, Math.round(area.height / cell)),
    columns: Math.max(1, Math.round(area.width / cell)),
  };
}
