/**
 * Formulas as trees (see charts/formula.py): drawn as MathML, in letters or in numbers, and computed.
 *
 * What a symbol stands for is asked of `look(of)`, which answers with a number, or with undefined where it does not know.
 */

const MATH = "http://www.w3.org/1998/Math/MathML";

/** A MathML element; texts and elements as children. */
export function math(tag, ...children) {
  const made = document.createElementNS(MATH, tag);
  made.append(...children);
  return made;
}

/** An operator of the height of its line: parentheses that grow with every power make a page of numbers restless. */
export function sign(text) {
  const made = math("mo", text);
  made.setAttribute("stretchy", "false");
  return made;
}

/** The number that a tree comes to. */
export function compute(node, look) {
  const [kind, ...rest] = node;
  const value = (child) => compute(child, look);
  switch (kind) {
    case "number":
      return Number(rest[0]);
    case "symbol":
      return look(rest[1]);
    case "gradient":
      return look(node);
    case "group":
      return value(rest[0]);
    case "root":
      return Math.sqrt(value(rest[0]));
    case "abs":
      return Math.abs(value(rest[0]));
    case "max":
      return Math.max(...rest.map(value));
    case "power":
      return value(rest[0]) ** value(rest[1]);
    case "fraction":
      return value(rest[0]) / value(rest[1]);
    case "sum":
      return rest.reduce((total, [plus, term]) => (plus === "-" ? total - value(term) : total + value(term)), 0);
    case "product":
      return rest.reduce((total, [op, factor]) => (op === "/" ? total / value(factor) : total * value(factor)), 1);
    case "cases":
      return value(rest[chosen(rest, look) ?? rest.length - 1][0]);
    default:
      throw new Error(`A formula has no ${kind}.`);
  }
}

/** Which case holds; null if that cannot be told from what `look` knows. */
function chosen(cases, look) {
  for (const [index, [, condition]] of cases.entries()) {
    if (condition === null) return index;
    const [left, right] = condition.map((side) => compute(side, look));
    if (Number.isNaN(left) || left === undefined) return null;
    if (left > right) return index;
  }
  return null;
}

/** The tree with every case that can be decided replaced by what holds; the same tree if there is none. */
export function settle(node, look) {
  if (!Array.isArray(node)) return node;
  if (node[0] === "symbol") return node;
  if (node[0] === "cases") {
    const index = chosen(node.slice(1), look);
    if (index !== null) return settle(node[index + 1][0], look);
  }
  return node.map((part) => settle(part, look));
}

/** The terms of a sum as [sign, term] pairs; anything else is one term. */
export function terms(node) {
  return node[0] === "sum" ? node.slice(1) : [["+", node]];
}

/** Every symbol of a tree, in the order in which it is drawn. */
export function symbols(node) {
  if (!Array.isArray(node)) return [];
  return node[0] === "symbol" ? [node] : node.flatMap(symbols);
}

/**
 * Draw a tree. `leaf(node)` draws symbols and the gradient; `times` stands between factors (letters need none).
 * @returns {Element} MathML, to go into a `math` element
 */
export function draw(node, leaf, times = "") {
  const [kind, ...rest] = node;
  const inner = (child) => draw(child, leaf, times);
  switch (kind) {
    case "number":
      return math("mn", rest[0]);
    case "symbol":
    case "gradient":
      return leaf(node);
    case "group":
      return math("mrow", sign("("), inner(rest[0]), sign(")"));
    case "root":
      return math("msqrt", raised(inner(rest[0])));
    case "abs":
      return math("mrow", sign("|"), inner(rest[0]), sign("|"));
    case "max":
      return math("mrow", math("mi", "max"), sign("("), inner(rest[0]), sign(","), inner(rest[1]), sign(")"));
    case "power":
      return raise(inner(rest[0]), inner(rest[1]));
    case "fraction":
      return math("mfrac", inner(rest[0]), inner(rest[1]));
    case "sum":
      return math("mrow", ...rest.flatMap(([plus, term], index) => [...written(plus, index), inner(term)]));
    case "product":
      return math("mrow", ...rest.flatMap(([op, factor], index) => [...between(op, index, times), inner(factor)]));
    case "cases":
      return math("mrow", math("mo", "{"), math("mtable", ...rest.map((row) => caseRow(row, inner))));
    default:
      throw new Error(`A formula has no ${kind}.`);
  }
}

/** A power: an exponent stands above the index of its letter, not beside it and higher. */
function raise(base, exponent) {
  if (base.localName !== "msub") return math("msup", base, exponent);
  const both = math("msubsup", ...base.childNodes, exponent);
  both.setAttribute("class", base.getAttribute("class") ?? "");
  // The color is the letter's, not the exponent's.
  exponent.classList.add("ink-other");
  return both;
}

/** A little room below a root's bar, which would else strike out what is under it. */
function raised(inner) {
  const made = math("mpadded", inner);
  made.setAttribute("height", "1.05em");
  return made;
}

function caseRow([value, condition], inner) {
  const when =
    condition === null
      ? math("mtext", "otherwise")
      : math("mrow", math("mtext", "if\u00a0"), inner(condition[0]), sign(">"), inner(condition[1]));
  return math("mtr", math("mtd", inner(value)), math("mtd", when));
}

/** The sign before a term: none before the first, unless it is a minus. */
export function written(plus, index) {
  if (index === 0 && plus === "+") return [];
  const made = sign(plus === "-" ? "−" : "+");
  if (index > 0) made.setAttribute("form", "infix"); // also where a line breaks before it
  return [made];
}

function between(op, index, times) {
  if (index === 0) return [];
  if (op === "/") return [sign("/")];
  return [times === "" ? math("mspace") : sign(times)];
}

/** A symbol by its letter, with what stands above, beside and below it. */
export function lettered({ text, accent, sup, sub }) {
  const bare = math("mi", text);
  const base = accent === null ? bare : math("mover", bare, sign(accent));
  if (accent !== null) base.setAttribute("accent", "true");
  const small = (what) =>
    what === "max"
      ? math("mi", what)
      : math(
          "mrow",
          ...[...what].map((glyph) => math(/[0-9]/.test(glyph) ? "mn" : /[+−]/.test(glyph) ? "mo" : "mi", glyph)),
        );
  if (sup !== null && sub !== null) return math("msubsup", base, small(sub), small(sup));
  if (sub !== null) return math("msub", base, small(sub));
  return base;
}

/** A symbol as plain text, for a canvas or a label: without its index of time. */
export function spelled({ text, accent, sup }) {
  return `${text}${accent === "^" ? "\u0302" : ""}${sup === null ? "" : ` ${sup}`}`;
}
