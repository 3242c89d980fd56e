/** Formulas as trees (see charts/formula.py): computing, splitting and changing them. step/mathml.js draws them. */

/** @import { Letter, Reference, Rule, RuleLine } from "../../contract.js" */

/** @typedef {RuleLine["formula"]} Formula */
/** @typedef {Extract<Formula, ["symbol", ...unknown[]]>} SymbolNode */
/**
 * A function that returns the number of a symbol or of the gradient; undefined if it is not known.
 * @typedef {(of: Reference | ["gradient"]) => (number | undefined)} Lookup
 */
/** @typedef {["+" | "-", Formula]} Term */
/** @typedef {["*" | "/", Formula]} Factor */
/** @typedef {[Formula, [Formula, Formula] | null]} Case */

/**
 * The value of a formula; NaN if a symbol in it is not known.
 * @param {Formula} node
 * @param {Lookup} lookup
 * @returns {number}
 */
export function compute(node, lookup) {
  /** @param {Formula} child */
  const value = (child) => compute(child, lookup);
  switch (node[0]) {
    case "number":
      return Number(node[1]);
    case "symbol":
      return lookup(node[2]) ?? Number.NaN;
    case "gradient":
      return lookup(node) ?? Number.NaN;
    case "group":
      return value(node[1]);
    case "root":
      return Math.sqrt(value(node[1]));
    case "abs":
      return Math.abs(value(node[1]));
    case "max":
      return Math.max(value(node[1]), value(node[2]));
    case "power":
      return value(node[1]) ** value(node[2]);
    case "fraction":
      return value(node[1]) / value(node[2]);
    case "sum":
      return terms(node).reduce((sum, [plus, term]) => (plus === "-" ? sum - value(term) : sum + value(term)), 0);
    case "product":
      return factors(node).reduce((all, [op, one]) => (op === "/" ? all / value(one) : all * value(one)), 1);
    case "cases": {
      const all = cases(node);
      return value(all[chosen(all, lookup) ?? all.length - 1][0]);
    }
  }
}

/**
 * The index of the case whose condition is true; null if it depends on an unknown symbol.
 * @param {Case[]} all
 * @param {Lookup} lookup
 */
function chosen(all, lookup) {
  for (const [index, [, condition]] of all.entries()) {
    if (condition === null) return index;
    const [left, right] = condition.map((side) => compute(side, lookup));
    if (Number.isNaN(left) || Number.isNaN(right)) return null;
    if (left > right) return index;
  }
  return null;
}

/**
 * The formula, with the result of the true case instead of every set of cases that can be decided.
 * @param {Formula} node
 * @param {Lookup} lookup
 * @returns {Formula}
 */
export function settle(node, lookup) {
  if (node[0] === "cases") {
    const all = cases(node);
    const index = chosen(all, lookup);
    if (index !== null) return settle(all[index][0], lookup);
  }
  return rebuilt(node, (child) => settle(child, lookup));
}

/**
 * A node of the same kind whose children are changed.
 * @param {Formula} node
 * @param {(child: Formula) => Formula} change
 * @returns {Formula}
 */
export function rebuilt(node, change) {
  switch (node[0]) {
    case "number":
    case "symbol":
    case "gradient":
      return node;
    case "root":
    case "group":
    case "abs":
      return [node[0], change(node[1])];
    case "power":
    case "fraction":
    case "max":
      return [node[0], change(node[1]), change(node[2])];
    case "sum":
      return ["sum", ...terms(node).map(([plus, term]) => /** @type {Term} */ ([plus, change(term)]))];
    case "product":
      return ["product", ...factors(node).map(([op, one]) => /** @type {Factor} */ ([op, change(one)]))];
    case "cases": {
      /** @type {(one: Case) => Case} */
      const inner = ([result, condition]) => [
        change(result),
        condition === null ? null : [change(condition[0]), change(condition[1])],
      ];
      return ["cases", ...cases(node).map(inner)];
    }
  }
}

/**
 * The terms of a sum as [sign, term] pairs; anything else is one term.
 * @param {Formula} node
 * @returns {Term[]}
 */
export function terms(node) {
  if (node[0] !== "sum") return [["+", node]];
  const [, ...all] = node;
  return all;
}

/**
 * The factors of a product as [operator, factor] pairs; anything else is one factor.
 * @param {Formula} node
 * @returns {Factor[]}
 */
export function factors(node) {
  if (node[0] !== "product") return [["*", node]];
  const [, ...all] = node;
  return all;
}

/**
 * The cases of a formula as [result, condition] pairs.
 * @param {Extract<Formula, ["cases", ...unknown[]]>} node
 * @returns {Case[]}
 */
export function cases(node) {
  const [, ...all] = node;
  return all;
}

/**
 * Every symbol of a formula, in the order in which it is drawn.
 * @param {Formula} node
 * @returns {SymbolNode[]}
 */
export function symbols(node) {
  if (node[0] === "symbol") return [node];
  /** @type {SymbolNode[]} */
  const found = [];
  // `rebuilt` visits the children in the order in which they are drawn.
  rebuilt(node, (child) => {
    found.push(...symbols(child));
    return child;
  });
  return found;
}

/**
 * The step: what the last line of a rule adds to the position. A named denominator is replaced by its formula, unless
 * that depends on cases which the settings do not decide.
 * @param {Rule} rule
 * @param {(name: string) => number} value of a hyperparameter
 * @returns {Formula}
 */
export function stepFormula({ lines }, value) {
  const written = new Map(
    lines.filter(({ ink }) => ink === "denominator").map((line) => [line.key, settle(line.formula, settings(value))]),
  );
  /** @type {(node: Formula) => Formula} */
  const expand = (node) => {
    const formula = node[0] === "symbol" && node[2][0] === "part" && node[2][2] === 0 ? written.get(node[2][1]) : null;
    if (formula === undefined || formula === null || formula[0] === "cases") return rebuilt(node, expand);
    return formula[0] === "sum" ? ["group", formula] : formula;
  };
  const added = terms(/** @type {RuleLine} */ (lines.at(-1)).formula).filter(([, term]) => !isPosition(term));
  return ["sum", ...added.map(([plus, term]) => /** @type {Term} */ ([plus, expand(term)]))];
}

/**
 * A lookup of hyperparameters; it returns undefined for all other symbols.
 * @param {(name: string) => number} value
 * @returns {Lookup}
 */
export function settings(value) {
  return (of) => (of[0] === "value" ? value(of[1]) : undefined);
}

/** @param {Formula} node */
function isPosition(node) {
  return node[0] === "symbol" && node[2][0] === "position";
}

/**
 * The formula with its divisions written as fractions.
 * @param {Formula} node
 * @returns {Formula}
 */
export function stacked(node) {
  const inner = rebuilt(node, stacked);
  if (inner[0] !== "product") return inner;
  const all = factors(inner);
  const below = all.filter(([op]) => op === "/").map(([, one]) => /** @type {Factor} */ (["*", bare(one)]));
  if (below.length === 0) return inner;
  return ["fraction", producted(all.filter(([op]) => op === "*")), producted(below)];
}

/**
 * A product of factors; a single factor stays as it is.
 * @param {Factor[]} all
 * @returns {Formula}
 */
function producted(all) {
  return all.length === 1 ? all[0][1] : ["product", ...all];
}

/**
 * A formula without the parentheses around it: in a fraction the bar replaces them.
 * @param {Formula} node
 */
function bare(node) {
  return node[0] === "group" ? node[1] : node;
}

/**
 * A symbol as plain text, for a canvas or a label, without the step to which it belongs.
 * @param {Letter} letter
 */
export function spelled({ text, accent, sup }) {
  return `${text}${accent === "^" ? "\u0302" : ""}${sup === null ? "" : ` ${sup}`}`;
}
