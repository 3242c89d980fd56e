/** The minima of a surface: which are marked and named on the map, and the lowest loss. */

/** @import { Minimum } from "../../kit/types.js" */

/** Of more minima than this, only global ones have a name. */
const MOST_NAMED = 5;

/**
 * The minima that are marked. Of many, only global ones have a name; the others have null.
 * @param {Minimum[]} minima
 * @returns {Minimum[]}
 */
export function landmarks(minima) {
  const named = new Set(
    minima.length <= MOST_NAMED ? minima : minima.filter((point) => point.global).slice(0, MOST_NAMED),
  );
  return minima.map((point) => (named.has(point) ? point : { ...point, name: null }));
}

/**
 * The lowest loss of a surface's minima; infinity if it has none.
 * @param {{value: number}[]} minima
 */
export function lowestLoss(minima) {
  return Math.min(...minima.map((point) => point.value));
}
