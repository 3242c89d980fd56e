/** Round numbers at the ticks of an axis. */

/** Ticks are rounded to this many digits: further ones are rounding errors. */
const DIGITS = 14;
const DIVISIONS = [1, 2, 5, 10];

/**
 * Round numbers between two, about `count` of them, at equal distances.
 * @param {number} low
 * @param {number} high
 * @param {number} count
 * @returns {number[]}
 */
export function nice(low, high, count) {
  const rough = (high - low) / count;
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const unit = (DIVISIONS.find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  // Ticks closer than the last digits of the numbers cannot be told apart.
  if (!(unit > Math.max(Math.abs(low), Math.abs(high)) * 1e-14)) return [];
  const ticks = [];
  const last = Math.floor(high / unit + 1e-9);
  for (let place = Math.ceil(low / unit - 1e-9); place <= last; place += 1)
    ticks.push(Number((place * unit).toPrecision(DIGITS)) + 0);
  return ticks;
}

/**
 * Ticks of a logarithmic axis, as losses: powers of ten; if fewer than two fit, also 2 and 5 times these; if still
 * fewer than two fit, round numbers at equal distances.
 * @param {number} low power of ten at the bottom
 * @param {number} high power of ten at the top
 * @param {number} count about how many
 * @returns {number[]}
 */
export function logarithmic(low, high, count) {
  const powers = nice(low, high, count).filter(Number.isInteger);
  if (powers.length >= 2) return powers.map((power) => Number(`1e${power}`));
  const inside = (/** @type {number} */ value) => Math.log10(value) >= low && Math.log10(value) <= high;
  const digits = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power += 1)
    for (const digit of [1, 2, 5]) digits.push(Number(`${digit}e${power}`));
  const round = digits.filter(inside);
  return round.length >= 2 ? round : nice(10 ** low, 10 ** high, 2 * count).filter(inside);
}
