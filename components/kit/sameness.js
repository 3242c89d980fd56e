/** Comparison of plain data. */

/**
 * Whether two scenarios, or parts of them, hold the same settings.
 * @param {unknown} a
 * @param {unknown} b
 */
export function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
