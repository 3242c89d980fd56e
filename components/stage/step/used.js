/** Which lines of a rule its step uses with a run's settings: what a switch has turned off is not shown. */

/** @import { Rule, RuleLine } from "../../contract.js" */
/** @import { Formula } from "./formula.js" */

import { factors, rebuilt, settings, settle, symbols } from "./formula.js";

/**
 * The rule with only those lines that its last line needs, directly or through other lines, and without divisions by a
 * line that is 1 with these settings; the same object if nothing is left out. Cases that the settings do not decide
 * count with all their symbols.
 * @param {Rule} rule
 * @param {(name: string) => number} value of a hyperparameter
 * @returns {Rule}
 */
export function usedRule(rule, value) {
  const lookup = settings(value);
  const ones = new Set(rule.lines.filter(({ formula }) => isOne(settle(formula, lookup))).map(({ key }) => key));
  const lines =
    ones.size === 0 ? rule.lines : rule.lines.map((line) => ({ ...line, formula: undivided(line.formula, ones) }));
  const byKey = new Map(lines.map((line) => [line.key, line]));
  /** @type {Set<RuleLine>} */
  const used = new Set();
  const add = (/** @type {RuleLine | undefined} */ line) => {
    if (line === undefined || used.has(line)) return;
    used.add(line);
    for (const [, , of] of symbols(settle(line.formula, lookup))) if (of[0] === "part") add(byKey.get(of[1]));
  };
  add(lines.at(-1));
  return used.size === lines.length ? rule : { ...rule, lines: lines.filter((line) => used.has(line)) };
}

/** @param {Formula} node */
function isOne(node) {
  return node[0] === "number" && Number(node[1]) === 1;
}

/**
 * A formula without its divisions by these lines.
 * @param {Formula} node
 * @param {Set<string>} ones keys of lines
 * @returns {Formula}
 */
function undivided(node, ones) {
  const inner = rebuilt(node, (child) => undivided(child, ones));
  if (inner[0] !== "product") return inner;
  const kept = factors(inner).filter(
    ([operator, one]) => !(operator === "/" && one[0] === "symbol" && one[2][0] === "part" && ones.has(one[2][1])),
  );
  return kept.length === 1 ? kept[0][1] : ["product", ...kept];
}
