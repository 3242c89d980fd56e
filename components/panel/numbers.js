/** Numbers as people type them, and as they fit into a small field. */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What a person typed, as a number; NaN if it is none. A lone comma is a decimal point: some keyboards have no other. */
export function parse(text) {
  const plain = text.trim().replace("−", "-").replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  return NUMBER.test(plain) ? Number(plain) : NaN;
}

/** Every digit, in the shorter of the two usual spellings: 0.05, 1e-8. */
export function exact(value) {
  const plain = String(value);
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e6)) return plain;
  const scientific = value.toExponential().replace("e+", "e");
  return scientific.length < plain.length ? scientific : plain;
}

/** As many digits as fit into `room` characters. */
export function short(value, room) {
  let text = exact(value);
  for (let digits = room; text.length > room && digits > 0; digits -= 1) {
    text = exact(Number(value.toPrecision(digits)));
  }
  return text;
}

/** The sentence that says why `text` cannot be the value of `name`; null if it can. */
export function refusal(text, { name, low, high, whole }) {
  const value = parse(text);
  const kind = whole ? "a whole number" : "a number";
  if (Number.isNaN(value)) return `${name} must be ${kind}: got ${text.trim() === "" ? "nothing" : `“${text.trim()}”`}.`;
  if (!Number.isFinite(value) && high === Number.MAX_VALUE) return `${name} must be finite: got ${text.trim()}.`;
  const fits = value >= low && value <= high && (!whole || Number.isInteger(value));
  if (fits) return null;
  return `${name} must be ${whole ? "a whole number " : ""}between ${low} and ${high}: got ${text.trim()}.`;
}
