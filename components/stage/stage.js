/** The stage: shows one scenario and its walk while it arrives, and applies the visitor's edits. */

import { resolve } from "../kit/place.js";
import { isDark } from "../kit/theme.js";
import { aggregatesOf } from "./aggregates.js";
import { BatchView } from "./batch_view.js";
import { DataTools } from "./controls/data_tools.js";
import { hideHint, showHint } from "./controls/hint.js";
import { keys } from "./controls/keys.js";
import { MapEdits } from "./controls/map_edits.js";
import { Pointer } from "./controls/pointer.js";
import { TakeHome } from "./controls/take_home.js";
import { Tools } from "./controls/tools.js";
import { Flag } from "./draw/flag.js";
import { Frames } from "./frames.js";
import { Hovering } from "./hovering.js";
import { InsideLayout } from "./inside_layout.js";
import { build } from "./layout.js";
import { ModelPicture } from "./model/picture.js";
import { Opening } from "./opening.js";
import { Screen } from "./screen.js";
import { leave, stageKeys } from "./stage_keys.js";
import { historyChangeOf, playsAfter } from "./state/changes.js";
import { InsideRound } from "./state/inside_round.js";
import { Playback } from "./state/playback.js";
import { storeOf } from "./state/store.js";
import { undoByKeys } from "./state/undo.js";
import { StepPanel } from "./step/panel.js";
import { Walks } from "./walks.js";
import { WindowView } from "./window_view.js";
import { Address } from "./wire/address.js";
import { linkOf } from "./wire/link.js";
import { offerParts } from "./wire/offer.js";
import { choicesOf, choose, chooseScene } from "./wire/pictures.js";
import { words } from "./words.js";

/** @import { StageData } from "../contract.js" */
/** @import { Component } from "../kit/types.js" */
/** @import { Change } from "./state/changes.js" */
/** @import { HistoryChange } from "./wire/address.js" */

/** @type {WeakMap<HTMLElement, Stage>} */
const stages = new WeakMap();

/**
 * Called by Streamlit at every change of data or theme.
 * @param {Component<StageData>} component
 */
export function render(component) {
  const host = component.parentElement;
  const stage = stages.get(host) ?? new Stage(host, component.data);
  stages.set(host, stage);
  stage.update(component);
}

/** Called when the stage has left the page. @param {HTMLElement} host */
export function unmount(host) {
  stages.get(host)?.remove();
  stages.delete(host);
}

class Stage {
  /** @type {StageData} */
  #data;
  #root;
  #parts;
  #store;
  #insideRound;
  #screen;
  #stepPanel;
  #insideLayout;
  #model;
  /** The parts that show the pictures, by the words of the address. */
  #views;
  #pointer;
  #flag;
  #playback;
  #walks;
  #tools;
  #opening;
  #frames = new Frames();
  /** @type {Address | null} */
  #address = null;
  /** @type {(() => void)[]} */
  #closes;
  #reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;

  /** @param {HTMLElement} host @param {StageData} data */
  constructor(host, data) {
    this.#data = data;
    this.#root = Object.assign(document.createElement("section"), { className: "mradam-stage", tabIndex: -1 });
    this.#root.dataset.testid = "stage";
    this.#root.setAttribute("aria-label", words.stage.name);
    // The button is Streamlit's: a style appends this text to it (page.css).
    document.documentElement.style.setProperty("--mradam-open-controls", JSON.stringify(words.stage.openControls));
    // Append only: Streamlit puts the component's stylesheet into the same host.
    host.append(this.#root);
    this.#parts = build(this.#root);
    this.#store = storeOf(data.stage);
    this.#insideRound = new InsideRound(this.#store);
    this.#store.setInside(data.inside);
    const { requestFrame } = this.#frames;
    const failed = (/** @type {Error} */ failure) => this.#fail(failure);
    const openInside = (/** @type {number | null} */ index) => this.#store.openInside(index);
    this.#playback = new Playback(requestFrame);
    this.#screen = new Screen(this.#parts, resolve(data.assets), this.#playback, {
      requestFrame,
      toggled: (/** @type {number} */ index) => this.#store.toggle(index),
      insideToggled: (/** @type {number} */ index) => openInside(index === this.#store.inside ? null : index),
      tried: (/** @type {number} */ index) => this.#walks.advisor.follow(this.#walks.walk, index),
      failed,
    });
    const { view, ground } = this.#screen;
    this.#stepPanel = new StepPanel(this.#parts, view, this.#playback, { pick: openInside, requestFrame, failed });
    this.#screen.stepPanel = this.#stepPanel;
    this.#insideLayout = new InsideLayout(this.#parts, this.#stepPanel, requestFrame);
    this.#model = new ModelPicture(this.#root, this.#parts, requestFrame, () => {
      this.#write("same");
      this.#request(false);
    });
    this.#screen.model = this.#model;
    const dataTools = new DataTools(this.#parts, this.#model, this.#store, requestFrame);
    const hover = new Hovering(this.#parts, view, this.#store, this.#playback);
    this.#walks = new Walks(data.socket, this.#store, this.#playback, {
      requestFrame,
      connected: (connected) => this.#connected(connected),
      grounded: (ground) => this.#screen.edit(ground),
      probed: (point, row) => hover.ground(point, row, this.#walks.walk),
    });
    this.#walks.playNext = !this.#reducedMotion;
    const batch = new BatchView(this.#parts, view, this.#walks, this.#model, requestFrame);
    this.#screen.batch = batch;
    const shared = { walks: this.#walks, store: this.#store, requestFrame, switched: () => this.#write("same") };
    const many = aggregatesOf(this.#root, this.#parts, view, shared);
    const aggregates = Object.values(many);
    this.#screen.aggregates = hover.aggregates = aggregates;
    const edits = new MapEdits(this.#store, view, (click) => {
      this.#tools.message = "";
      if (click && !this.#reducedMotion) this.#walks.playNext = true;
    });
    this.#pointer = new Pointer(this.#parts.map, this.#parts.handle, view, ground, {
      start: (point, how) => {
        if (!(how.click && hover.take(point, this.#walks.walk))) edits.start(point, how);
      },
      nudge: (move, times) => edits.nudge(move, times),
      settle: () => edits.settle(),
      hover: (place) => hover.over(this.#flag.down ? null : place, this.#walks),
      pressed: () => this.#root.focus({ preventScroll: true }),
    });
    this.#flag = new Flag(this.#root, this.#parts, view, this.#store, this.#pointer, {
      moved: requestFrame,
      turned: (lifted) => {
        this.#walks.playNext = lifted && !this.#reducedMotion;
        this.#changed({ origin: "curtain", live: false });
      },
    });
    const part = new WindowView(view, ground, this.#store, shared);
    const views = { model: this.#model, window: part, ...many };
    this.#views = views;
    if (data.address) {
      this.#address = new Address((query, identify, pictures) => {
        choose(views, pictures);
        this.#store.visit(query, identify);
      }, offerParts(data.offer));
      choose(views, this.#address.pictures);
    }
    this.#opening = new Opening(this.#root, this.#parts, this.#playback, this.#walks, this.#store);
    this.#closes = [this.#store.subscribe((_, change) => this.#changed(change)), undoByKeys(this.#store)];
    const save = (/** @type {"png" | "svg"} */ format, caption = "") =>
      this.#screen.save(this.#walks.walk, this.#playback.step, format, caption);
    this.#tools = new Tools(this.#parts.tools, {
      ground,
      pointer: this.#pointer,
      save,
      requestFrame,
      focus: () => this.#stepPanel.place(this.#walks.walk),
      model: this.#model,
      batch: batch.switches,
      aggregates,
    });
    new TakeHome(this.#root, this.#parts.takeHome, () => this.#walks.walk, save);
    const close = () => leave(this.#root, this.#parts, this.#store, this.#stepPanel);
    this.#root.addEventListener("keydown", keys(stageKeys(this.#playback, this.#stepPanel, this.#insideRound, close)));
    showHint(this.#parts.hint);
    if (this.#reducedMotion) this.#playback.following = true;
    this.#frames.begin({
      root: this.#root,
      parts: this.#parts,
      store: this.#store,
      playback: this.#playback,
      walks: this.#walks,
      screen: this.#screen,
      stepPanel: this.#stepPanel,
      pointer: this.#pointer,
      edits,
      dataTools,
      flag: this.#flag,
      tools: this.#tools,
      hover,
      batch,
      aggregates,
      window: part,
    });
  }

  /**
   * Take the scenario and what else Python sends.
   * @param {Component<StageData>} component
   */
  update({ data, setTriggerValue }) {
    this.#data = { ...data, assets: resolve(data.assets) };
    this.#screen.records = data;
    this.#walks.advisor.wanted = data.advice;
    this.#store.connect((/** @type {unknown} */ edit) => setTriggerValue("edit", edit));
    const dark = isDark(this.#root);
    const repaint = this.#screen.dark !== dark && this.#screen.surface !== null;
    this.#screen.dark = dark;
    this.#store.curtain.receive(data.curtain);
    this.#opening.follow(data);
    const first = this.#root.dataset.scenario === undefined;
    this.#store.receive(data.scenario, data, (runs) => (first && this.#address?.identity(runs)) || null);
    chooseScene(this.#views, data.pictures);
    // The visitor has returned to a page whose scenario is the same as before: the store then reports no change.
    if (this.#root.dataset.scenario === undefined) this.#changed({ origin: "python", live: false });
    if (repaint) this.#scene();
  }

  /** The visitor or Python has changed the scenario. @param {Change} change */
  #changed({ origin, live }) {
    const { scenario, hidden } = this.#store;
    if (scenario === null) return;
    this.#walks.hide();
    // Request the walk first: the backend computes while the code below runs.
    this.#request(live);
    this.#model.edit(scenario, live && origin === "data");
    if (this.#walks.pending) this.#root.dataset.pending = ""; // removed when the first chunk is on the screen
    if (this.#flag.down) this.#playback.extent(scenario.steps, -1);
    const query = linkOf(scenario);
    const arrived = this.#root.dataset.scenario !== undefined;
    const change = arrived ? historyChangeOf(origin) : "same";
    this.#root.dataset.scenario = query;
    if (!live) {
      this.#stepPanel.show(this.#store, this.#data);
      this.#insideLayout.show(origin === "inside" && this.#store.inside !== null);
    }
    this.#screen.cards(scenario, hidden);
    if (!live) this.#write(change);
    if (this.#screen.surface?.key !== scenario.surface) this.#scene();
    if (arrived && playsAfter(origin)) this.#walks.playNext = !this.#reducedMotion;
    if (arrived) hideHint(this.#parts.hint);
    this.#walks.advise();
    this.#frames.requestFrame();
  }

  /** Request what is shown. @param {boolean} live */
  #request(live) {
    this.#walks.request(live, { none: this.#flag.down, model: this.#model.choice });
  }

  /** Write the link of what is shown into the address bar. @param {HistoryChange} change */
  #write(change) {
    const query = this.#root.dataset.scenario;
    if (query === undefined) return;
    this.#address?.write(query, change, this.#store.identity, choicesOf(this.#views));
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
    this.#frames.requestFrame();
  }

  /** @param {Error} failure */
  #fail(failure) {
    this.#walks.refused(words.stage.reload(failure.message));
  }

  /** @param {boolean} connected */
  #connected(connected) {
    if (connected && this.#root.dataset.line === "down") this.#store.repeat();
    this.#root.dataset.line = connected ? "up" : "down";
  }

  remove() {
    this.#frames.stop();
    this.#root.remove();
    for (const close of this.#closes) close();
    this.#insideRound.close();
    for (const part of [this.#tools, this.#insideLayout, this.#flag, this.#address]) part?.remove();
    this.#walks.close();
    for (const part of [...Object.values(this.#views), this.#screen]) part.remove();
  }
}
