/** Shares as whole percents that add up to 100. */

/**
 * Each share rounded down, and one more for those with the largest remainders until the sum is 100.
 * @param {number[]} shares whose sum is 1
 * @returns {number[]}
 */
export function wholePercents(shares) {
  const percents = shares.map((share) => Math.floor(100 * share + 1e-9));
  const missing = 100 - percents.reduce((sum, percent) => sum + percent, 0);
  const remainder = (/** @type {number} */ at) => 100 * shares[at] - percents[at];
  const order = [...shares.keys()].sort((a, b) => remainder(b) - remainder(a));
  for (const at of order.slice(0, Math.max(0, missing))) percents[at] += 1;
  return percents;
}
