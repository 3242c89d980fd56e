/** A map of basins with its colors, its legend, and the text about the point under the pointer. */

import { runName } from "../kit/runs.js";
import { colorNotesOf, legendOf, linesAt } from "./controls/basin_entries.js";
import { samplesOf } from "./controls/basin_legend.js";
import { byCase, byNumber, byOutcome } from "./draw/basin_colors.js";
import { SHARP } from "./draw/settings_picture.js";
import { cellAt } from "./state/basin_shares.js";
import { slotsOf } from "./state/store.js";
import { words } from "./words.js";

/** @import { MinimumFact } from "../contract.js" */
/** @import { Point, Theme } from "../kit/types.js" */
/** @import { Coloring } from "./controls/basin_entries.js" */
/** @import { Shows } from "./draw/basin_colors.js" */
/** @import { Entry } from "./draw/legend.js" */
/** @import { Grid } from "./state/basin_map.js" */

export class ColoredBasins {
  grid;
  coloring;
  legend;
  /** Why one outcome has several colors. @type {string[]} */
  notes;
  #minima;
  #names;

  /**
   * @param {Grid} grid
   * @param {MinimumFact[]} minima of the surface: those of all cells
   * @param {Theme} theme
   * @param {Shows} shows what the color shows of one run
   */
  constructor(grid, minima, theme, shows) {
    const { scenario, wanted } = grid.request;
    this.grid = grid;
    this.#minima = minima;
    this.#names = wanted.runs.map((index) => runName(scenario, index));
    this.coloring = coloringOf(grid.request, grid.ends, minima, theme, shows);
    this.notes = colorNotesOf(grid.ends, minima, this.coloring);
    this.legend = legendOf(grid.ends, minima, this.coloring, { names: this.#names, shows, theme });
  }

  /** What the colors mean, for a saved picture. @returns {Entry[]} */
  get entries() {
    const { entries, lead } = this.legend;
    const meanings = entries.map((entry) => ({ text: entry.text, samples: samplesOf(entry, SHARP) }));
    const notes = this.notes.map((text) => ({ text }));
    return [{ text: lead || words.basins.ofRun(this.#names[0]) }, ...meanings, ...notes];
  }

  /**
   * Where the walks from the cell under a point end; no lines if the map does not reach it.
   * @param {Point} point
   */
  linesAt(point) {
    const cell = cellAt(this.grid, point);
    return cell === null ? [] : linesAt(this.grid.ends, this.#minima, this.#names, cell);
  }
}

/**
 * The colors of a map, or of some of its rows.
 * @param {Grid["request"]} request
 * @param {Grid["ends"]} ends
 * @param {MinimumFact[]} minima of the surface
 * @param {Theme} theme
 * @param {Shows} shows what the color shows of one run
 * @returns {Coloring}
 */
export function coloringOf({ scenario, wanted }, ends, minima, theme, shows) {
  const slots = slotsOf(scenario);
  const [first, second] = wanted.runs.map((index) => theme.looks[slots[index]]);
  if (second !== undefined) return byCase(ends, minima, [first, second], theme);
  if (shows === "outcome") return byOutcome(ends[0], minima, theme);
  return byNumber(ends[0], minima, theme, shows);
}
