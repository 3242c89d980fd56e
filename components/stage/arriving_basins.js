/** Paints the rows of a map of basins that have arrived so far, each once. */

import { coloringOf } from "./colored_basins.js";
import { BasinPainting } from "./draw/basins.js";
import { areKnown } from "./state/basin_shares.js";

/** @import { MinimumFact } from "../contract.js" */
/** @import { Theme } from "../kit/types.js" */
/** @import { Projection } from "./draw/types.js" */
/** @import { ArrivingMap } from "./state/arriving_map.js" */
/** @import { Wanted } from "./state/basin_map.js" */

export class ArrivingBasins {
  #painting = new BasinPainting();
  #filled = 0;
  /** What the rows that are painted depend on. @type {unknown[]} */
  #depends = [];

  /**
   * Draw these rows in place of what is drawn there. Their colors show outcomes, or the cases of two runs: a scale of
   * numbers is known only when all rows have arrived.
   * @param {CanvasRenderingContext2D} context
   * @param {Projection} view
   * @param {ArrivingMap<Wanted>} map
   * @param {{ minima: MinimumFact[], theme: Theme, ratio: number }} how the minima are those of the surface
   */
  draw(context, view, map, { minima, theme, ratio }) {
    const { grid, filled } = map;
    const depends = [map, minima, theme.minima];
    if (depends.some((part, index) => part !== this.#depends[index])) this.#filled = 0;
    this.#depends = depends;
    if (filled > this.#filled) {
      const rows = map.rows(this.#filled, filled);
      if (!areKnown(rows, minima)) return;
      this.#painting.take(grid, coloringOf(grid.request, rows, minima, theme, "outcome"), this.#filled);
      this.#filled = filled;
    }
    this.#painting.drawRows(context, view, grid, filled, ratio);
  }
}
