/**
 * The query of an address, read the way the server reads it.
 *
 * An address may be malformed: typed by hand with a stray `%`, or copied from a page that wrote `&amp;` for `&`. No
 * function here throws an error.
 */

import { contract } from "../../contract.js";

const KEYS = contract.link.fields.map(({ key }) => key);

const UTF8 = new TextDecoder();

/**
 * Decode percent codes as Python does: an invalid code is kept as it is written, bytes that are not UTF-8 become
 * U+FFFD.
 * @param {string} text
 */
export function decode(text) {
  return text.replace(/(%[0-9a-f]{2})+/gi, (codes) => {
    const bytes = codes.slice(1).split("%");
    return UTF8.decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
  });
}

/** What is left of an HTML-escaped `&` before a name, after the query has been split at `&`. */
const ESCAPED = /^((amp|#0*38|#x0*26);)+/i;

/**
 * The parts of a query, each with its decoded name and its undecoded text.
 * @param {string} query with or without a question mark
 * @returns {{name: string, part: string}[]}
 */
export function parts(query) {
  return query
    .replace(/^\?/, "")
    .split("&")
    .map((part) => part.replace(ESCAPED, ""))
    .filter((part) => part !== "")
    .map((part) => ({ name: decode(part.split("=")[0]).replace(ESCAPED, ""), part }));
}

/**
 * Whether a query names a part of a scenario.
 * @param {string} query
 */
export function namesScenario(query) {
  return parts(query).some(({ name }) => KEYS.includes(name));
}

/**
 * Whether two queries name the same scenario: their parts that belong to a scenario are the same text.
 * @param {string} a
 * @param {string} b
 */
export function sameScenario(a, b) {
  return sameQuery(keepParts(a, KEYS), keepParts(b, KEYS));
}

/**
 * The parts of a query with these names, as a query.
 * @param {string} query
 * @param {string[]} names
 */
export function keepParts(query, names) {
  return parts(query)
    .filter(({ name }) => names.includes(name))
    .map(({ part }) => part)
    .join("&");
}

/**
 * The value of the first part with a name; null if there is none.
 * @param {string} query
 * @param {string} name
 */
export function textOf(query, name) {
  const found = parts(query).find((each) => each.name === name);
  return found === undefined ? null : decode(found.part.slice(found.part.indexOf("=") + 1));
}

/**
 * Whether two queries are the same text, however it is encoded.
 * @param {string} a
 * @param {string} b
 */
export function sameQuery(a, b) {
  return decode(a.replace(/^\?/, "")) === decode(b.replace(/^\?/, ""));
}
