/** Whether plain data is the same. */

/** Whether two scenarios, or parts of them, hold the same settings. */
export function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
