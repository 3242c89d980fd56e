/** Names and settings of runs as texts. The contract defines the patterns, for Python and for the browser. */

/** @import { Run, Scenario } from "../contract.js" */

import { contract } from "../contract.js";
import { spell } from "./numbers.js";

const { naming, optimizers, spellings } = contract;

/**
 * A run's settings in one line: "lr 0.07, momentum 0.9". A switch has a state instead of a number: "correct m off".
 * @param {Run} run
 * @param {string[]} names
 */
export function settings({ optimizer, values }, names = Object.keys(values)) {
  return names.map((name) => setting(optimizer, name, values[name])).join(", ");
}

/**
 * @param {string} optimizer
 * @param {string} name
 * @param {number} value
 */
function setting(optimizer, name, value) {
  if (optimizers[optimizer].switches.includes(name)) {
    return fill(value === 1 ? naming.on : naming.off, { name: name.replaceAll("_", " ") });
  }
  return fill(naming.setting, { name, value: spell(value, spellings.link, "-") });
}

/**
 * The names of some runs in a sentence; those of one optimizer together: "SGD (runs 1 and 2)".
 * @param {Pick<Scenario, "runs">} scenario
 * @param {number[]} indices
 * @param {{ listed: (names: string[]) => string, together: (label: string, numbers: string) => string }} texts
 */
export function runNames(scenario, indices, { listed, together }) {
  const alike = [...new Set(indices.map((index) => scenario.runs[index].optimizer))].map((optimizer) =>
    indices.filter((index) => scenario.runs[index].optimizer === optimizer),
  );
  const names = alike.map((group) => {
    if (group.length === 1) return runName(scenario, group[0]);
    const { label } = optimizers[scenario.runs[group[0]].optimizer];
    return together(label, listed(group.map((index) => String(index + 1))));
  });
  return listed(names);
}

/**
 * A run's name in its scenario: its optimizer's, with the run's number if another run has the same optimizer.
 * @param {Pick<Scenario, "runs">} scenario
 * @param {number} index
 */
export function runName({ runs }, index) {
  const { optimizer } = runs[index];
  const alone = runs.filter((run) => run.optimizer === optimizer).length === 1;
  return fill(alone ? naming.alone : naming.shared, { label: optimizers[optimizer].label, number: index + 1 });
}

/**
 * The settings that distinguish a run from others of the same optimizer: lr, and all that differ from their default.
 * @param {Run} run
 */
export function distinctSettings(run) {
  const { defaults } = optimizers[run.optimizer];
  const differs = (/** @type {string} */ name) => naming.always.includes(name) || run.values[name] !== defaults[name];
  return settings(run, Object.keys(run.values).filter(differs));
}

/**
 * Fill a pattern of the contract with its parts.
 * @param {string} pattern
 * @param {Object<string, string | number>} parts
 */
function fill(pattern, parts) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => String(parts[name]));
}
