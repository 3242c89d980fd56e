/** Shows a formula in letters and in a step's numbers. Elements are written again only if something has changed. */

/** @import { Letter, Reference, Rule } from "../../contract.js" */
/** @import { Formula, SymbolNode } from "./formula.js" */
/** @import { Step } from "./step.js" */

import { element } from "../../kit/element.js";
import { exact, significant } from "../../kit/numbers.js";
import { networkWords } from "../network_words.js";
import { words } from "../words.js";
import { settings, settle, terms } from "./formula.js";
import { draw, lettered, math, sign, signBefore } from "./mathml.js";

/** This many numbers fit on one line beside their result. */
const LONG = 3;

/** The inks (names of colors) of symbols: a symbol that a line computes has the line's ink. */
export class Inks {
  #lines;

  /** @param {Rule} rule */
  constructor({ lines }) {
    this.#lines = new Map(lines.map(({ key, ink }) => [key, ink]));
  }

  /** @param {Reference} of */
  of(of) {
    return of[0] === "part" ? (this.#lines.get(of[1]) ?? "other") : "other";
  }
}

/** A formula in letters. */
export class Letters {
  /** @type {HTMLElement} */
  root = element("span", { class: "letters", translate: "no" });
  #inks;
  #result;
  #drawn = "";

  /**
   * @param {Inks} inks
   * @param {?{letter: Letter, ink: string}} result the symbol that the formula computes; it is written before it, with
   *   an arrow
   */
  constructor(inks, result) {
    this.#inks = inks;
    this.#result = result;
  }

  /**
   * @param {Formula} formula
   * @param {(name: string) => number} value of a hyperparameter: cases that it decides are replaced by their result
   * @param {(MathMLElement | string)[]} [before] what is written first
   */
  spell(formula, value, before = this.#lead()) {
    const settled = settle(formula, settings(value));
    const spelled = JSON.stringify(settled);
    if (spelled === this.#drawn) return;
    this.#drawn = spelled;
    this.root.replaceChildren(...pieces(settled, (term) => draw(term, (node) => this.#letter(node)), before));
  }

  #lead() {
    if (this.#result === null) return [];
    return [tinted(lettered(this.#result.letter), this.#result.ink), math("mo", "←")];
  }

  /** @param {SymbolNode | ["gradient"]} node */
  #letter(node) {
    if (node[0] === "symbol") return tinted(lettered(node[1]), this.#inks.of(node[2]));
    const before = math("mrow", math("mi", "t"), sign("−"), math("mn", "1"));
    return math("mrow", sign("∇"), math("mi", "f"), sign("("), math("msub", math("mi", "θ"), before), sign(")"));
  }
}

/** The numbers of a formula along one axis, and its result. */
export class Row {
  #name;
  #inks;
  #axis;
  #noisy;
  #formula = "";
  /** @type {{number: MathMLElement, of: Reference | ["gradient"], bare: boolean}[]} */
  #gaps = [];
  /** @type {HTMLElement} */
  #sum = element("span", { class: "sum" });
  /** @type {HTMLElement} */
  #result = element("output", { class: "result", "data-exact": "" });

  /**
   * @param {string} name of the axis, or of the weight
   * @param {number} axis
   * @param {Inks} inks
   * @param {{noisy: boolean}} options `noisy`: this is the formula of the gradient; with batches it is that of
   *   the batch, and it includes the scenario's noise
   */
  constructor(name, axis, inks, { noisy }) {
    this.#name = name;
    this.#axis = axis;
    this.#inks = inks;
    this.#noisy = noisy;
    const letter = element("span", { class: "axis" }, name);
    /** @type {HTMLElement} */
    this.root = element("div", { class: "numbers", translate: "no" }, letter, this.#sum, this.#result);
  }

  /**
   * @param {Formula} formula
   * @param {Step} step
   * @param {number} result
   */
  fill(formula, step, result) {
    const lookup = step.lookup(this.#axis);
    const { batch, noise } = step.walk.scenario;
    const notes = [...(batch > 0 ? [words.step.batch] : []), ...(noise !== 0 ? [words.step.noise] : [])];
    this.#build(settle(formula, lookup), this.#noisy ? notes : []);
    for (const { number, of, bare } of this.#gaps) {
      if (of[0] === "gradient") {
        if (!step.isOnMap) {
          writeNumber(number, networkWords.step.allWeights, null);
          continue;
        }
        const both = [step.before(0), step.before(1)];
        writeNumber(number, `(${both.map(significant).join(", ")})`, both.map(exact).join(", "));
        continue;
      }
      const value = lookup(of) ?? Number.NaN;
      const text = of[0] === "value" || of[0] === "step" ? exact(value) : significant(value);
      writeNumber(number, value < 0 && !bare ? `(${text})` : text, exact(value));
    }
    writeNumber(this.#result, `= ${significant(result)}`, exact(result));
  }

  /**
   * @param {Formula} formula
   * @param {string[]} notes what is written after the formula
   */
  #build(formula, notes) {
    const spelled = `${JSON.stringify(formula)} ${notes.join(" ")}`;
    if (spelled === this.#formula) return;
    this.#formula = spelled;
    this.#gaps = [];
    const drawn = pieces(formula, (term, leads) => draw(term, (node) => this.#gap(node, leads), "·"));
    // A long line can break between its terms: the style depends on their number (panel.css).
    if (this.#gaps.length > LONG) this.root.dataset.long = String(terms(formula).length);
    else delete this.root.dataset.long;
    this.#sum.replaceChildren(...drawn, ...notes.flatMap((note) => [note, " "]));
  }

  /**
   * @param {SymbolNode | ["gradient"]} node
   * @param {boolean} leads whether it is in a first term that has no sign
   */
  #gap(node, leads) {
    const number = math("mn");
    if (node[0] === "gradient") {
      this.#gaps.push({ number, of: node, bare: true });
      return math("mrow", math("mi", `∂f/∂${this.#name}`), number);
    }
    const bare = leads && this.#gaps.length === 0;
    this.#gaps.push({ number, of: node[2], bare });
    return tinted(number, this.#inks.of(node[2]));
  }
}

/**
 * The terms of a formula as separate elements, so that a long line can break between them.
 * @param {Formula} formula
 * @param {(term: Formula, leads: boolean) => MathMLElement} inner draws a term; `leads`: it is the first, and has no
 *   sign
 * @param {(MathMLElement | string)[]} before what is written first
 */
function pieces(formula, inner, before = []) {
  return terms(formula).flatMap(([plus, term], index) => {
    const lead = index === 0 ? before : [];
    const row = math("mrow", ...lead, ...signBefore(plus, index), inner(term, index === 0 && plus === "+"));
    return [math("math", row), " "];
  });
}

/**
 * Write a number, and store all its digits. Elements that a page translator has put into `where` are replaced.
 * @param {HTMLElement | MathMLElement} where
 * @param {string} text
 * @param {?string} digits all digits of the number; null if there is none
 */
export function writeNumber(where, text, digits) {
  if (where.textContent === text && where.dataset.exact === (digits ?? undefined)) return;
  where.textContent = text;
  if (digits === null) delete where.dataset.exact;
  else where.dataset.exact = digits;
}

/**
 * @param {MathMLElement} made
 * @param {string} ink
 */
function tinted(made, ink) {
  made.classList.add(`ink-${ink}`);
  return made;
}

/**
 * All digits of the number that an element shows; null where it shows none.
 * @param {Element} target
 * @returns {?string}
 */
export function exactAt(target) {
  const shown = target.closest("[data-exact]");
  return shown instanceof HTMLElement || shown instanceof MathMLElement ? (shown.dataset.exact ?? null) : null;
}
