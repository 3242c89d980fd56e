/** The box under the pointer on the map of settings. */

/** @import { Pixel } from "../../kit/types.js" */

/** The distance of the box from the pointer, in pixels. */
const AWAY = { x: 14, y: 8 };

/**
 * Show lines beside a pixel, on the side where there is room; without lines hide the box.
 * @param {HTMLElement} box
 * @param {string[]} lines
 * @param {Pixel} at
 * @param {{ width: number, height: number }} size of the chart
 */
export function showTip(box, lines, [px, py], { width, height }) {
  box.hidden = lines.length === 0;
  box.replaceChildren(...lines.map((line) => Object.assign(document.createElement("div"), { textContent: line })));
  const [before, above] = [px > width / 2, py > height / 2];
  box.style.translate = `${before ? "-100%" : "0"} ${above ? "-100%" : "0"}`;
  box.style.transform = `translate(${px + (before ? -AWAY.x : AWAY.x)}px, ${py + (above ? -AWAY.y : AWAY.y)}px)`;
}
