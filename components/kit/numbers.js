/** Numbers as texts. The contract defines the spellings, for Python and for the browser. */

/** @import { Spelling } from "../contract.js" */

import { contract } from "../contract.js";

const { spellings, words } = contract;

/**
 * A number in one of the contract's spellings. Halves are rounded away from zero, as `toFixed` does.
 * @param {number} value
 * @param {Spelling} spelling
 * @param {string} minus
 */
export function spell(value, spelling, minus = words.minus) {
  if (Number.isNaN(value)) return words.no_number;
  const sign = value < 0 || Object.is(value, -0) ? minus : "";
  if (!Number.isFinite(value)) return sign + words.infinity;
  if (value === 0) return spelling.signed_zero ? `${sign}0` : "0";
  const size = Math.abs(value);
  const [digits, power] = shortest(size);
  const [from, below] = spelling.plain;
  if (power >= from && power < below) return sign + plain(size, digits, power, spelling);
  return sign + scientific(size, spelling).replace("-", minus);
}

/**
 * The fewest digits that identify this number, and the power of ten of the first digit.
 * @param {number} size
 * @returns {[digits: string, power: number]}
 */
function shortest(size) {
  const [mantissa, power] = size.toExponential().split("e");
  return [mantissa.replace(".", ""), Number(power)];
}

/**
 * A number without a power of ten.
 * @param {number} size
 * @param {string} digits
 * @param {number} power
 * @param {Spelling} spelling
 */
function plain(size, digits, power, spelling) {
  if (spelling.digits === null) {
    if (power < 0) return `0.${"0".repeat(-power - 1)}${digits}`;
    const whole = digits.padEnd(power + 1, "0");
    return digits.length > power + 1 ? `${whole.slice(0, power + 1)}.${whole.slice(power + 1)}` : whole;
  }
  const places = Math.min(Math.max(0, spelling.digits - 1 - power), spelling.decimals ?? Infinity);
  const text = size.toFixed(places);
  return spelling.padded ? text : trim(text);
}

/**
 * A number with a power of ten.
 * @param {number} size
 * @param {Spelling} spelling
 */
function scientific(size, spelling) {
  const text = spelling.mantissa === null ? size.toExponential() : size.toExponential(spelling.mantissa - 1);
  const [lead, power] = text.split("e");
  return `${spelling.padded ? lead : trim(lead)}e${Number(power)}`;
}

/**
 * Remove the zeros at the end of a decimal fraction.
 * @param {string} text
 */
function trim(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/**
 * Few digits: enough to compare, and so few that a number keeps about the same width while it changes.
 * @param {number} value
 */
export function brief(value) {
  return spell(value, spellings.brief);
}

/**
 * Every digit, as tooltips show it.
 * @param {number} value
 */
export function exact(value) {
  return spell(value, spellings.exact);
}

/**
 * Four digits, for a number in a formula.
 * @param {number} value
 */
export function significant(value) {
  return spell(value, spellings.formula);
}

/**
 * A round number at a tick of an axis.
 * @param {number} value
 */
export function tick(value) {
  return spell(value, spellings.axis);
}

/**
 * A share in percent.
 * @param {number} share
 */
export function percent(share) {
  const number = spell(100 * share, spellings.percent);
  return Number.isNaN(share) ? number : `${number} %`;
}
