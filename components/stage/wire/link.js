/** A scenario as a link, by the contract's table: the same text that Python's `format_link` writes. */

import { contract } from "../../contract.js";
import { hasEdits } from "../../kit/data_rows.js";
import { endsOf } from "../../kit/letters.js";
import { spell } from "../../kit/numbers.js";

/** @import { FormulaLetter, LinkField, PointEdit, Run, Scenario } from "../../contract.js" */

const { link, limits, optimizers, spellings } = contract;
/** @type {readonly LinkField["kind"][]} the kinds of the parts that hold data */
const DATA = ["points", "rows"];
const number = (/** @type {number} */ value) => spell(value, spellings.link, "-");

/**
 * The values of one part of a link: one for each time that the link repeats its key.
 * @param {LinkField} part
 * @param {Scenario} scenario
 * @returns {string[]}
 */
function texts({ field, kind }, scenario) {
  const value = scenario[/** @type {keyof Scenario} */ (field)];
  switch (kind) {
    case "name":
      return [encodeURIComponent(/** @type {string} */ (value))];
    case "text":
      return [encodeURIComponent(/** @type {string} */ (value))];
    case "number":
      return [number(/** @type {number} */ (value))];
    case "numbers":
      return [numbers(/** @type {number[]} */ (value))];
    case "letters":
      return /** @type {FormulaLetter[]} */ (value).map(letterOf);
    case "runs":
      return /** @type {Run[]} */ (value).map(textOf);
    case "points":
      return /** @type {PointEdit[]} */ (value).map(pointOf);
    case "rows":
      return [/** @type {number[][]} */ (value).map(numbers).join(";")];
  }
}

/**
 * The query of a scenario. A part that has its default is left out, and so are data that the link cannot carry.
 * @param {Scenario} scenario
 */
export function linkOf(scenario) {
  return write(scenario, carriesData(scenario));
}

/**
 * Whether the link of a scenario contains its edited data: a table has few rows, and the link is not too long.
 * @param {Scenario} scenario
 */
export function carriesData(scenario) {
  if (!hasEdits(scenario)) return true;
  const { table } = scenario;
  return (table === null || table.length <= link.most_rows) && write(scenario, true).length <= limits.link;
}

/**
 * @param {Scenario} scenario
 * @param {boolean} data whether the data are written
 */
function write(scenario, data) {
  return link.fields
    .filter(({ kind }) => data || !DATA.includes(kind))
    .filter(({ field }) => (scenario[/** @type {keyof Scenario} */ (field)] ?? null) !== null)
    .filter(({ field, left_out: usual }) => usual === null || scenario[/** @type {keyof Scenario} */ (field)] !== usual)
    .flatMap((part) => texts(part, scenario).map((text) => `${part.key}=${text}`))
    .join("&");
}

/** @param {number[]} values */
function numbers(values) {
  return values.map(number).join(",");
}

/** @param {FormulaLetter} letter */
function letterOf({ name, value, low, high }) {
  const text = `${encodeURIComponent(name)}:${number(value)}`;
  if (low === null && high === null) return text;
  const [least, most] = endsOf({ name, value, low, high });
  return `${text}:${number(least)}${link.between}${number(most)}`;
}

/** @param {PointEdit} point */
function pointOf({ example, values }) {
  return `${example ?? link.new}:${values === null ? link.out : numbers(values)}`;
}

/** @param {Run} run */
function textOf({ optimizer, values }) {
  const { defaults } = optimizers[optimizer];
  const changed = Object.keys(defaults).filter((name) => values[name] !== defaults[name]);
  if (changed.length === 0) return optimizer;
  return `${optimizer}:${changed.map((name) => `${name}=${number(values[name])}`).join(",")}`;
}
