/** The stage: shows one scenario and its walk as it arrives, and applies what the visitor changes. */

import { resolve } from "../kit/place.js";
import { named } from "../kit/runs.js";
import { isDark } from "../kit/theme.js";
import { Hover } from "./controls/hover.js";
import { keys } from "./controls/keys.js";
import { MapEdits } from "./controls/map_edits.js";
import { Pointer } from "./controls/pointer.js";
import { Tools } from "./controls/tools.js";
import { Flag } from "./draw/flag.js";
import { Frames } from "./frames.js";
import { furnish } from "./layout.js";
import { Screen } from "./screen.js";
import { turnOf } from "./state/changes.js";
import { recall, remember } from "./state/memory.js";
import { Playback } from "./state/playback.js";
import { storeOf } from "./state/store.js";
import { undoByKeys } from "./state/undo.js";
import { StepPanel } from "./step/panel.js";
import { Walks } from "./walks.js";
import { Address } from "./wire/address.js";
import { linkOf } from "./wire/link.js";
import { words } from "./words.js";

/** @import { Scenario } from "../contract.js" */
/** @import { Component, Pixel } from "../kit/types.js" */
/** @import { Change } from "./state/changes.js" */

/**
 * What Python sends: see stage.py.
 * @typedef {object} Data
 * @property {string} stage
 * @property {Scenario} scenario
 * @property {string} visit
 * @property {number | null} acknowledged
 * @property {boolean} address
 * @property {string} assets
 * @property {string} socket
 * @property {boolean} advice
 * @property {boolean} curtain
 * @property {boolean} marks
 * @property {number | null} inside
 */

/** @type {WeakMap<HTMLElement, Stage>} */
const stages = new WeakMap();

/**
 * Called by Streamlit at every change of data or theme.
 * @param {Component<Data>} component
 */
export function render(component) {
  const host = component.parentElement;
  const stage = stages.get(host) ?? new Stage(host, component.data);
  stages.set(host, stage);
  stage.update(component);
}

/**
 * Called when the stage has left the page.
 * @param {HTMLElement} host
 */
export function unmount(host) {
  stages.get(host)?.remove();
  stages.delete(host);
}

class Stage {
  /** @type {Data} */
  #data;
  #root;
  #parts;
  #store;
  #screen;
  #stepPanel;
  #pointer;
  #flag;
  #playback;
  #walks;
  #tools;
  #frames = new Frames();
  /** @type {Address | null} */
  #address = null;
  /** @type {(() => void)[]} */
  #closes;
  #calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  /**
   * @param {HTMLElement} host
   * @param {Data} data
   */
  constructor(host, data) {
    this.#data = data;
    this.#root = Object.assign(document.createElement("section"), { className: "mradam-stage", tabIndex: -1 });
    this.#root.dataset.testid = "stage";
    this.#root.setAttribute("aria-label", words.stage.name);
    // Streamlit keeps our stylesheet in the host, too.
    host.append(this.#root);
    this.#parts = furnish(this.#root);
    this.#store = storeOf(data.stage);
    this.#store.begin(data.inside);
    const { wake } = this.#frames;
    const failed = (/** @type {Error} */ failure) => this.#fail(failure);
    const look = (/** @type {number | null} */ index) => this.#store.look(index);
    this.#playback = new Playback(wake);
    this.#screen = new Screen(this.#parts, resolve(data.assets), this.#playback, {
      wake,
      toggled: (/** @type {number} */ index) => this.#store.toggle(index),
      looked: (/** @type {number} */ index) => look(index === this.#store.inside ? null : index),
      tried: (/** @type {number} */ index) => this.#walks.advisor.follow(this.#walks.walk, index),
      failed,
    });
    const { view, ground } = this.#screen;
    this.#stepPanel = new StepPanel(this.#parts, view, this.#playback, { pick: look, wake, failed });
    this.#screen.stepPanel = this.#stepPanel;
    const hover = new Hover(this.#parts.tooltip, this.#parts.downhill, view);
    this.#walks = new Walks(data.socket, this.#store, this.#playback, {
      wake,
      connected: (connected) => this.#connected(connected),
      probed: (point, row) => hover.ground(point, row, this.#walks.walk),
    });
    this.#walks.playNext = !this.#calm;
    const edits = new MapEdits(this.#store, view, (click) => {
      this.#tools.word = "";
      if (click && !this.#calm) this.#walks.playNext = true;
    });
    this.#pointer = new Pointer(this.#parts.map, this.#parts.handle, view, ground, {
      start: (point, how) => edits.start(point, how),
      nudge: (move, times) => edits.nudge(move, times),
      settle: () => edits.settle(),
      hover: (place) => this.#hovered(hover, place),
      pressed: () => this.#root.focus({ preventScroll: true }),
    });
    this.#flag = new Flag(this.#root, this.#parts, view, this.#store, this.#pointer, {
      moved: wake,
      lifted: () => {
        this.#walks.playNext = !this.#calm;
        this.#changed({ origin: "curtain", live: false });
      },
    });
    if (data.address) this.#address = new Address((query, identify) => this.#store.visit(query, identify));
    this.#closes = [this.#store.subscribe((_, change) => this.#changed(change)), undoByKeys(this.#store)];
    this.#tools = new Tools(this.#parts.tools, {
      ground,
      pointer: this.#pointer,
      save: (format) => this.#screen.save(this.#walks.walk, this.#playback.step, format),
      wake,
      focus: () => this.#stepPanel.place(this.#walks.walk),
    });
    this.#root.addEventListener("keydown", keys(this.#keys));
    this.#parts.hint.hidden = recall("hint") !== null;
    if (this.#calm) this.#playback.following = true;
    this.#frames.begin({
      root: this.#root,
      parts: this.#parts,
      store: this.#store,
      playback: this.#playback,
      walks: this.#walks,
      screen: this.#screen,
      stepPanel: this.#stepPanel,
      pointer: this.#pointer,
      flag: this.#flag,
      tools: this.#tools,
      hover,
    });
  }

  /** What each key of the stage does: see `keyName` for how keys are spelled. */
  get #keys() {
    const [playback, stepPanel] = [this.#playback, this.#stepPanel];
    return {
      " ": () => playback.toggle(),
      ArrowLeft: () => playback.by(-1),
      ArrowRight: () => playback.by(1),
      Home: () => playback.seek(0),
      End: () => playback.toEnd(),
      r: () => playback.restart(),
      i: () => this.#store.look(stepPanel.inside === null ? 0 : null),
      Escape: () => this.#escape(),
      ",": () => stepPanel.walk(-1),
      ".": () => stepPanel.walk(1),
    };
  }

  /** Close the inside of a step, or else give the arrow keys back to the steps; false if there is neither to do. */
  #escape() {
    if (this.#stepPanel.inside !== null) return this.#store.look(null);
    if (document.activeElement !== this.#parts.handle) return false;
    return this.#root.focus({ preventScroll: true });
  }

  /**
   * Take the scenario and what else Python sends.
   * @param {Component<Data>} component
   */
  update({ data, setTriggerValue }) {
    this.#data = { ...data, assets: resolve(data.assets) };
    this.#screen.records = data;
    this.#walks.advisor.wanted = data.advice;
    this.#store.connect((/** @type {unknown} */ edit) => setTriggerValue("edit", edit));
    const dark = isDark(this.#root);
    const repaint = this.#screen.dark !== dark && this.#screen.surface !== null;
    this.#screen.dark = dark;
    this.#store.curtain.hang(data.curtain);
    const first = this.#root.dataset.scenario === undefined;
    this.#store.receive(data.scenario, data, (runs) => (first && this.#address?.identity(runs)) || null);
    // Back on a page whose scenario has not changed since: then the store reports no change.
    if (this.#root.dataset.scenario === undefined) this.#changed({ origin: "python", live: false });
    if (repaint) this.#scene();
  }

  // The visitor or Python has changed the scenario.

  /** @param {Change} change */
  #changed({ origin, live }) {
    const { scenario, hidden } = this.#store;
    if (scenario === null) return;
    this.#walks.hide();
    const shown = [...scenario.runs.keys()].filter((index) => !hidden.has(index));
    // First of all: the backend computes while the rest is done here.
    this.#walks.ask({ scenario, shown: this.#flag.down ? [] : shown, inside: this.#store.inside }, live);
    if (this.#walks.pending) this.#root.dataset.pending = ""; // until its first chunk is on the screen
    if (this.#flag.down) this.#playback.extent(scenario.steps, -1);
    const query = linkOf(scenario);
    const arrived = this.#root.dataset.scenario !== undefined;
    const turn = arrived ? turnOf(origin) : "same";
    const turned = turn === "place";
    this.#root.dataset.scenario = query;
    if (!live) this.#stepPanel.look(this.#store, this.#data);
    this.#screen.cards(scenario, hidden);
    if (!live) this.#address?.write(query, turn, this.#store.identity);
    if (this.#screen.surface?.key !== scenario.surface) this.#scene();
    if (turned) this.#walks.playNext = !this.#calm;
    if (arrived && !this.#parts.hint.hidden) {
      this.#parts.hint.hidden = true;
      remember("hint", "seen");
    }
    this.#walks.advise();
    this.#frames.wake();
  }

  async #scene() {
    const { scenario } = this.#store;
    if (scenario === null) return;
    try {
      await this.#screen.show(scenario.surface);
      this.#screen.cards(this.#store.scenario ?? scenario, this.#store.hidden);
    } catch (failure) {
      this.#fail(failure instanceof Error ? failure : new Error(String(failure)));
    }
    this.#frames.wake();
  }

  /** @param {Error} failure */
  #fail(failure) {
    this.#walks.refused(null, words.stage.reload(failure.message));
  }

  /** @param {boolean} connected */
  #connected(connected) {
    if (connected && this.#root.dataset.line === "down") this.#store.repeat();
    this.#root.dataset.line = connected ? "up" : "down";
  }

  /**
   * Show the numbers of what is under a pixel of the map; null: of nothing.
   * @param {Hover} hover
   * @param {Pixel | null} place
   */
  #hovered(hover, place) {
    const { scenario } = this.#store;
    if (scenario === null) return;
    const at = this.#playback.playing || this.#flag.down ? null : place;
    const found = hover.show(at, this.#walks.walk, this.#playback.step, (index) => named(scenario, index));
    this.#walks.probe.over(scenario, at === null || found ? null : this.#screen.view.unproject(...at));
  }

  remove() {
    this.#frames.stop();
    this.#root.remove();
    this.#tools.remove();
    for (const close of this.#closes) close();
    this.#flag.remove();
    this.#address?.remove();
    this.#walks.close();
    this.#screen.remove();
  }
}
