/** What of Streamlit's theme a module must know in numbers: whether it is dark. */

const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
const pen = canvas.getContext("2d", { willReadFrequently: true });

/** Whether `element` lies on a dark page. `element` is inside a component, where Streamlit's variables hold. */
export function isDark(element) {
  const background = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  if (!CSS.supports("color", background)) return matchMedia("(prefers-color-scheme: dark)").matches;
  return luminance(background) < 0.4;
}

/** Perceived lightness, 0 to 1, of any color that CSS can spell. */
function luminance(color) {
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}
