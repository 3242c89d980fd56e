/** The presenter's keys for the runs: select one, change its lr and its momentum, the number of steps, the start. */

import { contract } from "../contract.js";
import { element } from "../kit/element.js";
import { exact } from "../kit/numbers.js";
import { runName } from "../kit/runs.js";
import { words } from "./words.js";

/** @import { Scenario } from "../contract.js" */
/** @import { Store } from "../stage/state/store.js" */
/** @typedef {"lr" | "momentum" | "steps"} Setting */

const { optimizers, limits } = contract;
const { runs: texts } = words;
/** How long the changed setting is shown, in milliseconds. */
const SHOWN_FOR = 2000;
/** The hyperparameters that keep past gradients, in the order in which they are looked for. */
const MOMENTA = ["momentum", "beta1", "beta"];

/**
 * The stop after a value, or before it; a value beyond the stops moves to the last one.
 * @param {readonly number[]} stops rising
 * @param {number} value
 * @param {1 | -1} by
 */
export function nextStop(stops, value, by) {
  const next = by > 0 ? stops.find((stop) => stop > value) : stops.findLast((stop) => stop < value);
  return next ?? value;
}

/**
 * The scenario's part that a key changes, and the setting with its new value; null if the run has no such setting.
 * @param {Scenario} scenario
 * @param {number} index of the run
 * @param {Setting} setting
 * @param {1 | -1} by
 * @returns {{ part: Partial<Scenario>, name: string, value: number } | null}
 */
export function changed(scenario, index, setting, by) {
  if (setting === "steps") {
    const steps = nextStop(limits.steps.stops, scenario.steps, by);
    return { part: { steps }, name: "steps", value: steps };
  }
  const run = scenario.runs[index];
  const names = setting === "lr" ? ["lr"] : MOMENTA;
  const record = optimizers[run.optimizer].hyperparameters.find(({ name }) => names.includes(name));
  if (record === undefined) return null;
  const value = nextStop(record.stops, run.values[record.name], by);
  const values = { ...run.values, [record.name]: value };
  return { part: { runs: scenario.runs.with(index, { ...run, values }) }, name: record.name, value };
}

export class RunKeys {
  /** Whether the link of the page offers a control. @type {(name: string) => boolean} */
  offered = () => true;
  #store;
  #selected = 0;
  #readout = element("div", { class: "mradam-present-readout", role: "status", hidden: "" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => Store} store the store of the presented stage */
  constructor(store) {
    this.#store = store;
    document.body.append(this.#readout);
  }

  /** @param {number} index */
  select(index) {
    this.#selected = index;
    this.#tell(texts.selected(runName(this.#store().scenario, index)));
  }

  /** @param {Setting} setting @param {1 | -1} by */
  change(setting, by) {
    const store = this.#store();
    const { scenario } = store;
    const index = Math.min(this.#selected, scenario.runs.length - 1);
    const change = changed(scenario, index, setting, by);
    if (change === null) return this.#tell(texts.none(runName(scenario, index)));
    if (!this.offered(change.name)) return this.#tell(texts.locked(change.name));
    store.edit(change.part, { origin: "panel" });
    const setTo = texts.set(change.name, exact(change.value));
    const of = optimizers[scenario.runs[index].optimizer].label;
    this.#tell(setting === "steps" ? setTo : texts.ofRun(index + 1, of, setTo));
  }

  /**
   * Move the start as the ring's own keys do.
   * @param {"keydown" | "keyup"} type
   * @param {string} key
   */
  move(type, key) {
    const ring = document.querySelector(".mradam-stage .handle");
    ring?.dispatchEvent(new KeyboardEvent(type, { key, shiftKey: true, cancelable: true }));
  }

  /** @param {string} text */
  #tell(text) {
    this.#readout.textContent = text;
    this.#readout.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#readout.hidden = true;
    }, SHOWN_FOR);
  }

  remove() {
    clearTimeout(this.#timer);
    this.#readout.remove();
  }
}
