/** Numbers and names as people read them; how they are spelled is said in the contract, for Python and here. */

import { contract } from "../contract.js";

const { spellings, words } = contract;

/** A number in one of the contract's spellings; halves are rounded away from zero, as `toFixed` does. */
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

/** The fewest digits that read as this number, and the power of ten of the first. */
function shortest(size) {
  const [mantissa, power] = size.toExponential().split("e");
  return [mantissa.replace(".", ""), Number(power)];
}

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

function scientific(size, spelling) {
  const text = spelling.mantissa === null ? size.toExponential() : size.toExponential(spelling.mantissa - 1);
  const [lead, power] = text.split("e");
  return `${spelling.padded ? lead : trim(lead)}e${Number(power)}`;
}

/** Without zeros after the point that say nothing. */
function trim(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A few digits, for a number at rest on the screen: enough to compare, never so many as to jump about. */
export function brief(value) {
  return spell(value, spellings.brief);
}

/** Every digit there is: what a tooltip shows. */
export function exact(value) {
  return spell(value, spellings.exact);
}

/** Four digits, for a number that stands in a formula. */
export function significant(value) {
  return spell(value, spellings.formula);
}

/** A round number at a tick of an axis. */
export function tick(value) {
  return spell(value, spellings.axis);
}
