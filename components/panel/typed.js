/** Numbers as people type them, and as they fit into a small field. */

import { contract } from "../contract.js";
import { spell } from "../kit/numbers.js";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const { field: spelling } = contract.spellings;
/** Beyond every power of ten, so that all have an exponent. */
const NEVER_PLAIN = [0, 0];

/** What a person typed, as a number; NaN if it is none. A lone comma is a decimal point, as on some keyboards. */
export function parse(text) {
  const plain = text
    .trim()
    .replaceAll("−", "-")
    .replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  return NUMBER.test(plain) ? Number(plain) : NaN;
}

/** Every digit, as it can be typed. */
export function exact(value) {
  return spell(value, spelling, "-");
}

/** As many digits as fit into `room` characters. */
export function short(value, room) {
  let text = exact(value);
  for (let digits = room; text.length > room && digits > 0; digits -= 1) {
    const fewer = { ...spelling, digits, mantissa: digits };
    const [plain, scientific] = [fewer, { ...fewer, plain: NEVER_PLAIN }].map((how) => spell(value, how, "-"));
    text = plain.length <= room ? plain : scientific;
  }
  return text;
}

/** The sentence that says why `text` cannot be the value of `name`; null if it can. */
export function refusal(text, { name, low, high, whole }) {
  const value = parse(text);
  const kind = whole ? "a whole number" : "a number";
  const got = text.trim();
  if (Number.isNaN(value)) return `${name} must be ${kind}: got ${got === "" ? "nothing" : `“${got}”`}.`;
  if (!Number.isFinite(value) && high === Number.MAX_VALUE) return `${name} must be finite: got ${got}.`;
  const fits = value >= low && value <= high && (!whole || Number.isInteger(value));
  if (fits) return null;
  return `${name} must be ${whole ? "a whole number " : ""}between ${exact(low)} and ${exact(high)}: got ${got}.`;
}
