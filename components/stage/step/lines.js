/** The lines of a rule as a list, the selected line, and the buttons that go from line to line. */

/** @import { Rule, RuleLine } from "../../contract.js" */
/** @import { Playback } from "../state/playback.js" */
/** @import { Step } from "./step.js" */

import { element, rewrite } from "../../kit/element.js";
import { words } from "../words.js";
import { Line } from "./line.js";
import { Whole } from "./whole.js";

/** Lines that are drawn only while they are selected. A denominator's box has nearly the size of the box before it. */
const HIDDEN_AT_FIRST = ["denominator"];
const texts = words.step;

export class Lines {
  /** @type {?Whole} */
  #whole = null;
  /** @type {Line[]} */
  #lines = [];
  /**
   * The index of the line that the buttons have selected; null while the whole step is shown.
   * @type {?number}
   */
  #at = null;
  /**
   * The key of the line under the pointer.
   * @type {?string}
   */
  #pointed = null;
  /**
   * By a line's key: whether its drawing is on, if the visitor has switched it on or off.
   * @type {Map<string, boolean>}
   */
  #switched = new Map();
  #playback;
  #panel;
  #changed;
  #back = button(texts.back, texts.backHelp, "back", () => this.goToLine(-1));
  #on = button(texts.on, texts.onHelp, "on", () => this.goToLine(1));
  #all = button(texts.all, texts.allHelp, "all", () => this.#go(null));
  list = element("ol", { class: "lines", "aria-label": texts.lines });
  help = element("p", { class: "help", "aria-live": "polite" });
  buttons = element(
    "div",
    { class: "walk", role: "group", "aria-label": texts.lineButtons },
    this.#back,
    this.#on,
    this.#all,
  );

  /**
   * @param {HTMLElement} panel that the list is in
   * @param {Playback} playback
   * @param {() => void} changed is called after every change that the map must show
   */
  constructor(panel, playback, changed) {
    this.#panel = panel;
    this.#playback = playback;
    this.#changed = changed;
  }

  /**
   * Show another rule.
   * @param {Rule} rule
   * @param {string[]} axes the names of both weights
   * @returns {HTMLElement} the whole step, to be put at the top of the panel
   */
  showRule(rule, axes) {
    this.#at = null;
    const whole = new Whole(rule, axes);
    /** @param {?string} key */
    const pointed = (key) => {
      this.#pointed = key;
      this.#showState();
    };
    const toggled = (/** @type {string} */ key) => this.#toggle(key);
    this.#whole = whole;
    this.#lines = rule.lines.map((record) => new Line(record, rule, axes, { toggled, pointed }));
    this.list.replaceChildren(...this.#lines.map((line) => line.root));
    this.#showState();
    return whole.root;
  }

  /** @param {RuleLine} record */
  #shows(record) {
    return this.#switched.get(record.key) ?? !HIDDEN_AT_FIRST.includes(record.ink);
  }

  /** @param {string} key */
  #toggle(key) {
    for (const { record } of this.#lines) if (record.key === key) this.#switched.set(key, !this.#shows(record));
    this.#showState();
  }

  /** The key of the selected line: the one that the buttons have selected, or else the one under the pointer. */
  get lit() {
    return this.#at === null ? this.#pointed : this.#lines[this.#at].record.key;
  }

  /** The lines to be drawn on the map, up to the selected one. */
  get drawn() {
    const { lit } = this;
    const at = this.#at ?? this.#lines.length;
    // A line that is left out by default is drawn while it is selected.
    const shows = (/** @type {RuleLine} */ record) =>
      this.#shows(record) || (record.key === lit && !this.#switched.has(record.key));
    return this.#lines.map((line) => line.record).filter((record, index) => index <= at && shows(record));
  }

  /** The lines that decide how much the drawing is enlarged, whether drawn yet or not. */
  get measured() {
    return this.#lines.map((line) => line.record).filter((record) => this.#shows(record));
  }

  #showState() {
    const { lit } = this;
    const last = this.#lines.length - 1;
    const at = this.#at ?? last;
    this.#lines.forEach((line, index) => {
      line.showState({ shown: this.#shows(line.record), lit: line.record.key === lit, waits: index > at });
    });
    this.#whole?.showState(this.#lines[last].record.key === lit, at < last);
    const record = this.#lines.find((line) => line.record.key === lit)?.record;
    if (record !== undefined) rewrite(this.help, texts.help(record.label, record.help));
    else if (this.help.children.length === 0) this.help.replaceChildren(...invitations());
    this.#all.disabled = this.#at === null;
    this.#changed();
  }

  /**
   * Select the next or previous line of the step; after the last or before the first line, go to the step beside it.
   * @param {1 | -1} by
   */
  goToLine(by) {
    if (this.#lines.length === 0) return;
    this.#playback.pause();
    const last = this.#lines.length - 1;
    if (this.#at === null) this.#go(by > 0 ? 0 : last);
    else if (this.#at + by >= 0 && this.#at + by <= last) this.#go(this.#at + by);
    else if (this.#playback.stepBy(by)) this.#go(by > 0 ? 0 : last);
  }

  /** Show the whole step again: called while the playhead moves. */
  showWhole() {
    if (this.#at !== null) this.#go(null);
  }

  /** @param {?number} line its index; null: show the whole step */
  #go(line) {
    this.#at = line;
    this.#showState();
    if (line !== null) this.#reveal(this.#lines[line].root);
  }

  /**
   * Scroll a line into view: in the panel if that can be scrolled, else on the page.
   * @param {HTMLElement} line
   */
  #reveal(line) {
    if (getComputedStyle(this.#panel).overflowY !== "auto") {
      line.scrollIntoView({ block: "nearest" });
      return;
    }
    const [panel, box] = [this.#panel.getBoundingClientRect(), line.getBoundingClientRect()];
    const head = panel.top + this.buttons.offsetHeight + this.help.offsetHeight;
    if (box.top < head) this.#panel.scrollTop -= head - box.top;
    else if (box.bottom > panel.bottom - 8) this.#panel.scrollTop += box.bottom - panel.bottom + 8;
  }

  /**
   * Show the numbers of a step in all lines and in the whole step.
   * @param {Step} step
   */
  fill(step) {
    for (const part of [this.#whole, ...this.#lines]) part?.fill(step);
  }

  /**
   * Write the lines and the whole step in letters only: there are no numbers of a step.
   * @param {(name: string) => number} value of a hyperparameter
   */
  spell(value) {
    for (const part of [this.#whole, ...this.#lines]) part?.spell(value);
  }
}

/** What a visitor can do before a line is selected: with a pointer, and in the presenter's view with keys. */
function invitations() {
  return [
    element("span", { class: "by-pointer" }, texts.invitation),
    element("span", { class: "by-keys" }, texts.invitationByKeys),
  ];
}

/**
 * @param {string} text
 * @param {string} title
 * @param {string} name the button's class
 * @param {() => void} click
 */
export function button(text, title, name, click) {
  return element("button", { type: "button", class: name, title, click }, text);
}
