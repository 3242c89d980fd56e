/** The menu of what the stage can show besides the walk: maps of many walks, the model, the examples of a step. */

import { words } from "../words.js";

const texts = words.controls.tools;

/** Three arrows from one dot. */
const BATCH = [
  "M4 10.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0-3.6",
  "M7.1 10.1L19.7 2.2M16.3 2L19.7 2.2L18.4 5.3",
  "M7.6 12L21.5 12M18.7 10L21.5 12L18.7 14",
  "M7.1 13.9L19.7 21.8M18.4 18.7L19.7 21.8L16.3 22",
].join("");
/** @type {[keyof typeof texts.shown, string][]} */
const ITEMS = [
  ["basins", "M4 4h16v16H4zM4 14c4 0 5-4 8-4s3 4 8 3M11 10c0-3-2-4-1-6"],
  ["settings", "M4 4v16h16M4 9h5v-5M9 14h5v-5M14 20v-6h6M17 8.5v.01M17 5.5v.01"],
  ["seeds", "M4 19C9 17 12 9 20 4M4 19C10 18 14 13 20 12M4 19C10 19 14 18 20 20"],
  ["model", "M4 4v16h16M7 17L19 6M8 11.5v.01M12 8v.01M13 15.5v.01M17.5 12v.01"],
  ["batch", BATCH],
];
/** Three sheets, one over the other. */
const SHEETS = "M12 3L21 8L12 13L3 8ZM3 12L12 17L21 12M3 16L12 21L21 16";

/** The button and its menu, as HTML. */
export const SHOW_MENU = `<button type="button" class="show" aria-label="${texts.show}" title="${texts.show}"
    aria-expanded="false"><svg viewBox="0 0 24 24" class="line" aria-hidden="true"><path d="${SHEETS}"/></svg></button>
  <div class="shown" role="group" aria-label="${texts.show}" hidden>${ITEMS.map(
    ([name, path]) => `<button type="button" data-tool="${name}" title="${texts[name]}"
      ${name === "batch" ? "" : 'aria-pressed="false"'}><svg viewBox="0 0 24 24" class="line" aria-hidden="true"><path
      d="${path}"/></svg><span>${texts.shown[name]}</span></button>`,
  ).join("")}</div>`;

export class ShowMenu {
  #row;
  #opener;
  #menu;

  /** @param {HTMLElement} row the tools, which have the button and the menu */
  constructor(row) {
    this.#row = row;
    this.#opener = /** @type {HTMLButtonElement} */ (row.querySelector(".show"));
    this.#menu = /** @type {HTMLElement} */ (row.querySelector(".shown"));
    this.#opener.addEventListener("click", () => this.#open(this.#menu.hidden !== false));
    this.#menu.addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.closest("button") !== null) this.#close();
    });
    row.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#menu.hidden) return;
      event.stopPropagation();
      this.#close();
    });
    row.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !row.contains(relatedTarget)) this.#open(false);
    });
    document.addEventListener("pointerdown", this.#outside);
  }

  /** @param {PointerEvent} event */
  #outside = ({ target }) => {
    // A component lies in a shadow root, whose host is the target at the document.
    const inside = target instanceof Node && (this.#row.contains(target) || target === hostOf(this.#row));
    if (!inside) this.#open(false);
  };

  /** Close the menu; the focus returns to its button. */
  #close() {
    this.#open(false);
    this.#opener.focus({ preventScroll: true });
  }

  /** @param {boolean} open */
  #open(open) {
    this.#menu.hidden = !open;
    this.#opener.setAttribute("aria-expanded", String(open));
  }

  /** Whether something is on, and whether there is anything to show. @param {{ on: boolean, empty: boolean }} state */
  mark({ on, empty }) {
    this.#opener.toggleAttribute("data-on", on);
    this.#opener.hidden = empty;
  }

  remove() {
    document.removeEventListener("pointerdown", this.#outside);
  }
}

/** @param {Node} node */
function hostOf(node) {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
