/** The map of settings on the stage: what of it is requested, drawn, and written. */

import { contextOf, sharpen } from "../kit/canvas.js";
import { sameData } from "../kit/data_rows.js";
import { networkOf } from "../kit/networks.js";
import { ColoredSettings } from "./colored_settings.js";
import { SettingsEdits } from "./controls/settings_edits.js";
import { SettingsGesture } from "./controls/settings_gesture.js";
import { SettingsPanel } from "./controls/settings_panel.js";
import { showTip } from "./controls/settings_tip.js";
import { SettingsPlot } from "./draw/settings_plot.js";
import { measureOf } from "./orbit_view.js";
import { contentOf, pictureOf, placesOf, sizeOf } from "./settings_content.js";
import { listOf, namesOf } from "./settings_names.js";
import { areKnown } from "./state/basin_shares.js";
import { idOf, presentOf, usualAxes } from "./state/settings_axes.js";
import { SettingsChoice } from "./state/settings_choice.js";
import { cellNear, windowOf } from "./state/settings_map.js";
import { words } from "./words.js";

/** @import { Scenario, SurfaceFacts } from "../contract.js" */
/** @import { Pixel, Theme } from "../kit/types.js" */
/** @import { Aggregate } from "./draw/types.js" */
/** @import { OrbitView } from "./orbit_view.js" */
/** @import { SettingsMap } from "./state/settings_map.js" */
/** @import { Store } from "./state/store.js" */
/** @import { ChosenSettings, Shows } from "./wire/pictures.js" */

const texts = words.settings;

/** @implements {Aggregate} */
export class SettingsView {
  name = /** @type {const} */ ("settings");
  /** It draws nothing on the stage's map. */
  version = 0;
  /** The facts of the surface whose ground is shown. @type {SurfaceFacts | null} */
  surface = null;
  #root;
  /** @type {SettingsMap} */
  #map;
  /** @type {OrbitView} */
  #orbits;
  #store;
  #panel;
  #gesture;
  #edits;
  #plot = new SettingsPlot();
  #choice = new SettingsChoice();
  #sizes;
  #requestFrame;
  #switched;
  #shows = /** @type {Shows} */ ("loss");
  #isOpen = false;
  #isNetwork = false;
  /** The scenario when no gesture went on. @type {Scenario | null} */
  #rested = null;
  /** @type {Theme | null} */
  #theme = null;
  /** @type {ColoredSettings | null} */
  #colored = null;
  #onScreen = /** @type {unknown[]} */ ([]);

  /**
   * @param {HTMLElement} root
   * @param {{ settings: HTMLElement }} parts
   * @param {SettingsMap} map
   * @param {OrbitView} orbits
   * @param {Store} store
   * @param {{ requestFrame: () => void, switched: () => void }} callbacks `switched`: the address is to be written
   */
  constructor(root, parts, map, orbits, store, { requestFrame, switched }) {
    this.#root = root;
    [this.#map, this.#orbits] = [map, orbits];
    this.#store = store;
    this.#requestFrame = requestFrame;
    this.#switched = switched;
    const put = (/** @type {0 | 1} */ place) => (/** @type {string} */ id) =>
      this.#choose(() => this.#choice.put(store.scenario, place, id));
    this.#panel = new SettingsPanel(parts.settings, {
      x: put(0),
      y: put(1),
      shows: (shows) =>
        this.#choose(() => {
          this.#shows = shows;
        }),
      zoom: (way) => (way === "whole" ? this.#choose(() => this.#choice.whole()) : this.#gesture.zoom(way === "in")),
    });
    const { plot, knob } = this.#panel;
    const { view } = this.#plot;
    this.#edits = new SettingsEdits(store, view, { axes: () => this.#choice.axes, grid: () => this.#map.grid });
    this.#gesture = new SettingsGesture(plot, knob, {
      holds: (at) => view.holds(...at),
      drag: (at, live) => this.#edits.drag(at, live),
      take: (at) => {
        const cell = this.#cellAt(at);
        if (cell !== null) this.#edits.take(cell);
        return cell !== null;
      },
      back: () => store.undo(),
      nudge: (move, times) => this.#edits.nudge(move, times),
      settle: () => this.#edits.settle(),
      hover: (at) => this.#hover(at),
      zoom: (factor, at) => this.#choose(() => this.#choice.zoom(factor, this.#edits.aboutFor(at))),
      whole: () => this.#choose(() => this.#choice.whole()),
    });
    // A size that is read in a frame would make the browser lay out the page.
    this.#sizes = new ResizeObserver(() => {
      view.resize(plot.clientWidth, plot.clientHeight);
      requestFrame();
    });
    this.#sizes.observe(plot);
  }

  /** Change what is shown, and the address. @param {() => void} change */
  #choose(change) {
    change();
    this.#requestFrame();
    this.#switched();
  }

  get exists() {
    return !this.#isNetwork;
  }

  get on() {
    return this.#choice.chosen !== null;
  }

  /** What the address sets: the axes, and what is shown. @type {ChosenSettings | null} */
  get choice() {
    const axes = this.#choice.chosen;
    return axes === null ? null : { axes, shows: this.#shows };
  }

  set choice(chosen) {
    this.#choice.take(chosen?.axes ?? null);
    if (chosen !== null) this.#shows = chosen.shows;
    this.#requestFrame();
  }

  /** Switch the map on, for the first run that is shown, or off. */
  toggle() {
    const { scenario, hidden } = this.#store;
    const first = scenario.runs.findIndex((_, index) => !hidden.has(index));
    this.choice = this.on ? null : { axes: usualAxes(scenario, Math.max(0, first)), shows: this.#shows };
    this.#switched();
  }

  /**
   * Request what is to be shown of a scenario, and draw what has arrived.
   * @param {Scenario} scenario
   * @param {{ moving: boolean, hidden: boolean }} how `moving`: a gesture goes on; `hidden`: by a lesson's question
   */
  follow(scenario, { moving, hidden }) {
    this.#isNetwork = networkOf(scenario) !== null;
    this.#open(this.on && !hidden);
    if (!moving) this.#rested = scenario;
    if (this.surface !== null) this.#choice.find(scenario, this.surface.bounds);
    const { axes } = this.#choice;
    const idle = !this.#isOpen || this.#isNetwork || this.#plot.view.width === 0 || document.hidden;
    const none = idle || axes.length === 0 || (this.#rested !== null && !sameData(this.#rested, scenario));
    this.#map.follow(
      none ? null : { scenario, axes, window: windowOf(axes), ...sizeOf(this.#plot.view, axes), live: moving },
    );
    this.#orbits.follow(scenario, axes, this.#shows, none ? null : { view: this.#plot.view, live: moving });
    if (this.#isOpen) this.#draw(scenario);
  }

  /** @param {boolean} open */
  #open(open) {
    if (open === this.#isOpen) return;
    this.#isOpen = open;
    this.#panel.open(open);
    this.#root.toggleAttribute("data-settings", open);
    if (!open) this.#map.follow(null);
  }

  /** The map that can be drawn with its colors; null if there is none for the axes and the data that are shown. */
  get #current() {
    const [{ grid }, surface, theme] = [this.#map, this.surface, this.#theme];
    if (grid === null || surface === null || theme === null || this.#rested === null) return null;
    const { scenario, axes } = grid.request.wanted;
    if (scenario.surface !== surface.key || !sameData(scenario, this.#rested)) return null;
    if (axes.map(idOf).join() !== this.#choice.axes.map(idOf).join()) return null;
    const last = this.#map.mapped;
    const shows = measureOf(this.#shows);
    if (this.#colored?.is(grid, last, surface.minima, theme, shows)) return this.#colored;
    if (!areKnown(grid.ends, surface.minima)) return null;
    this.#colored = new ColoredSettings(grid, last, surface.minima, theme, shows);
    return this.#colored;
  }

  /** @param {Scenario} scenario */
  #contentOf(scenario) {
    return contentOf(scenario, this.#choice.axes, this.#current, this.#map, this.#orbits);
  }

  /** Draw the chart, if something else than the handle has changed, and place the handle. @param {Scenario} scenario */
  #draw(scenario) {
    const [theme, { view }, { axes }] = [this.#theme, this.#plot, this.#choice];
    if (theme === null || view.width === 0 || axes.length === 0) return;
    const emptied = sharpen(this.#panel.canvas, view.width, view.height);
    const { content, handle, colored } = this.#contentOf(scenario);
    const state = [colored, content.curve, axes, content.limits, theme, view.width, view.height];
    if (emptied || state.some((part, at) => part !== this.#onScreen[at])) {
      this.#onScreen = state;
      const context = contextOf(this.#panel.canvas);
      context.clearRect(0, 0, view.width, view.height);
      this.#plot.draw(context, content, theme, window.devicePixelRatio || 1);
    }
    this.#panel.place(this.#plot.handleAt(handle.places, handle.grid), view, axes.length === 1);
  }

  /**
   * The chart, for a saved picture.
   * @param {Scenario} scenario
   * @param {number} width
   * @param {Theme} theme
   */
  below(scenario, width, theme) {
    const { view } = this.#plot;
    const isShown = this.#isOpen && view.width > 0 && this.#choice.axes.length > 0;
    return isShown ? pictureOf(this.#contentOf(scenario), view, width, theme) : null;
  }

  /** The cell at a pixel; null beyond the map. @param {Pixel} at */
  #cellAt(at) {
    const colored = this.#current;
    if (colored === null) return null;
    return cellNear(colored.grid, this.#plot.view.unproject(...at));
  }

  /** @param {Pixel | null} at */
  #hover(at) {
    const cell = at === null ? null : this.#cellAt(at);
    const lines = cell === null ? [] : (this.#current?.linesAt(cell, this.#names) ?? []);
    showTip(this.#panel.tooltip, lines, at ?? [0, 0], this.#plot.view, this.#panel.at);
  }

  /** The names of the axes in a sentence. */
  get #names() {
    return namesOf(this.#store.scenario, this.#choice.axes);
  }

  /**
   * Write the lists, the legend, and the name of the handle.
   * @param {Scenario} scenario
   * @param {Theme} theme
   * @param {boolean} moving
   */
  read(scenario, theme, moving) {
    if (theme !== this.#theme) this.#requestFrame();
    this.#theme = theme;
    if (!this.#isOpen) return;
    const [x = "", y = ""] = this.#choice.axes.map(idOf);
    this.#panel.list(listOf(scenario), { x, y, shows: this.#shows });
    const colored = this.#current;
    const { pending, outdated, sentence, mapped } = this.#map;
    const present = this.#choice.axes.map((axis) => presentOf(scenario, axis));
    const values = this.#names.map((name, place) => texts.value(name, present[place])).join(", ");
    const cell = colored === null ? null : cellNear(colored.grid, placesOf(this.#choice.axes, present));
    const outcomes = colored === null || cell === null || outdated ? "" : colored.outcomesAt(cell).join("; ");
    this.#panel.knob.setAttribute("aria-label", texts.handle(values, outcomes));
    if (colored === null) {
      const why = this.#isNetwork ? texts.network : sentence || texts.waiting;
      this.#panel.write({ entries: [], best: [], notes: [why], told: moving ? "" : why }, theme);
    } else {
      const best = colored.bestTexts.map(({ text, cell: of, own }) => ({
        text,
        take: () => this.#edits.take(of, own),
      }));
      const off = this.#panel.isAway ? [texts.outside(values)] : [];
      const notes = [...off, ...this.#orbits.notes(), ...colored.notes(mapped, this.#map.limits)];
      const all = [values, outcomes, ...best.map(({ text }) => text)].filter((text) => text !== "");
      const told = moving || pending ? "" : `${all.join(". ")}.`;
      const entries = [...colored.entries, ...this.#orbits.entries(this.#names[0])];
      this.#panel.write({ entries, best, notes, told }, theme);
    }
    this.#root.toggleAttribute("data-settings-outdated", outdated && !moving);
    const { rows, columns } = colored?.grid ?? { rows: 0, columns: 0 };
    this.#root.dataset.settingsShape = pending || colored === null ? "" : `${rows} ${columns}`;
  }

  /** What the colors, the stars and the lines mean, for a saved picture. */
  entries() {
    const colored = this.#isOpen ? this.#current : null;
    return colored === null ? [] : colored.pictureEntries(this.#map.limits);
  }

  remove() {
    this.#sizes.disconnect();
    this.#map.remove();
    this.#orbits.remove();
  }
}
