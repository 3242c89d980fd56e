/**
 * Edits of the examples of a scenario: which rows they give, and what an example's move, removal or addition makes of
 * them. Python's `data_edits.edited_rows` gives the same rows.
 */

import { contract } from "../contract.js";
import { same } from "./sameness.js";

/** @import { PointEdit, Scenario } from "../contract.js" */
/** @typedef {number[]} Row the inputs of an example, then its target */
/** @typedef {Pick<Scenario, "points" | "table">} Edits */
/** @typedef {Pick<Scenario, "formula" | "box" | "letters">} Typed */

const { limits } = contract;

/**
 * The rows of a scenario.
 * @param {Row[]} own the rows of the surface's dataset
 * @param {Edits} edits
 * @returns {Row[]}
 */
export function rowsOf(own, { points, table }) {
  const rows = table ?? own;
  if (points.length === 0) return rows;
  const changed = new Map(points.map(({ example, values }) => [example, values]));
  const kept = rows.map((row, at) => (changed.has(at + 1) ? (changed.get(at + 1) ?? null) : row));
  const added = points.map(({ example, values }) => (example === null ? values : null));
  return [...kept, ...added].filter((row) => row !== null);
}

/**
 * Whether two scenarios of one surface have the same landscape: the same data, or the same formula.
 * @param {Edits & Typed} one
 * @param {Edits & Typed} other
 */
export function sameData(one, other) {
  const isSame = (/** @type {keyof (Edits & Typed)} */ part) =>
    one[part] === other[part] || same(one[part], other[part]);
  return ["points", "table", "formula", "box", "letters"].every((part) => isSame(/** @type {keyof Edits} */ (part)));
}

/** Whether the landscape is the visitor's: on edited data, or of a typed formula. @param {Edits & Typed} scenario */
export function isVisitors(scenario) {
  return hasEdits(scenario) || (scenario.formula ?? null) !== null;
}

/** Whether a scenario's data are not those of its surface. @param {Edits} edits */
export function hasEdits({ points, table }) {
  return points.length > 0 || table !== null;
}

/**
 * The edits after one row has been moved (`values`) or removed (null).
 * @param {Row[]} own the rows of the surface's dataset
 * @param {Edits} edits
 * @param {number} at the row's index among the rows of `edits`
 * @param {Row | null} values
 * @returns {Edits}
 */
export function changeRow(own, edits, at, values) {
  const { points, table } = edits;
  const rows = table ?? own;
  const out = new Set(points.filter((point) => point.values === null).map(({ example }) => example));
  const numbers = [...rows.keys()].map((index) => index + 1).filter((number) => !out.has(number));
  if (at < numbers.length) {
    const example = numbers[at];
    const place = points.findIndex((point) => point.example === example);
    const edit = { example, values };
    return short(own, { table, points: place < 0 ? [...points, edit] : points.with(place, edit) });
  }
  const place = [...points.keys()].filter((index) => points[index].example === null)[at - numbers.length];
  const rest = values === null ? points.toSpliced(place, 1) : points.with(place, { example: null, values });
  return short(own, { table, points: rest });
}

/**
 * The edits after a row has been added, behind all others.
 * @param {Row[]} own
 * @param {Edits} edits
 * @param {Row} values
 * @returns {Edits}
 */
export function addRow(own, { points, table }, values) {
  return short(own, { table, points: [...points, { example: null, values }] });
}

/**
 * A row whose target is the class after its own; after the last one comes the first.
 * @param {Row} row
 * @param {number} count how many classes there are
 * @returns {Row}
 */
export function withNextClass(row, count) {
  return row.with(-1, ((row.at(-1) ?? 0) + 1) % count);
}

/**
 * The same data with few enough edits: more than the limit become a table.
 * @param {Row[]} own
 * @param {Edits} edits
 * @returns {Edits}
 */
function short(own, edits) {
  return edits.points.length <= limits.points ? edits : { points: [], table: rowsOf(own, edits) };
}
