/** One line of an optimizer's rule on the screen: in letters, and below in this step's numbers, for x and for y. */

import { element } from "../../kit/element.js";
import { exact, significant } from "../../kit/numbers.js";
import { draw, lettered, math, settle, sign, terms, written } from "./formula.js";

const AXES = ["x", "y"];
/** So many numbers fit on one line beside their result. */
const LONG = 3;

export class Line {
  #drawn = "";
  #rows;
  #number;

  /**
   * @param {Object} record of the line, see charts/formula.py
   * @param {Map<string, string>} inks of all lines, by key
   * @param {{toggled: Function, looked: Function}} acts `toggled(key)` switches the line's drawing, `looked(key)` is called when the pointer comes or goes (null)
   */
  constructor(record, inks, { toggled, looked }) {
    this.record = record;
    this.inks = inks;
    const drawn = record.drawn !== "vector" && record.drawn !== "number";
    this.toggle = element("button", {
      type: "button",
      class: "mark",
      "aria-label": `${record.label} on the map`,
      title: `Show or hide on the map: ${record.label}`,
      click: () => toggled(record.key),
    });
    this.toggle.style.visibility = drawn ? "" : "hidden";
    this.letters = element("span", { class: "letters" });
    this.#number = record.drawn === "number";
    this.#rows = (this.#number ? [""] : AXES).map((name, axis) => new Row(name, axis, this));
    const head = element(
      "div",
      { class: "head" },
      this.toggle,
      this.letters,
      element("span", { class: "label" }, record.label),
    );
    this.root = element(
      "li",
      {
        class: `line ink-${record.ink}`,
        "data-line": record.key,
        title: record.help,
        pointerenter: () => looked(record.key),
        pointerleave: () => looked(null),
      },
      head,
      ...this.#rows.map((row) => row.root),
    );
  }

  /** Show or hide its drawing; light it; let it wait, when it is still to come. */
  dress({ shown, lit, waits }) {
    const pressed = String(shown);
    if (this.toggle.getAttribute("aria-pressed") !== pressed) this.toggle.setAttribute("aria-pressed", pressed);
    this.root.toggleAttribute("data-lit", lit);
    this.root.toggleAttribute("data-waits", waits);
    if (lit) this.root.setAttribute("aria-current", "step");
    else this.root.removeAttribute("aria-current");
  }

  /** Bring it to a step; what stands already and is still true is left alone. */
  fill(step) {
    this.spell((name) => step.value(name));
    for (const row of this.#rows) row.fill(step);
  }

  /** Write the line in letters; cases that hyperparameters decide are decided: `value(name)` is that of one. */
  spell(value) {
    const formula = settle(this.record.formula, (of) => (of[0] === "value" ? value(of[1]) : undefined));
    const spelled = JSON.stringify(formula);
    if (spelled === this.#drawn) return;
    this.#drawn = spelled;
    const result = [tinted(lettered(this.record.letter), this.record.ink), math("mo", "←")];
    const drawn = pieces(formula, (term) => draw(term, (node) => this.letter(node)), result);
    this.letters.replaceChildren(...drawn);
  }

  letter(node) {
    if (node[0] === "gradient")
      return math(
        "mrow",
        sign("∇"),
        math("mi", "f"),
        sign("("),
        math("msub", math("mi", "θ"), math("mrow", math("mi", "t"), sign("−"), math("mn", "1"))),
        sign(")"),
      );
    return tinted(lettered(node[1]), this.inkOf(node));
  }

  inkOf([, , of]) {
    return of?.[0] === "part" ? (this.inks.get(of[1]) ?? "other") : "other";
  }
}

/** The numbers of one line along one axis. */
class Row {
  #line;
  #axis;
  #formula = "";
  #slots = [];
  #sum = element("span", { class: "sum" });
  #result = element("output", { class: "result", "data-exact": "" });

  constructor(name, axis, line) {
    this.#line = line;
    this.#axis = axis;
    this.root = element("div", { class: "numbers" }, element("span", { class: "axis" }, name), this.#sum, this.#result);
  }

  fill(step) {
    const look = step.look(this.#axis);
    const { record } = this.#line;
    this.#build(settle(record.formula, look), step.walk.scenario.noise !== 0);
    for (const { number, of, bare } of this.#slots) {
      const value = of[0] === "gradient" ? null : look(of);
      const [text, all] =
        value === null
          ? places(step)
          : [of[0] === "value" || of[0] === "step" ? exact(value) : significant(value), exact(value)];
      const shown = value < 0 && !bare ? `(${text})` : text;
      say(number, shown, all);
    }
    const value = step.result(record, this.#axis);
    say(this.#result, `= ${significant(value)}`, exact(value));
  }

  #build(formula, noisy) {
    const spelled = `${JSON.stringify(formula)} ${noisy}`;
    if (spelled === this.#formula) return;
    this.#formula = spelled;
    this.#slots = [];
    const drawn = pieces(formula, (term, leads) => draw(term, (node) => this.#slot(node, leads), "·"));
    this.root.toggleAttribute("data-long", this.#slots.length > LONG);
    this.#sum.replaceChildren(...drawn, ...(noisy && this.#line.record.key === "g" ? ["+ noise "] : []));
  }

  #slot(node, leads) {
    const number = math("mn");
    if (node[0] === "gradient") {
      this.#slots.push({ number, of: node, bare: true });
      return math("mrow", math("mi", `∂f/∂${AXES[this.#axis]}`), number);
    }
    const bare = leads && this.#slots.length === 0;
    this.#slots.push({ number, of: node[2], bare });
    return tinted(number, this.#line.inkOf(node));
  }
}

/** The terms of a formula as pieces of their own, so that a long line breaks between them; `before` begins the first. */
function pieces(formula, inner, before = []) {
  return terms(formula).flatMap(([plus, term], index) => {
    const lead = index === 0 ? before : [];
    return [
      math("math", math("mrow", ...lead, ...written(plus, index), inner(term, index === 0 && plus === "+"))),
      " ",
    ];
  });
}

function say(where, text, all) {
  if (where.textContent === text && where.dataset.exact === all) return;
  where.textContent = text;
  where.dataset.exact = all;
}

function places(step) {
  const both = [step.before(0), step.before(1)];
  return [`(${both.map(significant).join(", ")})`, both.map(exact).join(", ")];
}

function tinted(made, ink) {
  made.classList.add(`ink-${ink}`);
  return made;
}

/** The exact numbers below an element of a line, for whoever asks: the one pointed at, or all of its row. */
export function exactAt(target) {
  return target.closest?.("[data-exact]")?.dataset.exact ?? null;
}
