/** The lines of a rule as a list, the line at work, and the buttons that go from line to line. */

/** @import { Rule, RuleLine } from "../../contract.js" */
/** @import { Playback } from "../state/playback.js" */
/** @import { Step } from "./step.js" */

import { element } from "../../kit/element.js";
import { words } from "../words.js";
import { Line } from "./line.js";
import { Whole } from "./whole.js";

/** What is not drawn until its line is at work. Denominators are boxes of nearly the size of the last one. */
const HIDDEN_AT_FIRST = ["denominator"];
const say = words.step;

export class Lines {
  /** @type {?Whole} */
  #whole = null;
  /** @type {Line[]} */
  #lines = [];
  /**
   * The index of the line at work while one goes through the step; null while the step is shown whole.
   * @type {?number}
   */
  #at = null;
  /**
   * The key of the line under the pointer.
   * @type {?string}
   */
  #pointed = null;
  /**
   * By a line's key, whether a visitor has switched its drawing on or off.
   * @type {Map<string, boolean>}
   */
  #switched = new Map();
  #playback;
  #panel;
  #changed;
  #back = button(say.back, say.backHelp, "back", () => this.walk(-1));
  #on = button(say.on, say.onHelp, "on", () => this.walk(1));
  #all = button(say.all, say.allHelp, "all", () => this.#go(null));
  list = element("ol", { class: "lines", "aria-label": say.lines });
  help = element("p", { class: "help", "aria-live": "polite" });
  steps = element("div", { class: "walk", role: "group", "aria-label": say.walk }, this.#back, this.#on, this.#all);

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
   * @returns {HTMLElement} the step whole, to be put at the head of the panel
   */
  furnish(rule) {
    this.#at = null;
    const whole = new Whole(rule);
    /** @param {?string} key */
    const pointed = (key) => {
      this.#pointed = key;
      this.#dress();
    };
    const toggled = (/** @type {string} */ key) => this.#toggle(key);
    this.#whole = whole;
    this.#lines = rule.lines.map((record) => new Line(record, rule, { toggled, pointed }));
    this.list.replaceChildren(...this.#lines.map((line) => line.root));
    this.#dress();
    return whole.root;
  }

  /** @param {RuleLine} record */
  #shows(record) {
    return this.#switched.get(record.key) ?? !HIDDEN_AT_FIRST.includes(record.ink);
  }

  /** @param {string} key */
  #toggle(key) {
    for (const { record } of this.#lines) if (record.key === key) this.#switched.set(key, !this.#shows(record));
    this.#dress();
  }

  /** The key of the line at work: of the one that has been gone to, or else of the one under the pointer. */
  get lit() {
    return this.#at === null ? this.#pointed : this.#lines[this.#at].record.key;
  }

  /** The lines to be drawn on the map, up to the line at work. */
  get drawn() {
    const { lit } = this;
    const at = this.#at ?? this.#lines.length;
    // What is left out at first is drawn while its line is at work.
    const shows = (/** @type {RuleLine} */ record) =>
      this.#shows(record) || (record.key === lit && !this.#switched.has(record.key));
    return this.#lines.map((line) => line.record).filter((record, index) => index <= at && shows(record));
  }

  /** The lines that count for the scale of the drawing, drawn yet or not. */
  get scale() {
    return this.#lines.map((line) => line.record).filter((record) => this.#shows(record));
  }

  #dress() {
    const { lit } = this;
    const last = this.#lines.length - 1;
    const at = this.#at ?? last;
    this.#lines.forEach((line, index) => {
      line.dress({ shown: this.#shows(line.record), lit: line.record.key === lit, waits: index > at });
    });
    this.#whole?.dress(this.#lines[last].record.key === lit, at < last);
    const record = this.#lines.find((line) => line.record.key === lit)?.record;
    const text = record === undefined ? say.invitation : say.help(record.label, record.help);
    if (this.help.textContent !== text) this.help.textContent = text;
    this.#all.disabled = this.#at === null;
    this.#changed();
  }

  /**
   * Go to another line of the step; beyond its last or first one, into the step beside it.
   * @param {1 | -1} by
   */
  walk(by) {
    if (this.#lines.length === 0) return;
    this.#playback.pause();
    const last = this.#lines.length - 1;
    if (this.#at === null) this.#go(by > 0 ? 0 : last);
    else if (this.#at + by >= 0 && this.#at + by <= last) this.#go(this.#at + by);
    else if (this.#playback.stepBy(by)) this.#go(by > 0 ? 0 : last);
  }

  /** Show the step whole again: called while the playhead moves. */
  run() {
    if (this.#at !== null) this.#go(null);
  }

  /** @param {?number} line its index; null: show the step whole */
  #go(line) {
    this.#at = line;
    this.#dress();
    if (line !== null) this.#reveal(this.#lines[line].root);
  }

  /**
   * Bring a line into sight: where the panel scrolls by itself the page stays as it is.
   * @param {HTMLElement} line
   */
  #reveal(line) {
    if (getComputedStyle(this.#panel).overflowY !== "auto") {
      line.scrollIntoView({ block: "nearest" });
      return;
    }
    const [panel, box] = [this.#panel.getBoundingClientRect(), line.getBoundingClientRect()];
    const head = panel.top + this.steps.offsetHeight + this.help.offsetHeight;
    if (box.top < head) this.#panel.scrollTop -= head - box.top;
    else if (box.bottom > panel.bottom - 8) this.#panel.scrollTop += box.bottom - panel.bottom + 8;
  }

  /**
   * Bring all lines, and the step whole, to a step.
   * @param {Step} step
   */
  fill(step) {
    for (const part of [this.#whole, ...this.#lines]) part?.fill(step);
  }

  /**
   * Write the lines, and the step whole, in letters only: there is no step.
   * @param {(name: string) => number} value of a hyperparameter
   */
  spell(value) {
    for (const part of [this.#whole, ...this.#lines]) part?.spell(value);
  }
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
