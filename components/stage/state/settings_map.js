/** The map of settings: how walks end for each pair of values of two settings. It does not depend on their values. */

import { placeOf } from "../../kit/scales.js";
import { CellMap } from "./cell_map.js";
import { editOf, runsOf } from "./settings_axes.js";

/** @import { LimitLine, SettingsDone, SettingsLevel } from "../../contract.js" */
/** @import { Range } from "../../kit/types.js" */
/** @import { Answer } from "../wire/part.js" */
/** @import { Stream } from "../wire/socket.js" */
/** @import { Grid as GridOf, Kind, Requested, Wanted as Any } from "./cell_map.js" */
/** @import { Axis } from "./settings_axes.js" */

/** What is wanted: the window holds the ranges of the axes on their scales. @typedef {Any & { axes: Axis[] }} Wanted */
/** @typedef {GridOf<Wanted>} Grid */

/** @param {Axis} axis @returns {Range} */
const placesOf = ({ range: [low, high], scale }) => [placeOf(scale, low), placeOf(scale, high)];

/**
 * The window of a map; with one axis the second range is from 0 to 1.
 * @param {Axis[]} axes
 * @returns {[Range, Range]}
 */
export function windowOf([across, up]) {
  return [placesOf(across), up === undefined ? [0, 1] : placesOf(up)];
}

/** @type {Kind<Wanted>} */
const SETTINGS = {
  slot: "settings",
  last: "settings_done",
  same: ({ scenario, axes }) => [scenario, axes.map(({ slot, name }) => `${slot} ${name}`).join()],
  decides({ scenario, axes }) {
    const blank = axes.map(() => 0);
    const { runs, ...rest } = { ...scenario, ...editOf(scenario, axes, blank) };
    const named = axes.map(({ run, name }) => [run, name]);
    return JSON.stringify([rest, named, runsOf(axes).map((run) => runs[run])]);
  },
  message({ scenario, axes, live }, rows, columns) {
    const records = axes.map(({ name, run, range: [low, high] }) => ({ name, run, low, high }));
    return { kind: "settings", scenario, axes: records, rows, columns, live };
  },
};

/** @extends {CellMap<Wanted, SettingsDone>} */
export class SettingsMap extends CellMap {
  /** What theory says about the settings that were requested last. @type {LimitLine[]} */
  limits = [];

  /**
   * @param {Pick<Stream, "request" | "cancel">} stream
   * @param {() => void} changed is called when there is something to request or to show
   * @param {() => number} [now] the time in milliseconds
   */
  constructor(stream, changed, now) {
    super(stream, changed, SETTINGS, now);
  }

  /** @param {Requested<Wanted>} request @param {Answer} answer */
  record(request, answer) {
    if (answer.kind === "settings" && !request.wanted.live) this.limits = [];
    if (answer.kind === "settings_done") this.limits = answer.limits;
    super.record(request, answer);
  }
}

/** The values of the columns and of the rows of a map. @param {Grid} grid @returns {{ x: number[], y: number[] }} */
export function valuesOf({ level }) {
  return /** @type {SettingsLevel} */ (level);
}

/**
 * The row and the column of the cell at a place of the axes; null beyond the map.
 * @param {Grid} grid
 * @param {[number, number]} place
 * @returns {[number, number] | null}
 */
export function cellNear({ window: [across, up], rows, columns }, [x, y]) {
  const column = Math.floor((columns * (x - across[0])) / (across[1] - across[0]));
  const row = rows === 1 ? 0 : Math.floor((rows * (y - up[0])) / (up[1] - up[0]));
  return column < 0 || column >= columns || row < 0 || row >= rows ? null : [row, column];
}
