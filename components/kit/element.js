/** Make and change elements of the page. */

/** @import { Attributes } from "./types.js" */

const SVG = "http://www.w3.org/2000/svg";
let ids = 0;

/**
 * An HTML element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * An SVG element with attributes and children.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function drawing(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * An element for a number, a formula or a name that a page translator must leave as it is.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function verbatim(tag, attributes = {}, ...children) {
  return element(
    tag,
    { ...attributes, translate: "no", class: `notranslate ${attributes.class ?? ""}`.trim() },
    ...children,
  );
}

/**
 * Change the text of an element that holds nothing else.
 *
 * Normally only the data of its text node changes, which is faster than a new node. If a page translator has replaced
 * or wrapped that node, all children are replaced by the text.
 * @param {Node} made
 * @param {string} text
 */
export function rewrite(made, text) {
  const { firstChild } = made;
  if (firstChild instanceof Text && firstChild === made.lastChild) {
    if (firstChild.data !== text) firstChild.data = text;
  } else if (made.textContent !== text || firstChild !== null) {
    made.textContent = text;
  }
}

/** An id that no other element of the page has, to refer to an element as label or description. */
export function freshId() {
  ids += 1;
  return `mradam-${ids}`;
}

/**
 * @template {Element} Made
 * @param {Made} made
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 */
function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (typeof value === "function") made.addEventListener(name, /** @type {EventListener} */ (value));
    else made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}
