/** The contour lines of an even grid of numbers: marching squares, with crossings in proportion along the edges. */

import { chains } from "../model/boundary.js";

/** @import { BatchMap } from "../../contract.js" */
/** @import { Range } from "../../kit/types.js" */

/**
 * The lines of every second level, each as a list x, y, x, y, ... in the numbers of the map.
 * @param {BatchMap} grid
 * @param {[Range, Range]} bounds of the map: the first and the last points of the grid lie on them
 * @returns {number[][]}
 */
export function levelLines({ columns, rows, tones, levels }, [[left, right], [bottom, top]]) {
  const x = (/** @type {number} */ column) => left + ((right - left) * column) / (columns - 1);
  const y = (/** @type {number} */ row) => bottom + ((top - bottom) * row) / (rows - 1);
  const every = levels.filter((_, place) => place % 2 === 1);
  return every.flatMap((level) =>
    chains(joints(columns, rows, tones, level)).map((chain) =>
      chain.flatMap((edge) => {
        const [from, along] = [edge >> 1, edge % 2 === 0 ? 1 : columns];
        const part = (level - tones[from]) / (tones[from + along] - tones[from]);
        const [column, row] = [from % columns, Math.floor(from / columns)];
        return along === 1 ? [x(column + part), y(row)] : [x(column), y(row + part)];
      }),
    ),
  );
}

/**
 * Which edges of the grid a level crosses, in the pairs that a line through a cell joins. An edge is twice the number
 * of its first corner if it leads to the next column, and one more if it leads to the next row. Where all four edges of
 * a cell are crossed, the mean of the corners decides which are joined.
 * @param {number} columns
 * @param {number} rows
 * @param {number[]} tones
 * @param {number} level
 * @returns {[number, number][]}
 */
function joints(columns, rows, tones, level) {
  /** @type {[number, number][]} */
  const found = [];
  for (let row = 0; row < rows - 1; row += 1) {
    for (let column = 0; column < columns - 1; column += 1) {
      const corner = row * columns + column;
      const corners = [corner, corner + 1, corner + columns + 1, corner + columns];
      const [a, b, c, d] = corners.map((at) => tones[at] > level);
      if (a === b && b === c && c === d) continue;
      const edges = [2 * corner, 2 * (corner + 1) + 1, 2 * (corner + columns), 2 * corner + 1];
      const open = edges.filter((_, side) => [a !== b, b !== c, d !== c, a !== d][side]);
      if (open.length === 2) {
        found.push([open[0], open[1]]);
        continue;
      }
      const middle = corners.reduce((sum, at) => sum + tones[at], 0) / 4 > level;
      if (middle === a) found.push([edges[0], edges[1]], [edges[2], edges[3]]);
      else found.push([edges[3], edges[0]], [edges[1], edges[2]]);
    }
  }
  return found;
}
