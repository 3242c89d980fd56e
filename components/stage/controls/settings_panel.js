/** The map of settings below the stage's map: which settings, what the color shows, the chart, its legend and notes. */

import { element, rewrite } from "../../kit/element.js";
import { words } from "../words.js";
import { entryOf } from "./basin_legend.js";

/** @import { Pixel } from "../../kit/types.js" */
/** @import { View } from "../draw/view.js" */
/** @import { Shows } from "../wire/pictures.js" */
/** @import { Entry } from "./basin_legend.js" */

const texts = words.settings;

/** A setting in the lists: `id` is the value of its option. @typedef {{ id: string, name: string }} Listed */
/** The best cell of a run, as a button. @typedef {{ text: string, take: () => void }} Best */
/**
 * @typedef {object} Legend
 * @property {Entry[]} entries
 * @property {Best[]} best
 * @property {string[]} notes
 * @property {string} told what a screen reader says; empty while a gesture goes on
 */
/**
 * @typedef {object} Choices
 * @property {(id: string) => void} x
 * @property {(id: string) => void} y
 * @property {(shows: Shows) => void} shows
 * @property {(way: "in" | "out" | "whole") => void} zoom
 */

/** @type {[keyof typeof texts.zoom, string][]} */
const ZOOMS = [
  ["in", "M12 5v14M5 12h14"],
  ["out", "M5 12h14"],
  ["whole", "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"],
];

/** The map, as HTML. */
export const SETTINGS_PANEL = `<section class="settings-map" aria-label="${texts.name}" hidden>
  <div class="choices">
    <label title="${texts.acrossHelp}"><span>${texts.across}</span><select data-choice="x"></select></label>
    <label title="${texts.upHelp}"><span>${texts.up}</span><select data-choice="y"></select></label>
    <label><span class="what"></span><select data-choice="shows">${Object.entries(texts.shows)
      .map(([value, text]) => `<option value="${value}">${text}</option>`)
      .join("")}</select></label>
    <span class="zooms">${ZOOMS.map(
      ([way, path]) => `<button type="button" data-zoom="${way}" aria-label="${texts.zoom[way]}"
      title="${texts.zoom[way]}"><svg viewBox="0 0 24 24" class="line" aria-hidden="true"><path d="${path}"/></svg>
      </button>`,
    ).join("")}</span>
  </div>
  <div class="plot"><canvas role="img" aria-label="${texts.chart}"></canvas><div class="rule" aria-hidden="true"></div>
    <button type="button" class="knob"></button><div class="tooltip" translate="no" hidden></div></div>
  <div class="shares"><ul></ul><span class="bests"></span></div>
  <p class="notes"></p><p class="told unseen" role="status"></p></section>`;

export class SettingsPanel {
  #root;
  #rule;
  #listed = "";
  #shown = "";
  /** @type {unknown} */
  #theme = null;
  /** The pixel of the handle, where it was placed last. @type {Pixel | null} */
  at = null;

  /** @param {HTMLElement} root @param {Choices} choices */
  constructor(root, choices) {
    this.#root = root;
    this.plot = this.#find(".plot");
    this.canvas = /** @type {HTMLCanvasElement} */ (this.#find("canvas"));
    this.knob = /** @type {HTMLButtonElement} */ (this.#find(".knob"));
    this.#rule = this.#find(".rule");
    this.tooltip = this.#find(".tooltip");
    root.addEventListener("change", ({ target }) => {
      if (!(target instanceof HTMLSelectElement)) return;
      if (target.dataset.choice === "x") choices.x(target.value);
      if (target.dataset.choice === "y") choices.y(target.value);
      if (target.dataset.choice === "shows") choices.shows(/** @type {Shows} */ (target.value));
    });
    root.addEventListener("click", ({ target }) => {
      const button = /** @type {Element} */ (target).closest("button");
      const way = button?.dataset.zoom;
      if (way !== undefined) choices.zoom(/** @type {"in" | "out" | "whole"} */ (way));
    });
  }

  /** @param {string} selector */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }

  /** @param {boolean} open */
  open(open) {
    this.#root.hidden = !open;
  }

  /**
   * Place the handle, and hide it where it is outside of the axes.
   * @param {Pixel} at
   * @param {View} view
   * @param {boolean} isLine whether it is a line across the chart, too
   */
  place(at, view, isLine) {
    const { knob } = this;
    this.at = at;
    knob.toggleAttribute("data-away", !view.holds(...at));
    this.#rule.hidden = !view.holds(...at) || !isLine;
    if (this.isAway) return;
    const { top, height } = view.area;
    knob.style.transform = `translate(${at[0]}px, ${at[1]}px)`;
    this.#rule.style.transform = `translate(${at[0]}px, ${top}px)`;
    this.#rule.style.height = `${height}px`;
  }

  /** Whether the handle is outside of the axes. */
  get isAway() {
    return this.knob.hasAttribute("data-away");
  }

  /**
   * List the settings, and select what is chosen.
   * @param {Listed[]} settings
   * @param {{ x: string, y: string, shows: Shows }} chosen
   */
  list(settings, { x, y, shows }) {
    const listed = JSON.stringify([settings, x, y, shows]);
    if (listed === this.#listed) return;
    this.#listed = listed;
    const option = (/** @type {Listed} */ { id, name }) => element("option", { value: id }, name);
    const [across, up, what] = ["x", "y", "shows"].map(
      (choice) => /** @type {HTMLSelectElement} */ (this.#root.querySelector(`[data-choice=${choice}]`)),
    );
    across.replaceChildren(...settings.filter(({ id }) => id !== y).map(option));
    const others = settings.filter(({ id }) => id !== x).map(option);
    up.replaceChildren(element("option", { value: "" }, texts.none), ...others);
    for (const option of what.options) option.hidden = y !== "" && option.value.startsWith("orbit");
    [across.value, up.value, what.value] = [x, y, shows];
    rewrite(this.#find(".what"), y === "" ? texts.height : texts.color);
  }

  /**
   * Write the legend.
   * @param {Legend} legend
   * @param {unknown} theme the samples are drawn again if it is another one
   */
  write({ entries, best, notes, told }, theme) {
    if (told !== "") rewrite(this.#find(".told"), told);
    const shown = JSON.stringify([entries, best, notes]);
    if (shown === this.#shown && theme === this.#theme) return;
    [this.#shown, this.#theme] = [shown, theme];
    this.#find("ul").replaceChildren(...entries.map(entryOf));
    this.#find(".bests").replaceChildren(
      ...best.map(({ text, take }) =>
        element("button", { type: "button", class: "best", title: texts.bestHelp, click: take }, texts.star(text)),
      ),
    );
    rewrite(this.#find(".notes"), notes.join(" "));
  }
}
