/** The map of edited data: the map of the surface, with other tones, levels, labels and minima. */

/** @import { GroundFacts } from "../../contract.js" */
/** @import { Grid } from "../wire/frame.js" */
/** @import { SurfacePayload } from "./surface.js" */

/**
 * What has arrived for edited data. `live`: an example is being dragged, so the grid is coarse and minima are missing.
 * @typedef {{surface: string, facts: GroundFacts, grid: Grid, live: boolean}} EditedGround
 */

/**
 * The document of a surface with the map of edited data.
 * @param {SurfacePayload} payload
 * @param {EditedGround} edited
 * @returns {SurfacePayload}
 */
export function withGround(payload, { facts, grid }) {
  const { figure, surface } = payload;
  const [start, end, size] = facts.levels;
  const [[xLow, xHigh], [yLow, yHigh]] = facts.bounds;
  const { tones, rows, columns } = grid;
  const data = figure.data.map((trace) => ({
    ...trace,
    z: Array.from({ length: rows }, (_, row) => tones.subarray(row * columns, (row + 1) * columns)),
    x0: xLow,
    dx: (xHigh - xLow) / (columns - 1),
    y0: yLow,
    dy: (yHigh - yLow) / (rows - 1),
    contours: { ...trace.contours, start, end, size },
    colorbar: { ...trace.colorbar, tickvals: facts.ticks, ticktext: facts.tick_texts },
  }));
  // Where there is no value the contour is transparent, and the hatches below it are seen.
  const clear = "rgba(0, 0, 0, 0)";
  const layout = facts.undefined ? { ...figure.layout, paper_bgcolor: clear, plot_bgcolor: clear } : figure.layout;
  return {
    ...payload,
    figure: { ...figure, data, layout },
    surface: { ...surface, bounds: facts.bounds, minima: facts.minima ?? [] },
  };
}
