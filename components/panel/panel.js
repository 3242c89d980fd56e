/** The panel: a form that edits the scenario, also while a slider moves. The scenario itself is in the store. */

import { contract } from "../contract.js";
import { element } from "../kit/element.js";
import { keepKeys } from "../kit/keys.js";
import { outcomes } from "../kit/outcomes.js";
import { same } from "../kit/sameness.js";
import { isDark } from "../kit/theme.js";
import { slotsOf, storeOf } from "../stage/state/store.js";
import { icon } from "./icons.js";
import { newRun } from "./newrun.js";
import { offers } from "./offers.js";
import { RunBlock } from "./run.js";
import { WalkSettings } from "./walk_settings.js";
import { words } from "./words.js";

/** @import { Look, Offer, Scenario } from "../contract.js" */
/** @import { Component } from "../kit/types.js" */
/** @import { Store } from "../stage/state/store.js" */
/** @import { Run } from "./types.js" */
/** @typedef {{stage: string, assets: string, offer: Offer, open: number[]}} PanelData */

const { limits, optimizers, themes } = contract;
const UPDATE_EVERY = 80;
/** The outcomes of a run whose lr a new run must not copy. */
const LEFT = ["left_the_map", "diverged"];
/** @type {WeakMap<HTMLElement, Panel>} */
const panels = new WeakMap();
/** Which runs of a stage were expanded when its panel was last on the page. @type {Map<string, boolean[]>} */
const expanded = new Map();

/** Called by Streamlit at every change of data or theme. @param {Component<PanelData>} component */
export function render({ parentElement, data }) {
  let panel = panels.get(parentElement);
  if (panel === undefined || !same(panel.data, data)) {
    unmount(parentElement);
    panel = new Panel(parentElement, data);
    panels.set(parentElement, panel);
  }
  panel.paint();
}

/** @param {HTMLElement} host */
export function unmount(host) {
  panels.get(host)?.close();
  panels.delete(host);
}

class Panel {
  /** @type {RunBlock[]} */
  #blocks = [];
  #walk;
  /** @type {HTMLElement} */
  #runs = element("div", { class: "runs" });
  /** Whether a mouse is over the list of runs. */
  #over = false;
  /** @type {HTMLButtonElement} */
  #add;
  /** @type {HTMLElement} */
  #why = element("span");
  /** @type {Store} */
  #store;
  /** @type {Look[]} */
  #looks = themes.light.looks;
  /** @type {() => void} */
  #close;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} host @param {PanelData} data */
  constructor(host, data) {
    this.data = data;
    this.#store = storeOf(data.stage);
    const offered = offers(data.offer);
    this.#walk = new WalkSettings(limits, (part, live) => this.#edit(part, live), offered);
    this.#add = element(
      "button",
      { type: "button", class: "add", click: () => this.#append() },
      icon("add"),
      this.#why,
    );
    /** @type {HTMLElement} */
    this.root = element("div", { class: "mradam-panel", "data-testid": "panel", hidden: "" });
    this.#add.hidden = !offered("runs");
    this.root.append(
      element("h2", {}, words.runs),
      this.#runs,
      this.#add,
      ...(this.#walk.empty ? [] : [element("h2", {}, words.walk), this.#walk.root]),
    );
    keepKeys(this.root);
    this.#runs.addEventListener("pointerenter", ({ pointerType }) => {
      this.#over = pointerType === "mouse";
    });
    this.#runs.addEventListener("pointerleave", () => {
      this.#over = false;
      this.#runs.style.minHeight = "";
    });
    host.append(this.root);
    this.#close = this.#store.subscribe((_, { origin, live }) =>
      live && (origin === "map" || origin === "data") ? this.#updateLater() : this.update(),
    );
  }

  /** While the start is dragged on the map, update its numbers only 12 times a second: the paths need the time. */
  #updateLater() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.update();
    }, UPDATE_EVERY);
  }

  /** Apply the colors of the theme, which may have changed. */
  paint() {
    this.#looks = themes[isDark(this.root) ? "dark" : "light"].looks;
    this.update();
  }

  /** Show the scenario in the existing form. */
  update() {
    const { scenario, hidden } = this.#store;
    if (scenario === null) return;
    const { runs } = scenario;
    while (this.#blocks.length > runs.length) this.#blocks.pop()?.root.remove();
    while (this.#blocks.length < runs.length) this.#insert(this.#blocks.length, this.#opens(this.#blocks.length));
    const slots = slotsOf(scenario);
    const room = runs.length < limits.runs;
    const own = offers(this.data.offer)("runs");
    this.#blocks.forEach((block, index) => {
      block.set(runs[index], index);
      block.showTrail(this.#looks[slots[index]], hidden.has(index));
      block.allow({ remove: own && runs.length > 1, duplicate: own && room });
    });
    this.#add.setAttribute("aria-disabled", String(!room));
    const why = room ? words.add : words.full(limits.runs);
    if (this.#why.textContent !== why) this.#why.textContent = why;
    this.#walk.set(scenario);
    this.root.hidden = false;
  }

  close() {
    this.#close();
    expanded.set(
      this.data.stage,
      this.#blocks.map((block) => block.more.open),
    );
    clearTimeout(this.#timer);
    this.root.remove();
  }

  /** @param {Partial<Scenario>} part @param {boolean} live */
  #edit(part, live) {
    this.#store.edit(part, { origin: "panel", live });
  }

  /** The runs on the stage; the panel is shown only when there is a scenario. @returns {Run[]} */
  get #all() {
    return this.#store.scenario?.runs ?? [];
  }

  /** @param {RunBlock} block @param {Run} run @param {boolean} live */
  #replace(block, run, live) {
    this.#edit({ runs: this.#all.with(this.#blocks.indexOf(block), run) }, live);
  }

  /** Whether all settings of a run are shown at first. @param {number} index */
  #opens(index) {
    return expanded.get(this.data.stage)?.[index] ?? this.data.open.includes(index);
  }

  /** @param {number} index @param {boolean} [open] */
  #insert(index, open = false) {
    const block = new RunBlock(optimizers, {
      edit: (changed, run, live) => this.#replace(changed, run, live),
      change: (changed, key) => this.#change(changed, key),
      duplicate: (copied) => this.#duplicate(copied),
      remove: (removed) => this.#remove(removed),
      offered: offers(this.data.offer),
      few: this.data.offer.controls !== null,
    });
    block.more.open = open;
    this.#runs.insertBefore(block.root, this.#blocks[index]?.root ?? null);
    this.#blocks.splice(index, 0, block);
    return block;
  }

  /** Whether a run is known to have left the map, by the outcome of its last walk. @param {Run} run */
  #left = (run) => LEFT.includes(outcomes.get(run) ?? "");

  /** @param {RunBlock} block @param {string} key */
  #change(block, key) {
    const own = this.#all[this.#blocks.indexOf(block)];
    const { run, note } = newRun(key, optimizers, [own, ...this.#all], this.#left);
    this.#replace(block, run, false);
    block.explain(note);
  }

  /** Add a run of an optimizer that no run has yet; its menu of optimizers gets the focus, to choose another one. */
  #append() {
    const runs = this.#all;
    if (runs.length >= limits.runs) return;
    const unused = Object.keys(optimizers).find((key) => !runs.some((run) => run.optimizer === key));
    const { run, note } = newRun(unused ?? runs[runs.length - 1].optimizer, optimizers, runs, this.#left);
    this.#edit({ runs: [...runs, run] }, false);
    const block = this.#blocks[this.#blocks.length - 1];
    block.explain(note);
    block.select.focus();
  }

  /** @param {RunBlock} block */
  #duplicate(block) {
    const index = this.#blocks.indexOf(block);
    const runs = this.#all;
    const copy = this.#insert(index + 1, block.more.open);
    this.#edit({ runs: runs.toSpliced(index + 1, 0, structuredClone(runs[index])) }, false);
    copy.select.focus();
  }

  /** @param {RunBlock} block */
  #remove(block) {
    const index = this.#blocks.indexOf(block);
    const runs = this.#all;
    this.#blocks.splice(index, 1);
    // A shorter list would move the button of another run under the mouse: the list is as high as before until the
    // mouse leaves it.
    if (this.#over) this.#runs.style.minHeight = `${this.#runs.getBoundingClientRect().height}px`;
    block.root.remove();
    this.#edit({ runs: runs.toSpliced(index, 1) }, false);
    const next = this.#blocks[Math.min(index, this.#blocks.length - 1)];
    (this.#blocks.length > 1 ? next.remove : next.select).focus();
  }
}
