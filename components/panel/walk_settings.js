/** The settings that all runs share: start, number of steps, batch, and noise added to the gradient. */

import { element, rewrite } from "../kit/element.js";
import { exampleCount } from "../kit/epochs.js";
import { Field } from "./field.js";
import { iconButton } from "./icons.js";
import { stopsUpTo } from "./scale.js";
import { words } from "./words.js";

/** @import { Limits, Scenario } from "../contract.js" */

const SEEDS = 10_000;

export class WalkSettings {
  #offered;
  /** @type {Scenario | null} */
  #scenario = null;
  /** The number of examples of the surface; without any, the field for the batch is not shown. */
  #count = 0;
  /** Makes the field for the batch, with stops up to a number of examples. @type {(count: number) => Field} */
  #batch;
  /** @type {Field | null} */
  #batchField = null;

  /**
   * @param {Limits} limits
   * @param {(part: Partial<Scenario>, live: boolean) => void} edit called with the changed part of the scenario;
   *   `live` is true while the gesture that changes it goes on
   * @param {(name: string) => boolean} offered whether a control is offered
   */
  constructor(limits, edit, offered = () => true) {
    this.#offered = offered;
    const { steps, batch, noise, seed, x, y } = limits;
    const at = (/** @type {0 | 1} */ place) => (/** @type {number} */ value) => {
      if (this.#scenario === null) return;
      const [across, up] = this.#scenario.start;
      edit({ start: place === 0 ? [value, up] : [across, value] }, false);
    };
    this.fields = {
      steps: new Field(steps, { stops: steps.stops, edit: (value, live) => edit({ steps: value }, live) }),
      noise: new Field(noise, { stops: noise.stops, edit: (value, live) => edit({ noise: value }, live) }),
      seed: new Field(seed, { room: 10, edit: (value) => edit({ seed: value }, false) }),
      x: new Field(x, { edit: at(0) }),
      y: new Field(y, { edit: at(1) }),
    };
    const dice = iconButton("dice", words.seed, () => edit({ seed: this.#otherSeed() }, false));
    /** @type {HTMLElement} */
    this.idle = element("span", { class: "idle" }, words.idle);
    this.fields.seed.text.after(dice, this.idle);
    this.fields.seed.root.classList.add("seed");
    const start = element(
      "div",
      { class: "start", role: "group", "aria-label": words.startOfAll },
      element("span", {}, words.start),
      this.fields.x.root,
      this.fields.y.root,
    );
    this.#batch = (count) => {
      return new Field(batch, {
        stops: stopsUpTo(batch.stops, count),
        edit: (value, live) => edit({ batch: value }, live),
      });
    };
    const { steps: stepsRow, noise: noiseRow, seed: seedRow } = this.fields;
    /** @type {HTMLElement} */
    this.root = element(
      "div",
      { class: "walk", role: "group", "aria-label": words.walk },
      ...(offered("start") ? [start] : []),
      ...(offered("steps") ? [stepsRow.root] : []),
      ...(offered("noise") ? [noiseRow.root] : []),
      ...(offered("seed") ? [seedRow.root] : []),
    );
  }

  /** Whether none of the settings is offered. */
  get empty() {
    return this.root.childElementCount === 0 && !this.#offered("batch");
  }

  /** @param {Scenario} scenario */
  set(scenario) {
    this.#scenario = scenario;
    const { steps, noise, seed, start } = scenario;
    this.#showBatch(scenario);
    this.fields.steps.set(steps);
    this.fields.noise.set(noise);
    this.fields.seed.set(seed);
    this.fields.x.set(start[0]);
    this.fields.y.set(start[1]);
    this.idle.style.visibility = noise > 0 || scenario.batch > 0 ? "hidden" : "";
    rewrite(this.idle, this.#count > 0 ? words.idleWithData : words.idle);
  }

  /** Show the field for the batch on a surface with data, and nowhere else. @param {Scenario} scenario */
  #showBatch(scenario) {
    const count = this.#offered("batch") ? exampleCount(scenario) : 0;
    if (count !== this.#count) {
      this.#batchField?.root.remove();
      this.#batchField = count > 0 ? this.#batch(count) : null;
      if (this.#batchField !== null) this.#insertBatch(this.#batchField.root);
      this.#count = count;
    }
    this.#batchField?.set(scenario.batch);
  }

  /** Put the field for the batch after that for the steps, or at the end. @param {HTMLElement} root */
  #insertBatch(root) {
    const { steps } = this.fields;
    if (steps.root.parentElement === this.root) steps.root.after(root);
    else this.root.append(root);
  }

  #otherSeed() {
    // A new seed has at most four digits, so that it is easy to read out; any other number can be typed.
    const seed = this.#scenario?.seed ?? 0;
    return (seed + 1 + Math.floor(Math.random() * (SEEDS - 1))) % SEEDS;
  }
}
