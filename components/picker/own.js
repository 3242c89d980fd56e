/** "Your own": a field for a formula of x and y, alive while it is typed; its letters as sliders; the map's edges. */

import { element, freshId, rewrite } from "../kit/element.js";
import { loadFont, mathOf } from "../kit/math.js";
import { Letters } from "./letters.js";
import { Reader } from "./reader.js";
import { words } from "./words.js";

/** @import { FormulaReading, Scenario } from "../contract.js" */
/** @import { Store } from "../stage/state/store.js" */

const texts = words.own;
/** How long nothing must be typed until the formula is committed: then it reaches the address and the history. */
const RESTS = 600;

export class OwnFormula {
  #reader = new Reader();
  #store;
  #sample;
  #assets;
  /** The formula on the stage. @type {string | null} */
  #shown = null;
  /** Whether the field holds more than the last commit. */
  #open = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  /** @param {Store} store @param {Scenario} sample the scenario that is shown first @param {string} assets */
  constructor(store, sample, assets) {
    this.#store = store;
    this.#assets = assets;
    this.#sample = sample;
    const [label, error] = [freshId(), freshId()];
    /** @type {HTMLTextAreaElement} */
    this.field = element("textarea", {
      class: "typed-formula notranslate",
      rows: "2",
      maxlength: "500",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      translate: "no",
      "aria-labelledby": label,
      "aria-describedby": error,
      input: () => this.#type(),
      blur: () => this.#commit(),
      keydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
    });
    this.math = element("div", { class: "written", "data-testid": "written" });
    this.error = element("p", { class: "error", id: error, role: "alert", "data-testid": "formula-error" });
    this.letters = new Letters((letters, live) => this.#edit({ letters }, live));
    this.box = this.#edges();
    const samples = texts.samples.map((formula) =>
      element("button", { type: "button", class: "sample notranslate", click: () => this.#take(formula) }, formula),
    );
    this.root = element(
      "div",
      { class: "mradam-own", "data-testid": "own-formula", hidden: "" },
      element("label", { id: label, class: "label" }, texts.field),
      this.field,
      this.math,
      this.error,
      this.letters.root,
      this.box.root,
      element("details", {}, element("summary", {}, texts.help), element("p", {}, texts.grammar), ...samples),
    );
  }

  /** Show the formula of the scenario. @param {Scenario | null} scenario */
  update(scenario) {
    const formula = scenario?.formula ?? null;
    this.root.hidden = formula === null;
    if (scenario === null || formula === null) {
      this.#shown = null;
      return;
    }
    loadFont(this.#assets);
    if (formula !== this.#shown) {
      this.#shown = formula;
      if (!this.#open) this.field.value = formula;
      this.#read(formula).then((reading) => reading && this.#draw(reading));
    }
    this.letters.show(scenario.letters);
    this.box.show(scenario.box);
  }

  close() {
    clearTimeout(this.#rest);
    this.#reader.close();
  }

  async #type() {
    this.#open = true;
    clearTimeout(this.#rest);
    const text = this.field.value;
    const reading = await this.#read(text);
    if (reading === null || this.field.value !== text) return;
    this.#draw(reading);
    if (reading.error !== null) return;
    this.#shown = text;
    this.#open = true; // Enter may have been pressed before the answer came
    this.#edit(this.#part(text, reading), true);
    this.#rest = setTimeout(() => this.#commit(), RESTS);
  }

  /**
   * The part of the scenario that a formula is; letters keep their values.
   * @param {string} formula
   * @param {FormulaReading} reading
   */
  #part(formula, { letters }) {
    const known = new Map((this.#store.scenario?.letters ?? []).map((letter) => [letter.name, letter]));
    const all = letters.map((name) => known.get(name) ?? { name, value: 1, low: null, high: null });
    return { surface: this.#sample.surface, formula, letters: all };
  }

  #commit() {
    clearTimeout(this.#rest);
    const scenario = this.#store.scenario;
    if (!this.#open || scenario === null || scenario.formula === null) return;
    this.#open = false;
    const { surface, formula, letters } = scenario;
    this.#edit({ surface, formula, letters }, false);
  }

  /** @param {Partial<Scenario>} part @param {boolean} live */
  #edit(part, live) {
    this.#store.edit(part, { origin: "picker", live });
  }

  /** @param {string} formula */
  #take(formula) {
    this.field.value = formula;
    this.field.focus();
    this.#type();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#commit();
  }

  /** @param {string} text */
  #read(text) {
    return this.#reader.read(text);
  }

  /** The formula as mathematics; an error leaves the last one. @param {FormulaReading} reading */
  #draw({ math, error }) {
    if (math !== null) this.math.replaceChildren(mathOf(math));
    rewrite(this.error, error?.sentence ?? "");
    this.field.setAttribute("aria-invalid", String(error !== null));
  }

  /** Fields for the edges of the map: empty if the map is proposed. */
  #edges() {
    const edges = texts.edges.map((name) =>
      element("input", {
        type: "text",
        class: "edge",
        "aria-label": name,
        title: name,
        autocomplete: "off",
        change: () => set(),
      }),
    );
    const proposed = element("button", {
      type: "button",
      class: "sample",
      click: () => this.#edit({ box: null }, false),
    });
    proposed.append(texts.proposed);
    const problem = element("p", { class: "error", role: "alert" });
    const set = () => {
      const numbers = edges.map((edge) => Number(edge.value.replace("−", "-")));
      const whole = edges.every((edge) => edge.value.trim() !== "") && numbers.every(Number.isFinite);
      const rising = numbers[0] < numbers[1] && numbers[2] < numbers[3];
      rewrite(problem, !whole || rising ? "" : texts.rising);
      if (whole && rising) this.#edit({ box: /** @type {[number, number, number, number]} */ (numbers) }, false);
    };
    const show = (/** @type {Scenario["box"]} */ box) => {
      if (edges.includes(/** @type {HTMLInputElement} */ (document.activeElement))) return;
      for (const [at, edge] of edges.entries()) edge.value = box === null ? "" : String(box[at]);
      proposed.hidden = box === null;
    };
    const summary = element("summary", {}, texts.map);
    return {
      root: element("details", {}, summary, element("div", { class: "edges" }, ...edges), proposed, problem),
      show,
    };
  }
}
