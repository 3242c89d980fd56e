/** Formulas as trees (see charts/formula.py): computed, taken apart, and put together; step/mathml.js draws them. */

/** @import { Letter, Reference, Rule, RuleLine } from "../../contract.js" */

/** @typedef {RuleLine["formula"]} Formula */
/** @typedef {Extract<Formula, ["symbol", ...unknown[]]>} SymbolNode */
/**
 * The number that a symbol, or the gradient, stands for; undefined where it is not known.
 * @typedef {(of: Reference | ["gradient"]) => (number | undefined)} Look
 */
/** @typedef {["+" | "-", Formula]} Term */
/** @typedef {["*" | "/", Formula]} Factor */
/** @typedef {[Formula, [Formula, Formula] | null]} Case */

/**
 * The value of a formula; not a number where a symbol in it is not known.
 * @param {Formula} node
 * @param {Look} look
 * @returns {number}
 */
export function compute(node, look) {
  /** @param {Formula} child */
  const value = (child) => compute(child, look);
  switch (node[0]) {
    case "number":
      return Number(node[1]);
    case "symbol":
      return look(node[2]) ?? Number.NaN;
    case "gradient":
      return look(node) ?? Number.NaN;
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
      return value(all[chosen(all, look) ?? all.length - 1][0]);
    }
  }
}

/**
 * The index of the case that holds; null if `look` does not know enough to decide.
 * @param {Case[]} all
 * @param {Look} look
 */
function chosen(all, look) {
  for (const [index, [, condition]] of all.entries()) {
    if (condition === null) return index;
    const [left, right] = condition.map((side) => compute(side, look));
    if (Number.isNaN(left) || Number.isNaN(right)) return null;
    if (left > right) return index;
  }
  return null;
}

/**
 * The formula with every case that can be decided replaced by what holds; the same tree if there is none.
 * @param {Formula} node
 * @param {Look} look
 * @returns {Formula}
 */
export function settle(node, look) {
  if (node[0] === "cases") {
    const all = cases(node);
    const index = chosen(all, look);
    if (index !== null) return settle(all[index][0], look);
  }
  return rebuilt(node, (child) => settle(child, look));
}

/**
 * A node of the same kind with other formulas in it.
 * @param {Formula} node
 * @param {(child: Formula) => Formula} change
 * @returns {Formula}
 */
function rebuilt(node, change) {
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
  // It visits the children in the order in which they are drawn.
  rebuilt(node, (child) => {
    found.push(...symbols(child));
    return child;
  });
  return found;
}

/**
 * What the last line of a rule adds to the position: the step. Named denominators are written out where the settings
 * decide what they are.
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
 * A `look` that knows the hyperparameters and nothing else.
 * @param {(name: string) => number} value
 * @returns {Look}
 */
export function settings(value) {
  return (of) => (of[0] === "value" ? value(of[1]) : undefined);
}

/** @param {Formula} node */
function isPosition(node) {
  return node[0] === "symbol" && node[2][0] === "position";
}

/**
 * The formula with its divisions as fractions, one above the other.
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
 * One factor as it is, several as a product.
 * @param {Factor[]} all
 * @returns {Formula}
 */
function producted(all) {
  return all.length === 1 ? all[0][1] : ["product", ...all];
}

/**
 * Without the parentheses around it, which a fraction's bar replaces.
 * @param {Formula} node
 */
function bare(node) {
  return node[0] === "group" ? node[1] : node;
}

/**
 * A symbol as plain text, for a canvas or a label: without its index of time.
 * @param {Letter} letter
 */
export function spelled({ text, accent, sup }) {
  return `${text}${accent === "^" ? "\u0302" : ""}${sup === null ? "" : ` ${sup}`}`;
}
