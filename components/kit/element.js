/** Make elements in one expression. */

const SVG = "http://www.w3.org/2000/svg";
let made = 0;

/** An element with attributes (null leaves one out; functions are listeners) and children. */
export function element(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

/** The same for what is drawn: `svg`, `path`, `line`, ... */
export function drawing(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

/** Another text for an element that holds nothing else. The node stays, and with it the styles of what is around. */
export function rewrite(made, text) {
  if (made.firstChild === null) made.append("");
  if (made.firstChild.data !== text) made.firstChild.data = text;
}

/** An id that no other element of the page has, for labels and descriptions. */
export function freshId() {
  made += 1;
  return `mradam-${made}`;
}

/**
 * Keep plain letters from the document, where Streamlit would take R and C as commands.
 * What is typed in `root` stays in `root`; shortcuts with Ctrl, Alt or Meta pass.
 */
export function keepKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
}

function furnish(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) continue;
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}
