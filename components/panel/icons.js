/** Buttons that show an icon, with their name as label and tooltip. */

import { drawing, element } from "../kit/element.js";

const PATHS = {
  copy: "M9 9h10v10H9zM15 9V5H5v10h4",
  remove: "M6 6l12 12M18 6L6 18",
  dice: "M5 5h14v14H5zM9 9h.01M15 15h.01M15 9h.01M9 15h.01M12 12h.01",
  add: "M12 5v14M5 12h14",
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  return drawing("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, drawing("path", { d: PATHS[name] }));
}

/**
 * @param {keyof typeof PATHS} name
 * @param {string} label
 * @param {() => void} click
 * @returns {HTMLButtonElement}
 */
export function iconButton(name, label, click) {
  return element("button", { type: "button", class: "icon", "aria-label": label, title: label, click }, icon(name));
}
