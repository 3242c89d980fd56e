/** The sliders of a lesson, for the hyperparameters and shared settings that a learner can change, as in the panel. */

import { contract } from "../contract.js";
import { element } from "../kit/element.js";
import { keepKeys } from "../kit/keys.js";
import { same } from "../kit/sameness.js";
import { isDark } from "../kit/theme.js";
import { Field } from "../panel/field.js";
import { nearest } from "../panel/scale.js";
import { Switch } from "../panel/switch.js";
import { slotsOf, storeOf } from "../stage/state/store.js";
import { words } from "./words.js";

/** @import { Component } from "../kit/types.js" */
/** @import { Shown } from "../panel/types.js" */
/** @import { Store } from "../stage/state/store.js" */
/** @import { KnobData, KnobsData, SharedData } from "./types.js" */
/** @typedef {{run: number, name: string, field: Shown, root: HTMLElement}} Knob */

/** @type {WeakMap<HTMLElement, Knobs>} */
const sets = new WeakMap();

/** Called by Streamlit at every change of data or theme. @param {Component<KnobsData>} component */
export function render({ parentElement, data }) {
  let set = sets.get(parentElement);
  if (set === undefined || !same(set.data, data)) {
    const active = document.activeElement;
    const focused = active instanceof HTMLElement && parentElement.contains(active) ? active.dataset.at : undefined;
    unmount(parentElement);
    set = new Knobs(parentElement, data);
    sets.set(parentElement, set);
    /** @type {HTMLElement | null} */
    const again = focused === undefined ? null : parentElement.querySelector(`[data-at="${focused}"]`);
    again?.focus();
  }
  set.update();
}

/** @param {HTMLElement} host */
export function unmount(host) {
  sets.get(host)?.close();
  sets.delete(host);
}

class Knobs {
  /** @type {Store} */
  #store;
  /** @type {Knob[]} */
  #knobs;
  /** @type {{name: SharedData["name"], field: Field, root: HTMLElement}[]} */
  #shared;
  /** @type {() => void} */
  #close;

  /** @param {HTMLElement} host @param {KnobsData} data */
  constructor(host, data) {
    this.data = data;
    this.#store = storeOf(data.stage);
    /** @type {HTMLElement} */
    this.root = element("div", { class: "mradam-panel mradam-knobs", "data-testid": "knobs" });
    this.#knobs = data.knobs.map((record) => this.#knob(record));
    this.#shared = data.shared.map((record) => this.#sharedKnob(record));
    this.root.append(...[...this.#knobs, ...this.#shared].map(({ root }) => root));
    this.root.hidden = data.knobs.length + data.shared.length === 0;
    keepKeys(this.root);
    host.append(this.root);
    const closes = [this.#store.subscribe(() => this.update()), this.#store.curtain.subscribe(() => this.update())];
    this.#close = () => {
      for (const close of closes) close();
    };
  }

  update() {
    const { scenario, curtain } = this.#store;
    this.root.inert = curtain.down;
    if (scenario === null) return;
    const { looks } = contract.themes[isDark(this.root) ? "dark" : "light"];
    const slots = slotsOf(scenario);
    for (const { run, name, field, root } of this.#knobs) {
      if (slots[run] !== undefined) root.style.setProperty("--thumb", looks[slots[run]].color);
      const value = scenario.runs[run]?.values[name];
      if (value !== undefined) field.set(value);
    }
    for (const { name, field } of this.#shared) field.set(scenario[name]);
  }

  /** @param {KnobData} record @returns {Knob} */
  #knob(record) {
    const { run, name, label, mark, stops } = record;
    const edit = (/** @type {number} */ value, /** @type {boolean} */ live) => this.#edit(run, name, value, live);
    const whole = { ...record, name: words.knobs.name(label, name.replaceAll("_", " ")) };
    if (record.scale === "switch") {
      const field = new Switch(whole, { edit });
      return { run, name, field, root: element("div", { class: "knob" }, field.root) };
    }
    const field = new Field(whole, { edit, stops });
    if (field.slider !== null) field.slider.dataset.at = `${run} ${name}`;
    const root = element("div", { class: "knob" }, field.root);
    if (mark !== null) field.slider?.after(edge(mark, stops));
    return { run, name, field, root };
  }

  /** @param {SharedData} record */
  #sharedKnob(record) {
    const { name, stops } = record;
    const edit = (/** @type {number} */ value, /** @type {boolean} */ live) =>
      this.#store.edit({ [name]: value }, { origin: "panel", live });
    const field = new Field(record, { edit, stops });
    field.root.classList.add("long"); // however short its name is: as the other sliders of a lesson
    if (field.slider !== null) field.slider.dataset.at = name;
    return { name, field, root: element("div", { class: "knob" }, field.root) };
  }

  /** @param {number} index @param {string} name @param {number} value @param {boolean} live */
  #edit(index, name, value, live) {
    const runs = this.#store.scenario?.runs;
    if (runs?.[index] === undefined) return;
    const run = { ...runs[index], values: { ...runs[index].values, [name]: value } };
    this.#store.edit({ runs: runs.with(index, run) }, { origin: "panel", live });
  }

  close() {
    this.#close();
    this.root.remove();
  }
}

/**
 * A tick under a slider, between the two stops around the value.
 * @param {{value: number, words: string}} mark
 * @param {number[]} stops
 * @returns {HTMLElement}
 */
function edge({ value, words: label }, stops) {
  const place = nearest(stops, value);
  const [low, high] = stops[place] <= value ? [place, Math.min(place + 1, stops.length - 1)] : [place - 1, place];
  const part = high === low || stops[high] === stops[low] ? 0 : (value - stops[low]) / (stops[high] - stops[low]);
  const share = (low + Math.max(0, Math.min(1, part))) / (stops.length - 1);
  /** @type {HTMLElement} */
  const made = element("div", { class: "edge", translate: "no" }, element("span", {}, label));
  made.style.setProperty("--at", String(share));
  return made;
}
