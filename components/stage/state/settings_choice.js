/** Which settings are the axes of the map of settings, and which part of their ranges is shown. */

import { same } from "../../kit/sameness.js";
import { axesOf, idOf, rangeAbout, settingsOf, usualAxes, zoomedRange } from "./settings_axes.js";
import { slotsOf } from "./slots.js";

/** @import { Scenario } from "../../contract.js" */
/** @import { Range } from "../../kit/types.js" */
/** @import { Axis, Bounds, Choice } from "./settings_axes.js" */

export class SettingsChoice {
  /** What the address sets; null: no map is shown. @type {Choice | null} */
  chosen = null;
  /** The axes of the present scenario: the same object as long as they stay the same. @type {Axis[]} */
  axes = [];
  /** The surface to which the chosen parts of the ranges belong; null: to the next one. @type {string | null} */
  #surface = null;

  /** Choose what the address sets. @param {Choice | null} chosen */
  take(chosen) {
    this.chosen = chosen;
    this.#surface = null;
  }

  /**
   * Find the axes in a scenario; if it has none of those that are chosen, the usual ones of its first run.
   * @param {Scenario} scenario
   * @param {Bounds} bounds of the map
   */
  find(scenario, bounds) {
    if (this.chosen === null) return;
    const { surface } = scenario;
    // A part of the ranges was chosen for what could be seen there.
    if (surface !== (this.#surface ?? surface)) this.chosen = this.chosen.map((axis) => ({ ...axis, range: null }));
    this.#surface = surface;
    const found = axesOf(scenario, this.chosen, bounds);
    const axes = found.length > 0 ? found : axesOf(scenario, usualAxes(scenario, 0), bounds);
    if (!same(axes, this.axes)) this.axes = axes;
  }

  /**
   * Choose the setting of one axis; the other axis keeps its setting.
   * @param {Scenario} scenario
   * @param {0 | 1} place
   * @param {string} id of the setting; empty: there is no second axis
   */
  put(scenario, place, id) {
    const [across, up] = this.axes.map(({ slot, name, range }) => ({ slot, name, range }));
    const found = settingsOf(scenario).find((setting) => idOf(setting) === id);
    const run = found === undefined || found.slot === null ? 0 : slotsOf(scenario).indexOf(found.slot);
    const chosen = found === undefined ? undefined : { ...found, range: rangeAbout(scenario, { ...found, run }) };
    const axes = place === 0 ? [chosen, up] : [across, chosen];
    this.chosen = axes.filter((axis) => axis !== undefined);
  }

  /**
   * Zoom by a factor (below 1: closer) about a place, as shares of the axes.
   * @param {number} factor
   * @param {number[]} about
   */
  zoom(factor, about) {
    this.#show(this.axes.map((axis, place) => zoomedRange(axis, factor, about[place])));
  }

  /** Show the whole range of all axes. */
  whole() {
    this.#show(this.axes.map(() => null));
  }

  /** @param {(Range | null)[]} ranges null: the whole */
  #show(ranges) {
    this.chosen = this.axes.map(({ slot, name }, place) => ({ slot, name, range: ranges[place] }));
  }
}
