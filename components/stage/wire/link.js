/** A scenario as a link, by the contract's table: the same text that Python's `format_link` writes. */

import { contract } from "../../contract.js";
import { spell } from "../../kit/numbers.js";

/** @import { LinkField, Run, Scenario } from "../../contract.js" */

const { link, optimizers, spellings } = contract;
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
    case "number":
      return [number(/** @type {number} */ (value))];
    case "numbers":
      return [/** @type {number[]} */ (value).map(number).join(",")];
    case "runs":
      return /** @type {Run[]} */ (value).map(textOf);
  }
}

/**
 * The query of a scenario. A part that has its default is left out.
 * @param {Scenario} scenario
 */
export function linkOf(scenario) {
  return link.fields
    .filter(({ field, left_out: usual }) => usual === null || scenario[/** @type {keyof Scenario} */ (field)] !== usual)
    .flatMap((part) => texts(part, scenario).map((text) => `${part.key}=${text}`))
    .join("&");
}

/** @param {Run} run */
function textOf({ optimizer, values }) {
  const { defaults } = optimizers[optimizer];
  const changed = Object.keys(defaults).filter((name) => values[name] !== defaults[name]);
  if (changed.length === 0) return optimizer;
  return `${optimizer}:${changed.map((name) => `${name}=${number(values[name])}`).join(",")}`;
}
