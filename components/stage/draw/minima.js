/** The minima of a surface, and found saddles and maxima: which are marked and named on the map; the lowest loss. */

/** @import { StationaryFact } from "../../contract.js" */
/** @import { MapMark, Minimum } from "../../kit/types.js" */

/** Of more minima than this, only global ones have a name. */
const MOST_NAMED = 5;

/**
 * The points that are marked. Of many, only global minima, the first saddle and the first maximum have a name; the
 * others have null.
 * @param {Minimum[]} minima
 * @param {readonly StationaryFact[]} stationary saddles and maxima
 * @returns {MapMark[]}
 */
export function landmarks(minima, stationary = []) {
  const all = [
    ...minima.map((point) => ({ ...point, kind: /** @type {const} */ ("minimum") })),
    ...stationary.map((point) => ({ ...point, global: false })),
  ];
  const first = new Set(["saddle", "maximum"].map((kind) => all.find((point) => point.kind === kind)));
  const globals = all.filter((point) => point.global).slice(0, MOST_NAMED);
  const named = new Set(all.length <= MOST_NAMED ? all : [...globals, ...first]);
  return all.map((point) => (named.has(point) ? point : { ...point, name: null }));
}

/**
 * The lowest loss of a surface's minima; infinity if it has none.
 * @param {{value: number}[]} minima
 */
export function lowestLoss(minima) {
  return Math.min(...minima.map((point) => point.value));
}
