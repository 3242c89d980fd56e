/** The bifurcation view in the place of the curve of one setting: what is requested, drawn, and said about it. */

import { brief } from "../kit/numbers.js";
import { KINDS } from "../kit/outcomes.js";
import { scaleOf } from "./draw/basin_colors.js";
import { lossScaleOf } from "./draw/loss_scale.js";
import { numbersOf, stretchesOf } from "./draw/orbits.js";
import { words } from "./words.js";

/** @import { Scenario } from "../contract.js" */
/** @import { Quantity } from "./draw/orbits.js" */
/** @import { Curve } from "./draw/settings_plot.js" */
/** @import { View } from "./draw/view.js" */
/** @import { OrbitMap } from "./state/orbit_map.js" */
/** @import { Axis } from "./state/settings_axes.js" */
/** @import { Measure, Shows } from "./wire/pictures.js" */

const texts = words.settings;
/** What the height shows, and of which quantity. @type {Partial<Record<Shows, Quantity>>} */
const QUANTITIES = { orbit_x: "x", orbit_y: "y", orbit_loss: "loss" };
const LOST = ["left_the_map", "diverged"].map((kind) => KINDS.indexOf(kind));
/** The most values: see MOST_VALUES of orbits.py. */
const MOST_COLUMNS = 1024;
const STEP = 128;
/** At most so many stretches are told: in chaos there are many short ones. */
const MOST_TOLD = 6;

/** @param {Float64Array} numbers */
function linear(numbers) {
  const scale = scaleOf(numbers);
  return scale && { ...scale, log: false };
}

/** What the colors show: behind the positions the outcomes. @param {Shows} shows @returns {Measure} */
export function measureOf(shows) {
  return shows === "steps" || shows === "outcome" ? shows : "loss";
}

export class OrbitView {
  #map;
  /** @type {Quantity | null} */
  #quantity = null;
  /** @type {Axis | null} */
  #axis = null;
  /** @type {{ of: unknown[], curve: Curve | null }} */
  #made = { of: [], curve: null };

  /** @param {OrbitMap} map */
  constructor(map) {
    this.#map = map;
  }

  /**
   * Request what is shown.
   * @param {Scenario} scenario
   * @param {Axis[]} axes
   * @param {Shows} shows
   * @param {{ view: View, live: boolean } | null} how null: nothing is shown
   */
  follow(scenario, axes, shows, how) {
    this.#quantity = axes.length === 1 ? (QUANTITIES[shows] ?? null) : null;
    this.#axis = axes[0] ?? null;
    if (how === null || this.#quantity === null || this.#axis === null) return this.#map.follow(null);
    // The labels of the axis change the width a little: that requests nothing.
    const columns = Math.max(STEP, Math.min(MOST_COLUMNS, STEP * Math.ceil(how.view.area.width / STEP)));
    this.#map.follow({ scenario, axis: this.#axis, columns, live: how.live });
  }

  /** What has arrived of the axis that is shown. */
  get #orbits() {
    const { found } = this.#map;
    const isOf = found?.axis.name === this.#axis?.name && found?.axis.slot === this.#axis?.slot;
    return this.#quantity === null || !isOf ? null : (found?.orbits ?? null);
  }

  /**
   * The curve with the positions instead of its line; the curve itself if none are shown.
   * @param {Curve | null} curve
   * @returns {Curve | null}
   */
  curveOf(curve) {
    const [orbits, quantity] = [this.#orbits, this.#quantity];
    if (curve === null || quantity === null) return curve;
    const of = [curve, orbits, quantity];
    if (of.some((part, at) => part !== this.#made.of[at])) {
      const scaled = quantity === "loss" ? lossScaleOf : linear;
      const scale = orbits === null ? null : scaled(numbersOf(orbits, quantity, (kind) => LOST.includes(kind)));
      const made = { ...curve, numbers: [], title: texts.orbitAxis(quantity, orbits?.last ?? 0) };
      this.#made = {
        of,
        curve: { ...made, scale, orbits: orbits && { orbits, quantity } },
      };
    }
    return this.#made.curve;
  }

  /** The notes below the chart. */
  notes() {
    const { wait } = this.#map;
    if (this.#quantity === null) return [];
    if (wait !== null) return [texts.orbitsLater(Math.ceil(wait))];
    const orbits = this.#orbits;
    if (orbits === null) return [texts.waiting];
    const more = this.#periodic.length > MOST_TOLD ? [texts.morePeriods] : [];
    return [texts.orbits(orbits.last), ...more, texts.noPeriod];
  }

  /** The stretches of values with a period. */
  get #periodic() {
    const orbits = this.#orbits;
    return orbits === null ? [] : stretchesOf(orbits).filter(({ period }) => period > 0);
  }

  /** The periods, as entries of the legend. @param {string} name of the setting */
  entries(name) {
    if (this.#quantity === null || this.#map.wait !== null) return [];
    return this.#periodic
      .slice(0, MOST_TOLD)
      .map(({ period, from, to }) => ({ paints: [], text: texts.period(period, name, brief(from), brief(to)) }));
  }

  remove() {
    this.#map.drop();
  }
}
