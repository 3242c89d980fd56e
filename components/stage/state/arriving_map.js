/** A map of which not all rows have arrived: they arrive in strips, from the lowest row on. */

/** @import { Cells, Ends } from "../wire/frame.js" */
/** @import { Answer } from "../wire/part.js" */
/** @import { Grid, Requested, Wanted } from "./cell_map.js" */

/** @template {Wanted} W */
export class ArrivingMap {
  /** The map; its rows from `filled` on are empty. @type {Grid<W>} */
  grid;
  /** The number of rows that have arrived. */
  filled = 0;

  /**
   * @param {Requested<W>} request
   * @param {Pick<Cells, "rows" | "columns" | "runs">} cells the first strip
   * @param {Answer | null} level
   */
  constructor(request, { rows, columns, runs }, level) {
    const size = rows * columns;
    const ends = runs.map(() => ({
      steps: new Float32Array(size),
      losses: new Float32Array(size),
      cells: new Uint8Array(size),
    }));
    this.grid = { request, window: request.wanted.window, rows, columns, ends, level };
  }

  /** @param {Cells} cells */
  take({ first, count, columns, runs }) {
    runs.forEach(({ steps, losses, cells }, run) => {
      this.grid.ends[run].steps.set(steps, first * columns);
      this.grid.ends[run].losses.set(losses, first * columns);
      this.grid.ends[run].cells.set(cells, first * columns);
    });
    this.filled += count;
  }

  get complete() {
    return this.filled >= this.grid.rows;
  }

  /**
   * Some of its rows, for each run.
   * @param {number} from
   * @param {number} to
   * @returns {Ends[]}
   */
  rows(from, to) {
    const range = /** @type {const} */ ([from * this.grid.columns, to * this.grid.columns]);
    return this.grid.ends.map(({ steps, losses, cells }) => ({
      steps: steps.subarray(...range),
      losses: losses.subarray(...range),
      cells: cells.subarray(...range),
    }));
  }
}
