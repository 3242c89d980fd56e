/** The position of a slider's thumb; the numbers at which it stops come with the contract. */

/**
 * The index of the stop closest to `value`, which need not be one of the increasing `stops`.
 * @param {number[]} stops
 * @param {number} value
 */
export function nearest(stops, value) {
  const above = stops.findIndex((stop) => stop >= value);
  if (above === -1) return stops.length - 1;
  if (above === 0) return 0;
  return stops[above] - value <= value - stops[above - 1] ? above : above - 1;
}
