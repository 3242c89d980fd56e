/** Runs by their names and settings, as the contract spells them. */

import { contract } from "../contract.js";
import { spell } from "./numbers.js";

const { naming, optimizers, spellings } = contract;

/** A run's settings in one line: "lr 0.07, momentum 0.9"; switches, whose names are words, say "correct m off". */
export function settings({ optimizer, values }, names = Object.keys(values)) {
  return names.map((name) => setting(optimizer, name, values[name])).join(", ");
}

function setting(optimizer, name, value) {
  if (optimizers[optimizer].switches.includes(name)) {
    return fill(value === 1 ? naming.on : naming.off, { name: name.replaceAll("_", " ") });
  }
  return fill(naming.setting, { name, value: spell(value, spellings.link, "-") });
}

/** A run's name among the others: with its number where another has the same optimizer. */
export function named({ runs }, index) {
  const { optimizer } = runs[index];
  const alone = runs.filter((run) => run.optimizer === optimizer).length === 1;
  return fill(alone ? naming.alone : naming.shared, { label: optimizers[optimizer].label, number: index + 1 });
}

/** Those of a run's settings that tell it from others of its optimizer. */
export function telling(run) {
  const { defaults } = optimizers[run.optimizer];
  const tells = (name) => naming.always.includes(name) || run.values[name] !== defaults[name];
  return settings(run, Object.keys(run.values).filter(tells));
}

/** A pattern of the contract with its parts put in. */
function fill(pattern, parts) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
}
