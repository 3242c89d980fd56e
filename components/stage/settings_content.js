/** What the chart of the map of settings shows: on the screen, and in a saved picture. */

import { placeOf } from "../kit/scales.js";
import { SettingsPicture } from "./draw/settings_picture.js";
import { nameOf } from "./settings_names.js";
import { presentOf } from "./state/settings_axes.js";
import { windowOf } from "./state/settings_map.js";

/** @import { Scenario } from "../contract.js" */
/** @import { Theme } from "../kit/types.js" */
/** @import { Best, ColoredSettings } from "./colored_settings.js" */
/** @import { Content } from "./draw/settings_plot.js" */
/** @import { View } from "./draw/view.js" */
/** @import { OrbitView } from "./orbit_view.js" */
/** @import { Axis } from "./state/settings_axes.js" */
/** @import { Grid, SettingsMap } from "./state/settings_map.js" */

/** The side of a cell in CSS pixels, and the most values along an axis: see MOST_VALUES in settings_map.py. */
const CELL = 4;
const MOST = 256;
/** @type {Best[]} */
const NONE = [];

/** The chart, the places of its handle on the scales of the axes, and the map with its colors. */
/** @typedef {{ places: number[], grid: Grid | null }} Handle */
/** @typedef {{ content: Content, handle: Handle, colored: ColoredSettings | null }} Shown */

/**
 * @param {Scenario} scenario
 * @param {Axis[]} axes
 * @param {ColoredSettings | null} colored null: no map can be drawn
 * @param {SettingsMap} map
 * @param {OrbitView} orbits
 * @returns {Shown}
 */
export function contentOf(scenario, axes, colored, map, orbits) {
  const { grid, painted, stars } = colored ?? { grid: null, painted: null, stars: NONE };
  const curve = orbits.curveOf(colored?.curve ?? null);
  const titles = axes.map((axis) => nameOf(scenario, axis));
  return {
    content: { axes, titles, window: windowOf(axes), limits: map.limits, grid, painted, curve, stars },
    handle: { places: axes.map((axis) => placeOf(axis.scale, presentOf(scenario, axis))), grid: map.grid },
    colored,
  };
}

/**
 * The chart in a saved picture: as high as on the screen, or higher if the picture is wider.
 * @param {Shown} shown
 * @param {{ width: number, height: number }} screen the size on the screen
 * @param {number} width
 * @param {Theme} theme
 */
export function pictureOf({ content, handle }, screen, width, theme) {
  const height = Math.round(screen.height * Math.max(1, width / screen.width));
  return new SettingsPicture(content, handle, { width, height }, theme);
}

/** The number of cells that a chart has room for. @param {Pick<View, "area">} view @param {Axis[]} axes */
export function sizeOf({ area }, axes) {
  const [columns, rows] = [area.width, area.height].map((side) => Math.max(2, Math.min(MOST, Math.round(side / CELL))));
  return { rows: axes.length === 1 ? 1 : rows, columns };
}

/** Where values lie on the scales of the axes; with one axis in its only row. */
/** @param {Axis[]} axes @param {number[]} values @returns {[number, number]} */
export function placesOf(axes, values) {
  const [x, y = 0.5] = axes.map((axis, place) => placeOf(axis.scale, values[place]));
  return [x, y];
}
