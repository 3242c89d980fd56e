/** A scenario as a link, by the contract's table: letter for letter what Python's `format_link` writes. */

import { contract } from "../../contract.js";
import { spell } from "../../kit/numbers.js";

const { link, optimizers, spellings } = contract;
const number = (value) => spell(value, spellings.link, "-");

/** How each kind of part is written: a text for each time that the part stands in the link. */
const WRITERS = {
  name: (value) => [encodeURIComponent(value)],
  number: (value) => [number(value)],
  numbers: (values) => [values.map(number).join(",")],
  runs: (runs) => runs.map(run),
};

/** The query of a scenario; what has its default is left out. */
export function linkOf(scenario) {
  return link.fields
    .filter(({ field, left_out: usual }) => usual === null || scenario[field] !== usual)
    .flatMap(({ key, field, kind }) => WRITERS[kind](scenario[field]).map((text) => `${key}=${text}`))
    .join("&");
}

/** Whether a query says anything of a scenario. */
export function speaks(query) {
  const said = new URLSearchParams(query);
  return link.fields.some(({ key }) => said.has(key));
}

function run({ optimizer, values }) {
  const { defaults } = optimizers[optimizer];
  const changed = Object.keys(defaults).filter((name) => values[name] !== defaults[name]);
  if (changed.length === 0) return optimizer;
  return `${optimizer}:${changed.map((name) => `${name}=${number(values[name])}`).join(",")}`;
}
