/** The scales of settings: linear, logarithmic, and `complement`, a logarithmic scale of the distance from 1. */

/** @typedef {"linear" | "log" | "complement"} Scale */

/** From a setting's value to its place on the scale, and back. */
const WAYS = {
  linear: { to: (/** @type {number} */ value) => value, from: (/** @type {number} */ place) => place },
  log: { to: Math.log10, from: (/** @type {number} */ place) => 10 ** place },
  complement: {
    to: (/** @type {number} */ value) => -Math.log10(1 - value),
    from: (/** @type {number} */ place) => 1 - 10 ** -place,
  },
};
/** The digits of a rounded value: at least so many, at most so many. */
const DIGITS = { least: 3, most: 17 };
/** A difference from 1 has rounding errors beyond so many digits. */
const TIDY = 12;
/** The ticks of the scale `complement` between two powers of ten, as distances from 1. */
const BETWEEN = [1, 2, 5];

/** The place of a value on a scale, which rises with the value. @param {Scale} scale @param {number} value */
export function placeOf(scale, value) {
  return WAYS[scale].to(value);
}

/**
 * The value at a place of a scale, with at least three digits, and as many as keep it within `room` of the place.
 * @param {Scale} scale
 * @param {number} place
 * @param {number} room
 */
export function valueAt(scale, place, room) {
  const value = WAYS[scale].from(place);
  for (let digits = DIGITS.least; digits < DIGITS.most; digits += 1) {
    const short = rounded(scale, value, digits);
    if (Math.abs(placeOf(scale, short) - place) <= room) return short;
  }
  return value;
}

/** @param {Scale} scale @param {number} value @param {number} digits */
function rounded(scale, value, digits) {
  if (scale !== "complement") return Number(value.toPrecision(digits)) + 0;
  return Number((1 - Number((1 - value).toPrecision(digits))).toPrecision(TIDY));
}

/**
 * Round values on the scale `complement` between two others: 0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99 and so on.
 * @param {number} low
 * @param {number} high
 * @param {number} count about how many
 */
export function complements(low, high, count) {
  const [from, to] = [low, high].map((value) => placeOf("complement", value));
  /** @type {(parts: number[]) => number[]} */
  const ticks = (parts) => {
    const found = [];
    for (let power = Math.floor(from); power <= Math.ceil(to); power += 1)
      for (const part of parts) found.push(Number((1 - part * 10 ** -power).toPrecision(TIDY)) + 0);
    return [...new Set(found)].sort((a, b) => a - b).filter((value) => value >= low && value <= high);
  };
  const powers = ticks([1]);
  const more = ticks(BETWEEN);
  return more.length <= 1.5 * count || powers.length < 2 ? more : powers;
}
