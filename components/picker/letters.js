/** The letters of a typed formula as sliders. */

import { element, rewrite } from "../kit/element.js";
import { endsOf } from "../kit/letters.js";
import { words } from "./words.js";

/** @import { FormulaLetter } from "../contract.js" */
/** @typedef {{root: HTMLElement, slider: HTMLInputElement, shown: HTMLElement}} Row */

const STOPS = 200;

export class Letters {
  root = element("div", { class: "letters" });
  /** @type {FormulaLetter[]} */
  #letters = [];
  /** @type {Map<string, Row>} */
  #rows = new Map();
  #edit;

  /** @param {(letters: FormulaLetter[], live: boolean) => void} edit */
  constructor(edit) {
    this.#edit = edit;
  }

  /** @param {FormulaLetter[]} letters */
  show(letters) {
    this.#letters = letters;
    const names = letters.map(({ name }) => name);
    if (names.join("") !== [...this.#rows.keys()].join("")) {
      this.#rows = new Map(names.map((name) => [name, this.#rows.get(name) ?? this.#row(name)]));
      this.root.replaceChildren(...[...this.#rows.values()].map((row) => row.root));
    }
    for (const letter of letters) {
      const row = this.#rows.get(letter.name);
      if (row === undefined) continue;
      rewrite(row.shown, String(Number(letter.value.toPrecision(4))).replace("-", "−"));
      if (document.activeElement === row.slider) continue;
      const [low, high] = endsOf(letter);
      Object.assign(row.slider, { min: String(low), max: String(high), step: String((high - low) / STOPS) });
      row.slider.value = String(letter.value);
    }
  }

  /** @param {string} name @returns {Row} */
  #row(name) {
    /** @type {HTMLInputElement} */
    const slider = element("input", {
      type: "range",
      "aria-label": words.own.letter(name),
      input: () => this.#move(name, true),
      change: () => this.#move(name, false),
    });
    const shown = element("span", { class: "value notranslate" });
    const letter = element("span", { class: "letter notranslate" }, name);
    return { root: element("label", {}, letter, slider, shown), slider, shown };
  }

  /** @param {string} name @param {boolean} live */
  #move(name, live) {
    const value = Number(Number(this.#rows.get(name)?.slider.value).toPrecision(6));
    // The ends stay while the value changes.
    const moved = this.#letters.map((letter) => {
      if (letter.name !== name) return letter;
      const [low, high] = endsOf(letter);
      return { name, value, low, high };
    });
    this.#edit(moved, live);
  }
}
