/** How many of the starts end where: the shares of outcomes on a map of basins. */

import { KINDS } from "../../kit/outcomes.js";

/** @import { Ends } from "../wire/frame.js" */

/** Of a minimum: whether it is global. @typedef {{ global: boolean, style: number }} Kind */
/** A share of the starts: the outcome, and the styles of the minima at which the walks arrive. */
/** @typedef {{ kind: string, share: number, styles: number[] }} Share */

/** Of two runs: from which starts they arrive at a global minimum. */
export const CASES = /** @type {const} */ (["both", "first", "second", "neither"]);
/** @typedef {typeof CASES[number]} Case */

/**
 * The outcome of a cell.
 * @param {number} cell
 * @param {readonly Kind[]} minima
 */
export function kindOf(cell, minima) {
  if (cell < KINDS.length) return KINDS[cell];
  return minima[cell - KINDS.length].global ? "global_minimum" : "local_minimum";
}

/**
 * The minimum at which the walk of a cell arrives; undefined if it arrives at none.
 * @template {Kind} Minimum
 * @param {number} cell
 * @param {readonly Minimum[]} minima
 */
export function minimumOf(cell, minima) {
  return minima[cell - KINDS.length];
}

/**
 * The shares of all outcomes that occur, in the order of the outcomes.
 * @param {Ends} ends
 * @param {readonly Kind[]} minima
 * @returns {Share[]}
 */
export function sharesOf({ cells }, minima) {
  const counts = new Uint32Array(KINDS.length + minima.length);
  for (const cell of cells) counts[cell] += 1;
  return KINDS.flatMap((kind) => {
    const found = [...counts.keys()].filter((cell) => counts[cell] > 0 && kindOf(cell, minima) === kind);
    if (found.length === 0) return [];
    const share = found.reduce((sum, cell) => sum + counts[cell], 0) / cells.length;
    const styles = new Set(found.flatMap((cell) => minimumOf(cell, minima)?.style ?? []));
    return [{ kind, share, styles: [...styles].sort((a, b) => a - b) }];
  });
}

/**
 * Which of two runs arrive at a global minimum, as an index of `CASES`, for each cell.
 * @param {Ends[]} ends of both runs
 * @param {readonly Kind[]} minima
 */
export function casesOf([one, other], minima) {
  const arrives = Uint8Array.from({ length: KINDS.length + minima.length }, (_, cell) =>
    Number(kindOf(cell, minima) === "global_minimum"),
  );
  return one.cells.map((cell, at) => 3 - 2 * arrives[cell] - arrives[other.cells[at]]);
}

/**
 * The share of each case.
 * @param {Uint8Array} cases
 * @returns {{ case: Case, share: number }[]}
 */
export function sharesOfCases(cases) {
  return CASES.map((name, index) => ({
    case: name,
    share: cases.reduce((sum, found) => sum + Number(found === index), 0) / cases.length,
  }));
}

/** Whether all minima of a map's cells are known. @param {Ends[]} ends @param {readonly Kind[]} minima */
export function areKnown(ends, minima) {
  const most = KINDS.length + minima.length;
  return ends.every(({ cells }) => cells.every((cell) => cell < most));
}

/**
 * The cell of a map under a point; null if the map does not reach it.
 * @param {{ window: [[number, number], [number, number]], rows: number, columns: number }} map
 * @param {[number, number]} point
 * @returns {number | null}
 */
export function cellAt({ window: [[left, right], [low, high]], rows, columns }, [x, y]) {
  const column = Math.floor(((x - left) / (right - left)) * columns);
  const row = Math.floor(((y - low) / (high - low)) * rows);
  return column < 0 || column >= columns || row < 0 || row >= rows ? null : row * columns + column;
}
