/** The edits that the map of settings makes: its handle is dragged or moved by keys, a cell is taken. */

import { placeOf, valueAt } from "../../kit/scales.js";
import { editOf, presentOf, stepped } from "../state/settings_axes.js";
import { valuesOf, windowOf } from "../state/settings_map.js";

/** @import { Pixel } from "../../kit/types.js" */
/** @import { View } from "../draw/view.js" */
/** @import { Axis } from "../state/settings_axes.js" */
/** @import { Grid } from "../state/settings_map.js" */
/** @import { Store } from "../state/store.js" */

/** A drag has values as exact as this part of a pixel. */
const EXACT = 0.25;

export class SettingsEdits {
  #store;
  #view;
  #of;

  /**
   * @param {Pick<Store, "scenario" | "edit">} store
   * @param {Pick<View, "area">} view
   * @param {{ axes: () => Axis[], grid: () => Grid | null }} of the axes and the map that are shown
   */
  constructor(store, view, of) {
    this.#store = store;
    this.#view = view;
    this.#of = of;
  }

  /** Put the handle at a pixel; beyond the axes at their ends. @param {Pixel} at @param {boolean} live */
  drag(at, live) {
    const shares = this.sharesAt(at);
    const { width, height } = this.#view.area;
    const values = this.#of.axes().map((axis, place) => {
      const [low, high] = windowOf([axis])[0];
      const share = Math.max(0, Math.min(1, shares[place]));
      const room = (EXACT * (high - low)) / (place === 0 ? width : height);
      const value = valueAt(axis.scale, low + share * (high - low), room);
      const within = Math.max(axis.range[0], Math.min(axis.range[1], value));
      return axis.name === "batch" ? Math.round(within) : within;
    });
    this.#edit(values, live);
  }

  /** The place of a pixel as shares of the axes. @param {Pixel} at */
  sharesAt([px, py]) {
    const { left, top, width, height } = this.#view.area;
    return [(px - left) / width, (top + height - py) / height];
  }

  /**
   * The place that a zoom keeps, as shares of the axes: that of a pixel, or of the handle; where the handle is outside
   * of an axis, the middle.
   * @param {Pixel | null} at
   */
  aboutFor(at) {
    if (at !== null) return this.sharesAt(at);
    const { scenario } = this.#store;
    return this.#of.axes().map((axis) => {
      const [low, high] = windowOf([axis])[0];
      const share = (placeOf(axis.scale, presentOf(scenario, axis)) - low) / (high - low);
      return share >= 0 && share <= 1 ? share : 0.5;
    });
  }

  /**
   * Take the values of a cell: the walk that has been simulated.
   * @param {[number, number]} cell
   * @param {boolean[]} own of which axes; by default of all
   */
  take([row, column], own = [true, true]) {
    const grid = this.#of.grid();
    if (grid === null) return;
    const { x, y } = valuesOf(grid);
    const { scenario } = this.#store;
    const axes = this.#of.axes();
    this.#edit(
      axes.map((axis, place) => (!own[place] ? presentOf(scenario, axis) : place === 0 ? x[column] : y[row])),
      false,
    );
  }

  /** Move the handle right and up by some cells. @param {Pixel} move @param {number} times */
  nudge(move, times) {
    const grid = this.#of.grid();
    if (grid === null) return;
    const { scenario } = this.#store;
    const { x, y } = valuesOf(grid);
    const values = this.#of.axes().map((axis, place) => {
      const present = presentOf(scenario, axis);
      return move[place] === 0 ? present : stepped(place === 0 ? x : y, present, move[place] * times);
    });
    this.#edit(values, true);
  }

  /** Commit the moves by keys. */
  settle() {
    this.#store.edit({}, { origin: "panel" });
  }

  /** @param {number[]} values @param {boolean} live */
  #edit(values, live) {
    this.#store.edit(editOf(this.#store.scenario, this.#of.axes(), values), { origin: "panel", live });
  }
}
