/** Where a slider's thumb stands; the numbers it stops at come with the contract. */

/**
 * The place among rising `stops` that lies closest to `value`, which need not be one of them.
 * @param {number[]} stops
 * @param {number} value
 */
export function nearest(stops, value) {
  const above = stops.findIndex((stop) => stop >= value);
  if (above === -1) return stops.length - 1;
  if (above === 0) return 0;
  return stops[above] - value <= value - stops[above - 1] ? above : above - 1;
}
