/** Whether Streamlit's theme is dark. */

import { contextOf } from "./canvas.js";

const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
const context = contextOf(canvas, { willReadFrequently: true });

/**
 * Whether an element lies on a dark page.
 * @param {Element} element inside a component, where Streamlit's variables are defined
 */
export function isDark(element) {
  const background = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  if (!CSS.supports("color", background)) return matchMedia("(prefers-color-scheme: dark)").matches;
  return luminance(background) < 0.4;
}

/**
 * Perceived lightness, 0 to 1, of a color in any notation of CSS.
 * @param {string} color
 */
function luminance(color) {
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}
