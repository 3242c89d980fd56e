/** The row below the map while a fan of seeds is shown: how many walks of each run arrive, the seeds, and notes. */

import { element, rewrite } from "../../kit/element.js";
import { swatch } from "../../kit/swatch.js";
import { words } from "../words.js";

/** @import { Look } from "../../contract.js" */

const texts = words.fan;

/** One run: its look and its share as text. @typedef {{ look: Look, text: string }} FanEntry */
/** A seed and how its walks end, as text. @typedef {{ seed: number, text: string }} SeedOption */
/**
 * @typedef {object} FanTexts
 * @property {string} lead before the entries; may be empty
 * @property {FanEntry[]} entries
 * @property {string[]} notes
 * @property {string} told all of it in sentences, for screen readers; empty while a gesture goes on
 */

/** The row, as HTML. */
export const FAN_LEGEND = `<section class="fan-legend" aria-label="${texts.name}" hidden>
  <div class="shares"><span class="lead"></span><ul></ul>
  <label title="${texts.seedHelp}"><span>${texts.seed}</span><select></select></label></div>
  <p class="notes"></p><p class="told unseen" role="status"></p></section>`;

export class FanLegend {
  #root;
  #select;
  #shown = "";
  /** @type {unknown} */
  #listed = null;

  /** @param {HTMLElement} root @param {(seed: number) => void} taken */
  constructor(root, taken) {
    this.#root = root;
    this.#select = /** @type {HTMLSelectElement} */ (root.querySelector("select"));
    this.#select.addEventListener("change", () => taken(Number(this.#select.value)));
  }

  /** @param {boolean} open */
  open(open) {
    this.#root.hidden = !open;
  }

  /**
   * List the seeds, and select the one of the scenario.
   * @param {unknown} of what the list depends on: it is made again if this is something else
   * @param {() => SeedOption[]} options
   * @param {number} seed
   */
  list(of, options, seed) {
    if (of !== this.#listed) {
      this.#listed = of;
      const listed = options();
      this.#select.replaceChildren(...listed.map(({ seed: value, text }) => element("option", { value }, text)));
      /** @type {HTMLElement} */ (this.#select.parentElement).hidden = listed.length === 0;
    }
    if (this.#select.value !== String(seed)) this.#select.value = String(seed);
  }

  /** Write the entries and notes. @param {FanTexts} texts */
  write({ lead, entries, notes, told }) {
    if (told !== "") rewrite(this.#find(".told"), told);
    const shown = JSON.stringify([lead, entries, notes]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    rewrite(this.#find(".lead"), lead);
    this.#find("ul").replaceChildren(
      ...entries.map(({ look, text }) => {
        const line = element("span", { class: "line", "aria-hidden": "true" });
        line.innerHTML = swatch(look);
        return element("li", {}, line, text);
      }),
    );
    rewrite(this.#find(".notes"), notes.join(" "));
  }

  /** @param {string} selector */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }
}
