/** Formulas that Python has written as nested lists of MathML elements (formulas/mathml.py). */

/** @import { MathElement } from "../contract.js" */

const MATH = "http://www.w3.org/1998/Math/MathML";

/**
 * A formula as a `math` element. Texts become text nodes, so nothing that was typed is read as markup.
 * @param {MathElement} tree
 * @returns {MathMLElement}
 */
export function mathOf(tree) {
  const root = made("math");
  root.append(branch(tree));
  return root;
}

/** @param {MathElement} tree @returns {MathMLElement} */
function branch([tag, ...parts]) {
  const element = made(tag);
  element.append(...parts.map((part) => (typeof part === "string" ? part : branch(part))));
  return element;
}

/** @param {string} tag */
function made(tag) {
  return /** @type {MathMLElement} */ (document.createElementNS(MATH, tag));
}
