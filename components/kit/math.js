/** The font of formulas, and formulas that Python has written as nested lists of MathML (formulas/mathml.py). */

/** @import { MathElement } from "../contract.js" */

const MATH = "http://www.w3.org/1998/Math/MathML";
/** The family of the font for formulas. */
const FAMILY = "Mr Adam Math";

/** @type {?FontFace} */
let font = null;

/**
 * Load our own font for formulas. It has a MATH table: without one, browsers place exponents away from their base, and
 * the bar of a root over its letters.
 * @param {string} assets the address of the server's files
 */
export function loadFont(assets) {
  if (font !== null) return;
  const address = new URL(`${assets}/math.ttf`, document.baseURI).href;
  font = new FontFace(FAMILY, `url(${JSON.stringify(address)})`);
  document.fonts.add(font);
}

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
