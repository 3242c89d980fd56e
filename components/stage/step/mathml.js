/** Formulas drawn as MathML, in letters or in numbers. */

/** @import { Letter } from "../../contract.js" */
/** @import { Case, Formula, SymbolNode } from "./formula.js" */

import { words } from "../words.js";
import { cases, factors, terms } from "./formula.js";

const MATH = "http://www.w3.org/1998/Math/MathML";

/**
 * A MathML element; texts and elements as children.
 * @param {string} tag
 * @param {...(string | Node)} children
 * @returns {MathMLElement}
 */
export function math(tag, ...children) {
  const made = /** @type {MathMLElement} */ (document.createElementNS(MATH, tag));
  made.append(...children);
  return made;
}

/**
 * An operator that has the height of letters. If parentheses grew with their content, lines of numbers would move.
 * @param {string} text
 */
export function sign(text) {
  const made = math("mo", text);
  made.setAttribute("stretchy", "false");
  return made;
}

/**
 * Draw a formula as the content of a `math` element.
 * @param {Formula} node
 * @param {(node: SymbolNode | ["gradient"]) => MathMLElement} leaf draws symbols and the gradient
 * @param {string} [times] the sign between factors; none between letters
 * @returns {MathMLElement}
 */
export function draw(node, leaf, times = "") {
  /** @param {Formula} child */
  const inner = (child) => draw(child, leaf, times);
  switch (node[0]) {
    case "number":
      return math("mn", node[1]);
    case "symbol":
    case "gradient":
      return leaf(node);
    case "group":
      return math("mrow", sign("("), inner(node[1]), sign(")"));
    case "root":
      return math("msqrt", raised(inner(node[1])));
    case "abs":
      return math("mrow", sign("|"), inner(node[1]), sign("|"));
    case "max":
      return math("mrow", math("mi", "max"), sign("("), inner(node[1]), sign(","), inner(node[2]), sign(")"));
    case "power":
      return raise(inner(node[1]), inner(node[2]));
    case "fraction":
      return math("mfrac", inner(node[1]), inner(node[2]));
    case "sum":
      return math("mrow", ...terms(node).flatMap(([plus, term], index) => [...signBefore(plus, index), inner(term)]));
    case "product":
      return math("mrow", ...factors(node).flatMap(([op, one], at) => [...between(op, at, times), inner(one)]));
    case "cases":
      return math("mrow", math("mo", "{"), math("mtable", ...cases(node).map((row) => caseRow(row, inner))));
  }
}

/**
 * A power. If the base has an index, the exponent is placed above the index, not to the right of it.
 * @param {MathMLElement} base
 * @param {MathMLElement} exponent
 */
function raise(base, exponent) {
  if (base.localName !== "msub") return math("msup", base, exponent);
  const both = math("msubsup", ...base.childNodes, exponent);
  both.setAttribute("class", base.getAttribute("class") ?? "");
  // The color is the letter's, not the exponent's.
  exponent.classList.add("ink-other");
  return both;
}

/**
 * A formula with space above it, so that a root's bar does not touch it.
 * @param {MathMLElement} inner
 */
function raised(inner) {
  const made = math("mpadded", inner);
  made.setAttribute("height", "1.05em");
  return made;
}

/**
 * @param {Case} row
 * @param {(child: Formula) => MathMLElement} inner
 */
function caseRow([value, condition], inner) {
  const when =
    condition === null
      ? math("mtext", words.step.otherwise)
      : math("mrow", math("mtext", `${words.step.when}\u00a0`), inner(condition[0]), sign(">"), inner(condition[1]));
  return math("mtr", math("mtd", inner(value)), math("mtd", when));
}

/**
 * The sign before a term. Before the first term only a minus is written.
 * @param {string} plus
 * @param {number} index
 */
export function signBefore(plus, index) {
  if (index === 0 && plus === "+") return [];
  const made = sign(plus === "-" ? "−" : "+");
  if (index > 0) made.setAttribute("form", "infix"); // also where a line breaks before it
  return [made];
}

/**
 * @param {string} op
 * @param {number} index
 * @param {string} times
 */
function between(op, index, times) {
  if (index === 0) return [];
  if (op === "/") return [sign("/")];
  return [times === "" ? math("mspace") : sign(times)];
}

/**
 * A symbol: its letter with accent, superscript and subscript.
 * @param {Letter} letter
 */
export function lettered({ text, accent, sup, sub }) {
  const letter = math("mi", text);
  const base = accent === null ? letter : math("mover", letter, sign(accent));
  if (accent !== null) base.setAttribute("accent", "true");
  if (sup !== null && sub !== null) return math("msubsup", base, small(sub), small(sup));
  if (sub !== null) return math("msub", base, small(sub));
  return base;
}

/**
 * An index, or "max" above a letter.
 * @param {string} text
 */
function small(text) {
  if (text === "max") return math("mi", text);
  const glyphs = [...text].map((glyph) => math(/[0-9]/.test(glyph) ? "mn" : /[+−]/.test(glyph) ? "mo" : "mi", glyph));
  return math("mrow", ...glyphs);
}
