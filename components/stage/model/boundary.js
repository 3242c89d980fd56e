/** The line on which a function of two numbers has a certain value: marching squares, then bisection. */

/** @import { Area } from "../../kit/types.js" */

/** The number of cells of the grid along each axis. */
const CELLS = 40;
/** How often the place of a crossing on its edge is bisected; in a cell of 10 pixels it is then known to 0.01 pixel. */
const HALVINGS = 10;

/**
 * Computes a function at many pixels: `at(px, py, count)` gives a number for each of the first `count` pixels.
 * @typedef {(px: Float64Array, py: Float64Array, count: number) => Float64Array} Field
 */

const SIDE = CELLS + 1;
const GRID = { x: new Float64Array(SIDE * SIDE), y: new Float64Array(SIDE * SIDE) };

/**
 * The line on which a field has the value `level`, as lists of pixels x, y, x, y, ...
 * @param {Field} field
 * @param {number} level
 * @param {Area} area
 * @returns {number[][]}
 */
export function levelLines(field, level, { left, top, width, height }) {
  for (let row = 0; row < SIDE; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      GRID.x[row * SIDE + column] = left + (width * column) / CELLS;
      GRID.y[row * SIDE + column] = top + (height * row) / CELLS;
    }
  }
  const above = Uint8Array.from(field(GRID.x, GRID.y, SIDE * SIDE), (value) => Number(value > level));
  const edges = crossed(above);
  if (edges.length === 0) return [];
  const places = refined(field, level, edges, above);
  return chains(joints(above)).map((chain) => chain.flatMap((edge) => places.get(edge) ?? []));
}

/** An edge of the grid by its first corner: to the right (even) or downward (odd). @param {number} corner */
const rightOf = (corner) => 2 * corner;
/** @param {number} corner */
const belowOf = (corner) => 2 * corner + 1;

/** The edges whose two corners lie on different sides. @param {Uint8Array} above */
function crossed(above) {
  const edges = [];
  for (let corner = 0; corner < SIDE * SIDE; corner += 1) {
    if (corner % SIDE < CELLS && above[corner] !== above[corner + 1]) edges.push(rightOf(corner));
    if (corner < CELLS * SIDE && above[corner] !== above[corner + SIDE]) edges.push(belowOf(corner));
  }
  return edges;
}

/**
 * The pixel of the crossing on each edge.
 * @param {Field} field
 * @param {number} level
 * @param {number[]} edges
 * @param {Uint8Array} above
 */
function refined(field, level, edges, above) {
  const count = edges.length;
  const [px, py] = [new Float64Array(count), new Float64Array(count)];
  const ends = edges.map((edge) => {
    const corner = edge >> 1;
    return { from: corner, to: corner + (edge % 2 === 0 ? 1 : SIDE), low: 0, high: 1 };
  });
  const place = () => {
    ends.forEach(({ from, to, low, high }, at) => {
      const part = (low + high) / 2;
      px[at] = GRID.x[from] + (GRID.x[to] - GRID.x[from]) * part;
      py[at] = GRID.y[from] + (GRID.y[to] - GRID.y[from]) * part;
    });
  };
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    place();
    const values = field(px, py, count);
    ends.forEach((end, at) => {
      const middle = (end.low + end.high) / 2;
      if (Number(values[at] > level) === above[end.from]) end.low = middle;
      else end.high = middle;
    });
  }
  place();
  return new Map(edges.map((edge, at) => [edge, [px[at], py[at]]]));
}

/**
 * Which crossed edges are joined by a line through a cell. Where all four are crossed, the line separates the two
 * corners that are above.
 * @param {Uint8Array} above
 * @returns {[number, number][]}
 */
function joints(above) {
  /** @type {[number, number][]} */
  const found = [];
  for (let row = 0; row < CELLS; row += 1) {
    for (let column = 0; column < CELLS; column += 1) {
      const corner = row * SIDE + column;
      const [a, b, c, d] = [corner, corner + 1, corner + SIDE + 1, corner + SIDE].map((at) => above[at]);
      const edges = [rightOf(corner), belowOf(corner + 1), rightOf(corner + SIDE), belowOf(corner)];
      const open = edges.filter((_, side) => [a !== b, b !== c, d !== c, a !== d][side]);
      if (open.length === 2) found.push([open[0], open[1]]);
      if (open.length === 4 && a === 1) found.push([edges[3], edges[0]], [edges[1], edges[2]]);
      if (open.length === 4 && a === 0) found.push([edges[0], edges[1]], [edges[2], edges[3]]);
    }
  }
  return found;
}

/**
 * Joints as chains of edges: each as long as possible, so that dashes run through. A closed line ends where it begins.
 * @param {[number, number][]} pairs
 */
export function chains(pairs) {
  /** @type {Map<number, number[]>} */
  const next = new Map();
  for (const [a, b] of pairs) {
    next.set(a, [...(next.get(a) ?? []), b]);
    next.set(b, [...(next.get(b) ?? []), a]);
  }
  const follow = (/** @type {number} */ first) => {
    const chain = [first];
    for (let [edge, from] = [first, -1]; ; ) {
      const on = (next.get(edge) ?? []).find((other) => other !== from);
      next.delete(edge);
      if (on === undefined || (!next.has(on) && on !== first)) return chain;
      chain.push(on);
      if (on === first) return chain;
      [from, edge] = [edge, on];
    }
  };
  const ends = [...next.keys()].filter((edge) => next.get(edge)?.length === 1);
  const open = ends.flatMap((edge) => (next.has(edge) ? [follow(edge)] : []));
  const closed = [...next.keys()].flatMap((edge) => (next.has(edge) ? [follow(edge)] : []));
  return [...open, ...closed];
}
