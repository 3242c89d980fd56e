/** Descriptions of map and loss chart for screen readers, written again when something has changed. */

import { runName } from "../kit/runs.js";
import { describe, describeCurve, describeMap } from "./draw/description.js";
import { words } from "./words.js";

/** @import { ThinLosses } from "./draw/curve_axis.js" */
/** @import { Scenario, SurfaceFacts } from "../contract.js" */
/** @import { Parts } from "./layout.js" */
/** @import { Walk } from "./wire/record.js" */

/**
 * What is described.
 * @typedef {object} Shown
 * @property {Walk} walk
 * @property {SurfaceFacts} surface
 * @property {Scenario} scenario
 * @property {boolean} isLog whether the scale of the chart is logarithmic
 * @property {ThinLosses | null} thin the losses that are drawn thin in the chart
 * @property {boolean} off whether the start lies outside of the map
 */

export class Descriptions {
  #parts;
  /** @type {unknown[]} */
  #described = [];

  /** @param {Pick<Parts, "ground" | "curve">} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {Shown} shown */
  write({ walk, surface, scenario, isLog, thin, off }) {
    const state = [walk, surface, scenario, isLog, thin];
    if (state.every((part, index) => part === this.#described[index])) return;
    this.#described = state;
    const label = (/** @type {number} */ index) => runName(walk.scenario, index);
    const endings = walk.runs.map((run) => ({ name: label(run.index), outcome: run.outcome?.sentence ?? null }));
    const [[x, y], [sx, sy]] = [surface.bounds, scenario.start];
    const map = describeMap({ x, y, names: surface.model?.weights, start: { x: sx, y: sy }, off, endings });
    describe(this.#parts.ground, words.draw.map(surface.label), map);
    describe(this.#parts.curve, words.draw.curve, describeCurve(walk, { isLog, thin }, label));
  }
}
