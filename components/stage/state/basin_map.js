/** The map of basins: where the walks of one run, or of two, end from every start. A moved start requests nothing. */

import { CellMap } from "./cell_map.js";

/** @import { Mapped } from "../../contract.js" */
/** @import { Stream } from "../wire/socket.js" */
/** @import { Grid as GridOf, Kind, Wanted as Any } from "./cell_map.js" */

/** What is wanted: `runs` are one or two indices. @typedef {Any & { runs: number[] }} Wanted */
/** @typedef {GridOf<Wanted>} Grid */

/** @type {Kind<Wanted>} */
const BASINS = {
  slot: "map",
  last: "mapped",
  same: ({ scenario, runs }) => [scenario, runs.join()],
  // Everything but the start and the other runs.
  decides: ({ scenario, runs }) =>
    JSON.stringify({ ...scenario, start: null, runs: runs.map((index) => scenario.runs[index]) }),
  message: ({ scenario, runs, window, live }, rows, columns) => {
    return { kind: "map", scenario, runs, window, rows, columns, live };
  },
};

/** @extends {CellMap<Wanted, Mapped>} */
export class BasinMap extends CellMap {
  /**
   * @param {Pick<Stream, "request" | "cancel">} stream
   * @param {() => void} changed is called when there is something to request or to show
   * @param {() => number} [now] the time in milliseconds
   */
  constructor(stream, changed, now) {
    super(stream, changed, BASINS, now);
  }
}
