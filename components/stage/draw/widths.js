/**
 * The widths of texts. They are measured on a canvas outside of the page, so that the browser does not lay out the
 * page.
 */

import { contextOf } from "../../kit/canvas.js";

const MOST = 2000;
/** @type {CanvasRenderingContext2D | null} */
let context = null;
/** @type {Map<string, number>} */
const widths = new Map();

/** The width of a text in pixels; `font` in the notation of CSS. @param {string} text @param {string} font */
export function widthOf(text, font) {
  const name = `${font}\n${text}`;
  const known = widths.get(name);
  if (known !== undefined) return known;
  context ??= contextOf(document.createElement("canvas"));
  context.font = font;
  const { width } = context.measureText(text);
  if (widths.size >= MOST) widths.clear();
  widths.set(name, width);
  return width;
}
