/**
 * How wide texts are. Measured on a canvas outside of the page, so that the browser does not lay out the page for it.
 */

import { contextOf } from "./layers.js";

const MOST = 2000;
/** @type {CanvasRenderingContext2D | null} */
let pen = null;
/** @type {Map<string, number>} */
const widths = new Map();

/** The width of a text in pixels; `font` as CSS writes it. @param {string} text @param {string} font */
export function widthOf(text, font) {
  const name = `${font}\n${text}`;
  const known = widths.get(name);
  if (known !== undefined) return known;
  pen ??= contextOf(document.createElement("canvas"));
  pen.font = font;
  const { width } = pen.measureText(text);
  if (widths.size >= MOST) widths.clear();
  widths.set(name, width);
  return width;
}
