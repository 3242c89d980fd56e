/**
 * The row below the map while the map of basins is shown: which run, what the color shows, with which run it is
 * compared, the share of each outcome, and notes.
 */

import { element, rewrite } from "../../kit/element.js";
import { swatch } from "../../kit/swatch.js";
import { rampSample, sampleOf } from "../draw/basins.js";
import { words } from "../words.js";

/** @import { Look } from "../../contract.js" */
/** @import { Paint, Shows } from "../draw/basin_colors.js" */

const texts = words.basins;
/** The legend shows at most this many color samples for the minima of one kind. */
const MOST_SAMPLES = 6;

/**
 * A run in the lists: its slot is the value of its option.
 * @typedef {{ slot: number, name: string, look: Look }} Listed
 */
/**
 * An entry: samples of paints, or a ramp, and its text.
 * @typedef {{ paints: Paint[], ramp?: boolean, text: string }} Entry
 */
/**
 * @typedef {object} Legend
 * @property {Entry[]} entries
 * @property {string} lead before the entries; may be empty
 * @property {string[]} notes
 * @property {string} told all of it in a sentence, for screen readers; empty while a gesture goes on
 */
/**
 * @typedef {object} Choices
 * @property {(slot: number) => void} run
 * @property {(shows: Shows) => void} shows
 * @property {(slot: number | null) => void} compared
 */

/** The row, as HTML. */
export const BASIN_LEGEND = `<section class="basin-legend" aria-label="${texts.name}" hidden>
  <div class="choices">
    <label title="${texts.ofHelp}"><span>${texts.of}</span><span class="line"></span><select data-choice="run"></select>
    </label>
    <label class="shows"><span>${texts.color}</span><select data-choice="shows">${Object.entries(texts.shows)
      .map(([value, text]) => `<option value="${value}">${text}</option>`)
      .join("")}</select></label>
    <label class="compared"><span>${texts.compare}</span><select data-choice="compared"></select></label>
  </div>
  <div class="shares"><span class="lead"></span><ul></ul></div>
  <p class="notes"></p><p class="told unseen" role="status"></p></section>`;

export class BasinLegend {
  #root;
  #shown = "";
  #listed = "";
  /** @type {unknown} */
  #theme = null;

  /** @param {HTMLElement} root @param {Choices} choices */
  constructor(root, choices) {
    this.#root = root;
    root.addEventListener("change", ({ target }) => {
      if (!(target instanceof HTMLSelectElement)) return;
      const { value } = target;
      if (target.dataset.choice === "run") choices.run(Number(value));
      if (target.dataset.choice === "shows") choices.shows(/** @type {Shows} */ (value));
      if (target.dataset.choice === "compared") choices.compared(value === "" ? null : Number(value));
    });
  }

  /** @param {boolean} open */
  open(open) {
    this.#root.hidden = !open;
  }

  /** @param {string} selector */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }

  /** @param {string} choice */
  #select(choice) {
    return /** @type {HTMLSelectElement} */ (this.#root.querySelector(`[data-choice=${choice}]`));
  }

  /**
   * List the runs, and select what is chosen.
   * @param {Listed[]} runs
   * @param {{ slot: number, shows: Shows, compared: number | null }} chosen
   */
  list(runs, { slot, shows, compared }) {
    const listed = JSON.stringify([runs, slot, shows, compared]);
    if (listed === this.#listed) return;
    this.#listed = listed;
    const option = (/** @type {Listed} */ { slot: value, name }) => element("option", { value }, name);
    this.#select("run").replaceChildren(...runs.map(option));
    const others = runs.filter((run) => run.slot !== slot).map(option);
    this.#select("compared").replaceChildren(element("option", { value: "" }, texts.alone), ...others);
    this.#select("run").value = String(slot);
    this.#select("shows").value = shows;
    this.#select("compared").value = compared === null ? "" : String(compared);
    const look = runs.find((run) => run.slot === slot)?.look;
    this.#find(".line").innerHTML = look === undefined ? "" : swatch(look);
    this.#find(".compared").hidden = others.length === 0;
    this.#find(".shows").hidden = compared !== null;
  }

  /**
   * Write the entries and notes.
   * @param {Legend} legend
   * @param {unknown} theme the samples are drawn again if it is another one
   */
  write({ entries, lead, notes, told }, theme) {
    if (told !== "") rewrite(this.#find(".told"), told);
    const shown = JSON.stringify([entries, lead, notes]);
    if (shown === this.#shown && theme === this.#theme) return;
    [this.#shown, this.#theme] = [shown, theme];
    rewrite(this.#find(".lead"), lead);
    this.#find("ul").replaceChildren(...entries.map(entryOf));
    rewrite(this.#find(".notes"), notes.join(" "));
  }
}

/** The color samples of an entry. @param {Entry} entry @param {number} ratio pixels for one CSS pixel */
export function samplesOf({ paints, ramp = false }, ratio) {
  return ramp ? [rampSample()] : paints.slice(0, MOST_SAMPLES).map((paint) => sampleOf(paint, ratio));
}

/** @param {Entry} entry */
export function entryOf(entry) {
  const { ramp = false, text } = entry;
  const samples = samplesOf(entry, window.devicePixelRatio || 1);
  for (const sample of samples) {
    sample.className = ramp ? "ramp" : "sample";
    sample.setAttribute("aria-hidden", "true");
  }
  return element("li", {}, ...samples, text);
}
