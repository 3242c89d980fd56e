/** Read the numbers that people type, and write numbers that fit into a small field. */

import { contract } from "../contract.js";
import { spell } from "../kit/numbers.js";
import { words } from "./words.js";

/** @import { Limited } from "./types.js" */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Groups of three digits after the first one to three, which do not begin with a zero. */
const SPACED = /^([+-]?[1-9]\d{0,2})((?:[\s'’_]\d{3})+)(?!\d)/;
const COMMAS = /^([+-]?[1-9]\d{0,2})((?:,\d{3})+)(?!\d)/;
const POINTS = /^([+-]?[1-9]\d{0,2})((?:\.\d{3})+)(?!\d)/;
const { field: spelling } = contract.spellings;
/** An empty range of powers of ten: every number is written with an exponent. @type {[number, number]} */
const NEVER_PLAIN = [0, 0];

/**
 * The number that a person typed; NaN if the text is no number, or if it can mean two numbers (see `readings`).
 * @param {string} text
 * @param {boolean} [whole] whether the field takes whole numbers only: there a comma separates thousands
 */
export function parse(text, whole = false) {
  const [first, second] = readings(text, whole);
  return second === undefined ? first : NaN;
}

/**
 * The numbers that a text can mean: two if a separator can be a decimal point or separate thousands, otherwise one.
 * @param {string} text
 * @param {boolean} whole
 * @returns {number[]}
 */
function readings(text, whole) {
  const plain = text.trim().replaceAll("−", "-").replace(SPACED, ungrouped);
  const [commas, points] = [plain.split(",").length - 1, plain.split(".").length - 1];
  // If a number has commas and points, the last of them is the decimal point, and the others separate thousands.
  if (commas > 0 && points > 0) {
    const decimalPoint = plain.lastIndexOf(".") > plain.lastIndexOf(",");
    return [number(decimalPoint ? plain.replace(COMMAS, ungrouped) : decimal(plain.replace(POINTS, ungrouped)))];
  }
  if (commas > 1) return [number(plain.replace(COMMAS, ungrouped))];
  if (points > 1) return [number(plain.replace(POINTS, ungrouped))];
  if (commas === 1 && COMMAS.test(plain)) {
    const thousands = number(plain.replace(COMMAS, ungrouped));
    return whole ? [thousands] : [number(decimal(plain)), thousands];
  }
  // In a whole-number field a point before three digits can only be meant as a separator, or be a mistake.
  if (whole && points === 1 && POINTS.test(plain)) return [number(plain), number(plain.replace(POINTS, ungrouped))];
  return [number(decimal(plain))];
}

/** @param {string} _ @param {string} head @param {string} groups */
function ungrouped(_, head, groups) {
  return head + groups.replace(/\D/g, "");
}

/** Replace a decimal comma, which some keyboards have, by a point. @param {string} text */
function decimal(text) {
  return text.replace(",", ".");
}

/** @param {string} text */
function number(text) {
  return NUMBER.test(text) ? Number(text) : NaN;
}

/** Write every digit, in a form that can be typed. @param {number} value */
export function exact(value) {
  return spell(value, spelling, "-");
}

/**
 * Write as many digits as fit into `room` characters.
 * @param {number} value
 * @param {number} room
 */
export function short(value, room) {
  let text = exact(value);
  for (let digits = room; text.length > room && digits > 0; digits -= 1) {
    const fewer = { ...spelling, digits, mantissa: digits };
    const [plain, scientific] = [fewer, { ...fewer, plain: NEVER_PLAIN }].map((how) => spell(value, how, "-"));
    text = plain.length <= room ? plain : scientific;
  }
  return text;
}

/**
 * A sentence that says why `text` cannot be the value of a record; null if it can.
 * @param {string} text
 * @param {Limited} record
 */
export function refusal(text, { name, low, high, whole = false }) {
  const got = text.trim();
  if (got === "") return words.nothing(name, whole);
  const [value, other] = readings(text, whole);
  if (other !== undefined) return words.ambiguous(name, got, exact(value), exact(other));
  if (Number.isNaN(value)) return words.noNumber(name, whole, got);
  if (!Number.isFinite(value) && high === Number.MAX_VALUE) return words.infinite(name, got);
  const fits = value >= low && value <= high && (!whole || Number.isInteger(value));
  return fits ? null : words.outside(name, whole, exact(low), exact(high), got);
}
