/** Inside one step: the optimizer's rule line by line, this step's numbers in it, and what of it is drawn on the map. */

import { element } from "../../kit/element.js";
import { named, telling } from "../../kit/runs.js";
import { rules } from "../wire/rules.js";
import { exactAt, Line } from "./line.js";
import { Multiples } from "./multiples.js";
import { Overlays } from "./overlays.js";
import { scales } from "./scales.js";
import { Step } from "./step.js";

/** What is drawn from the first; the rest is one click away. Denominators are boxes of nearly the size of the last. */
const HIDDEN_AT_FIRST = ["denominator"];
const INVITATION = "Point at a line to see what it does, or walk through the step line by line.";

export class Xray {
  /** The index of the run that is looked into, or null. */
  inside = null;
  /** Rises with every change that the map must show. */
  version = 0;
  #root;
  #acts;
  #playback;
  #view;
  #overlays;
  #multiples;
  #chart;
  #rules = null;
  #rule = null;
  #lines = [];
  /** The line at work in the walk through one step; null while a step is shown whole. */
  #at = null;
  #looked = null;
  #hidden = new Map();
  #factors = null;
  #worn = null;
  #height = null;
  #pointed = null;

  /**
   * @param {{xray: Element, multiples: Element}} parts of the stage: the panel, and the place of the curves
   * @param {Playback} playback whose playhead says which step
   * @param {{pick: Function, wake: Function, failed: Function}} acts `pick(index)` looks into another run, or none (null)
   */
  constructor({ xray: root, multiples }, view, playback, acts) {
    this.#root = root;
    this.#playback = playback;
    this.#view = view;
    this.#acts = acts;
    this.#overlays = new Overlays(view);
    this.#chart = multiples;
    this.#multiples = new Multiples(multiples.firstChild);
    multiples.addEventListener("pointerdown", (event) => {
      const position = this.#multiples.positionAt(event.offsetX, event.offsetY);
      if (position !== null) playback.seek(position);
    });
    this.title = element("h2", {});
    this.who = element("select", { "aria-label": "Run", change: () => acts.pick(Number(this.who.value)) });
    const button = (text, help, act, name) =>
      element("button", { type: "button", class: name, title: help, click: act }, text);
    this.back = button("‹ line", "One line back (comma)", () => this.walk(-1), "back");
    this.on = button("line ›", "One line on (full stop)", () => this.walk(1), "on");
    this.whole = button("all", "The whole step at once", () => this.#go(null), "whole");
    this.list = element("ol", { class: "lines", "aria-label": "The algorithm, line by line" });
    this.help = element("p", { class: "help", "aria-live": "polite" });
    this.short = element("p", { class: "short", hidden: "" });
    this.scale = element("p", { class: "scales" });
    this.exact = element("div", { class: "exact", hidden: "" });
    const close = button("×", "Close (I)", () => acts.pick(null), "close");
    close.setAttribute("aria-label", "Close");
    const head = element("div", { class: "top" }, this.title, close);
    this.steps = element(
      "div",
      { class: "walk", role: "group", "aria-label": "Lines of the step" },
      this.who,
      this.back,
      this.on,
      this.whole,
    );
    root.append(head, this.steps, this.help, this.list, this.short, this.scale, this.exact);
    root.addEventListener("pointerover", ({ target }) => this.#tell(target));
    root.addEventListener("pointerleave", () => this.#tell(null));
  }

  /** Look into the run that the store names, if any. */
  async look({ scenario, hidden, inside }, { assets }) {
    this.inside = inside;
    for (const part of [this.#root, this.#chart]) part.hidden = inside === null;
    this.#root.closest(".mradam-stage").toggleAttribute("data-inside", inside !== null);
    this.version += 1;
    if (inside === null) return;
    try {
      this.#rules ??= await rules(assets);
    } catch (failure) {
      this.#acts.failed(failure);
      return;
    }
    if (this.inside !== inside) return;
    const rule = this.#rules[scenario.runs[inside].optimizer];
    if (rule !== this.#rule) this.#furnish(rule);
    const options = scenario.runs.map((run, index) => {
      const listed = `${named(scenario, index)}: ${telling(run)}`;
      return element("option", { value: index, ...(hidden.has(index) ? { disabled: "" } : {}) }, listed);
    });
    this.who.replaceChildren(...options);
    this.who.value = String(inside);
    this.who.hidden = scenario.runs.length === 1;
    this.version += 1;
    this.#acts.wake();
  }

  #furnish(rule) {
    this.#rule = rule;
    this.#at = null;
    const inks = new Map(rule.lines.map((line) => [line.key, line.ink]));
    this.#lines = rule.lines.map(
      (record) =>
        new Line(record, inks, {
          toggled: (key) => this.#toggle(key),
          looked: (key) => {
            this.#looked = key;
            this.#changed();
          },
        }),
    );
    this.list.replaceChildren(...this.#lines.map((line) => line.root));
    this.#dress();
  }

  #shows(record) {
    return this.#hidden.get(record.key) ?? !HIDDEN_AT_FIRST.includes(record.ink);
  }

  #toggle(key) {
    const { record } = this.#lines.find((line) => line.record.key === key);
    this.#hidden.set(key, !this.#shows(record));
    this.#changed();
  }

  #changed() {
    this.version += 1;
    this.#dress();
    this.#acts.wake();
  }

  /** The line at work: the one of the walk, else the one that is pointed at. */
  get lit() {
    return this.#at === null ? this.#looked : this.#rule.lines[this.#at].key;
  }

  #dress() {
    const { lit } = this;
    this.#lines.forEach((line, index) => {
      const waits = this.#at !== null && index > this.#at;
      line.dress({ shown: this.#shows(line.record), lit: line.record.key === lit, waits });
    });
    const record = this.#lines.find((line) => line.record.key === lit)?.record;
    const text =
      record === undefined
        ? INVITATION
        : `${record.label[0].toUpperCase()}${record.label.slice(1)}: ${record.help[0].toLowerCase()}${record.help.slice(1)}`;
    if (this.help.textContent !== text) this.help.textContent = text;
    this.whole.disabled = this.#at === null;
  }

  /** Walk through the step by one line; beyond its last, or before its first, into the step beside it. */
  walk(by) {
    if (this.inside === null || this.#rule === null) return;
    this.#playback.pause();
    const last = this.#rule.lines.length - 1;
    if (this.#at === null) this.#go(by > 0 ? 0 : last);
    else if (this.#at + by >= 0 && this.#at + by <= last) this.#go(this.#at + by);
    else if (this.#playback.stepBy(by)) this.#go(by > 0 ? 0 : last);
  }

  #go(line) {
    this.#at = line;
    this.#changed();
    if (line !== null) this.#reveal(this.#lines[line].root);
  }

  /** Bring a line into sight: where the panel scrolls by itself the page stays as it is. */
  #reveal(line) {
    if (getComputedStyle(this.#root).overflowY !== "auto") {
      line.scrollIntoView({ block: "nearest" });
      return;
    }
    const [panel, box] = [this.#root.getBoundingClientRect(), line.getBoundingClientRect()];
    const head = panel.top + this.steps.offsetHeight + this.help.offsetHeight;
    if (box.top < head) this.#root.scrollTop -= head - box.top;
    else if (box.bottom > panel.bottom - 8) this.#root.scrollTop += box.bottom - panel.bottom + 8;
  }

  /** The playhead runs: a step is shown whole again. */
  run() {
    if (this.#at !== null) this.#go(null);
  }

  /** The step that is looked into; null if there is none. */
  #step(walk) {
    if (this.inside === null || walk.inside?.index !== this.inside || this.#rule === null) return null;
    if (this.#rule !== this.#rules[walk.scenario.runs[this.inside].optimizer]) return null;
    const step = new Step(walk, this.#rule, this.#playback.position);
    return step.number >= 1 ? step : null;
  }

  /** The pixel at which the step begins; null if none is looked into. */
  place(walk) {
    const step = walk === null ? null : this.#step(walk);
    return step === null ? null : this.#view.project(step.before(0), step.before(1));
  }

  /** The room there is for the curves, in pixels. */
  resize(width) {
    this.#multiples.resize(width);
  }

  /** Draw what is switched on, as far as the walk through the step has come; the curves when they are `due`. */
  draw(context, walk, theme, { due, taken }) {
    this.#wear(theme);
    const step = this.#step(walk);
    if (step === null) return;
    if (due || walk.complete) this.#curves(step, theme);
    const { lit } = this;
    const records = this.#lines.map((line) => line.record);
    const come = (index) => this.#at === null || index <= this.#at;
    // What is left out at first is drawn while its line is at work.
    const drawn = records.filter(
      (record, index) => come(index) && (this.#shows(record) || (record.key === lit && !this.#hidden.has(lit))),
    );
    const scale = records.filter((record) => this.#shows(record));
    this.#factors = this.#overlays.draw(context, step, drawn, lit, theme, { scale, taken });
  }

  /** The theme's colors of parts, for the panel. */
  #wear(theme) {
    if (this.#worn === theme) return;
    this.#worn = theme;
    for (const [ink, color] of Object.entries(theme.inks)) this.#root.style.setProperty(`--ink-${ink}`, color);
  }

  #curves(step, theme) {
    const height = this.#multiples.height(step.rule, theme.scale);
    if (this.#height !== height) {
      this.#height = height;
      // The map makes room for them, and for the line that explains them.
      this.#chart.closest(".mradam-stage").style.setProperty("--multiples", `${height + 18 * theme.scale}px`);
    }
    this.#multiples.draw(step, theme);
  }

  /** Bring title and numbers to the playhead; `label(index)` is a run's name. */
  read(walk, label) {
    // A run that has just come is not in the walk that is still on the screen.
    if (this.inside === null || walk.scenario.runs[this.inside] === undefined) return;
    const step = this.#step(walk);
    const who = label(this.inside);
    const title =
      step === null ? `Inside a step of ${who}` : `Inside ${who}: from step ${step.number - 1} to ${step.number}`;
    if (this.title.textContent !== title) this.title.textContent = title;
    this.#root.dataset.step = step === null ? "" : String(step.number);
    if (step === null) {
      const { values } = walk.scenario.runs[this.inside] ?? { values: {} };
      for (const line of this.#lines) line.spell((name) => values[name]);
      return;
    }
    for (const line of this.#lines) line.fill(step);
    this.#tell();
    const { drawn, short } = this.#factors === null ? { drawn: "", short: "" } : scales(step, this.#factors);
    if (this.scale.textContent !== drawn) this.scale.textContent = drawn;
    if (this.short.textContent !== short) this.short.textContent = short;
    this.short.hidden = short === "";
  }

  /** Every digit of the number under the pointer, also when the number changes under it. */
  #tell(target = this.#pointed) {
    this.#pointed = target;
    const all = target === null ? null : exactAt(target);
    this.exact.hidden = all === null;
    if (all === null) return;
    this.exact.textContent = all;
    const [panel, number] = [this.#root.getBoundingClientRect(), target.getBoundingClientRect()];
    const left = Math.max(4, Math.min(number.left - panel.left, panel.width - this.exact.offsetWidth - 8));
    this.exact.style.transform = `translate(${left}px, ${number.bottom - panel.top + this.#root.scrollTop + 4}px)`;
  }
}
