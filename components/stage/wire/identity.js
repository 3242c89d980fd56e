/**
 * What the address sets for the runs beside the scenario: which are hidden, whose inside is open, and their slots.
 *
 * `inside=2` opens the inside of the second run's steps, `hidden=2,3` hides the second and the third run, `slots=1,3`
 * gives two runs the first and the third slot, and with these their colors. All are counted from 1. A part is left out
 * where it has its default: no inside is open, no run is hidden, and the runs have the first slots in order.
 */

import { contract } from "../../contract.js";
import { textOf } from "./query.js";

/**
 * @typedef {{inside: ?number, hidden: number[], slots: number[]}} Identity indices of runs and slots, counted from 0
 */

/**
 * The parts of the address for an identity, without those that have their default.
 * @param {Identity} identity
 * @returns {string[]}
 */
export function identityParts({ inside, hidden, slots }) {
  const list = (/** @type {number[]} */ numbers) => numbers.map((number) => number + 1).join(",");
  return [
    ...(hidden.length === 0 ? [] : [`hidden=${list(hidden)}`]),
    ...(slots.every((slot, index) => slot === index) ? [] : [`slots=${list(slots)}`]),
    ...(inside === null ? [] : [`inside=${inside + 1}`]),
  ];
}

/**
 * The identity that a query sets for a number of runs. An invalid part has its default. Slots are valid if there is one
 * for each run and all differ.
 * @param {string} query
 * @param {number} runs
 * @returns {Identity}
 */
export function identityOf(query, runs) {
  const inside = numbers(query, "inside", runs)[0] ?? null;
  const hidden = [...new Set(numbers(query, "hidden", runs))].sort((a, b) => a - b);
  const given = numbers(query, "slots", contract.limits.runs);
  const usable = given.length === runs && new Set(given).size === runs;
  return { inside, hidden, slots: usable ? given : Array.from({ length: runs }, (_, index) => index) };
}

/**
 * The slot that a query gives to a run; null if there can be no such run.
 * @param {string} query
 * @param {number} index of the run
 * @returns {number | null}
 */
export function slotOf(query, index) {
  const { runs } = contract.limits;
  const given = numbers(query, "slots", runs);
  if (given.length > 0) return given[index] ?? null;
  return index < runs ? index : null;
}

/**
 * The numbers of a part, counted from 0 instead of 1; none if one of them is out of range.
 * @param {string} query
 * @param {string} name
 * @param {number} most
 */
function numbers(query, name, most) {
  const texts = textOf(query, name)?.split(",") ?? [];
  const usable = texts.every((text) => /^[0-9]{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= most);
  return usable ? texts.map((text) => Number(text) - 1) : [];
}
