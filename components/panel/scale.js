/** The position of a slider's thumb, and the last of its stops; the others come with the contract. */

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

/**
 * The stops below a number, and that number as the last: a batch has at most as many examples as there are.
 * @param {number[]} stops increasing
 * @param {number} last
 */
export function stopsUpTo(stops, last) {
  return [...stops.filter((stop) => stop < last), last];
}
