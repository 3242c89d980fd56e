/** What all runs share: where they start, how far they go, and how noisy the gradient is. */

import { element } from "../kit/element.js";
import { Field } from "./field.js";
import { iconButton } from "./icons.js";

const SEEDS = 10_000;

export class WalkSettings {
  #scenario = null;

  /**
   * @param {Object} limits records of x, y, steps, noise and seed, without defaults or scale
   * @param {function(Object, boolean)} edit called with the changed part of the scenario, and whether more is to come
   */
  constructor(limits, edit) {
    const { steps, noise, seed, x, y } = limits;
    const at = (place) => (value) => edit({ start: this.#scenario.start.with(place, value) }, false);
    this.fields = {
      steps: new Field(steps, { stops: steps.stops, edit: (value, live) => edit({ steps: value }, live) }),
      noise: new Field(noise, { stops: noise.stops, edit: (value, live) => edit({ noise: value }, live) }),
      seed: new Field(seed, { room: 10, edit: (value) => edit({ seed: value }, false) }),
      x: new Field(x, { room: 7, edit: at(0) }),
      y: new Field(y, { room: 7, edit: at(1) }),
    };
    const dice = iconButton("dice", "New seed", () => edit({ seed: this.#otherSeed() }, false));
    this.idle = element("span", { class: "idle" }, "needs noise");
    this.fields.seed.text.after(dice, this.idle);
    this.fields.seed.root.classList.add("seed");
    const start = element(
      "div",
      { class: "start", role: "group", "aria-label": "Start" },
      element("span", {}, "start"),
      this.fields.x.root,
      this.fields.y.root,
    );
    const { root: seedRow } = this.fields.seed;
    this.root = element(
      "div",
      { class: "walk", role: "group", "aria-label": "Walk" },
      start,
      this.fields.steps.root,
      this.fields.noise.root,
      seedRow,
    );
  }

  set(scenario) {
    this.#scenario = scenario;
    const { steps, noise, seed, start } = scenario;
    for (const [name, value] of Object.entries({ steps, noise, seed, x: start[0], y: start[1] }))
      this.fields[name].set(value);
    this.idle.style.visibility = noise > 0 ? "hidden" : "";
  }

  #otherSeed() {
    // Four digits are enough to vary and few enough to read out; any of the others can be typed.
    return (this.#scenario.seed + 1 + Math.floor(Math.random() * (SEEDS - 1))) % SEEDS;
  }
}
