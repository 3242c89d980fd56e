/**
 * The query of an address, read the way the server reads it.
 *
 * An address may come from anywhere: typed by hand with a stray `%`, or from a page that wrote `&amp;` for `&`. Nothing
 * here throws.
 */

import { contract } from "../../contract.js";

const KEYS = contract.link.fields.map(({ key }) => key);

/**
 * Decode percent signs. What is no valid code stays as it is written.
 * @param {string} text
 */
export function decoded(text) {
  return text.replace(/(%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes; // bytes that are no text
    }
  });
}

/**
 * The parts of a query, each with its name and its text as they are written.
 * @param {string} query with or without a question mark
 * @returns {{name: string, part: string}[]}
 */
export function parts(query) {
  return query
    .replace(/^\?/, "")
    .replaceAll("&amp;", "&")
    .split("&")
    .filter((part) => part !== "")
    .map((part) => ({ name: decoded(part.split("=")[0]), part }));
}

/**
 * Whether a query names a part of a scenario.
 * @param {string} query
 */
export function speaks(query) {
  return parts(query).some(({ name }) => KEYS.includes(name));
}

/**
 * The parts of a query with these names, as a query.
 * @param {string} query
 * @param {string[]} names
 */
export function kept(query, names) {
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
  return found === undefined ? null : decoded(found.part.slice(found.part.indexOf("=") + 1));
}

/**
 * Whether two queries are the same text, however it is encoded.
 * @param {string} a
 * @param {string} b
 */
export function alike(a, b) {
  return decoded(a.replace(/^\?/, "")) === decoded(b.replace(/^\?/, ""));
}
