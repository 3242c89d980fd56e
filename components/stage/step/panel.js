/**
 * The panel of the inside of a step: the whole step, the optimizer's rule line by line in this step's numbers, its
 * drawing on the map, and its small curves.
 */

/** @import { Rule, Scenario } from "../../contract.js" */
/** @import { Box, Pixel, Theme } from "../../kit/types.js" */
/** @import { View } from "../draw/view.js" */
/** @import { Playback } from "../state/playback.js" */
/** @import { Walk } from "../wire/record.js" */
/** @import { Factors } from "./factors.js" */

import { contract } from "../../contract.js";
import { element, rewrite } from "../../kit/element.js";
import { loadFont } from "../../kit/math.js";
import { distinctSettings, runName } from "../../kit/runs.js";
import { same } from "../../kit/sameness.js";
import { scrub } from "../draw/scrub.js";
import { rules } from "../wire/rules.js";
import { words } from "../words.js";
import { axesOf } from "./axes.js";
import { drawnLengths } from "./drawn_lengths.js";
import { button, Lines } from "./lines.js";
import { Multiples } from "./multiples.js";
import { exactAt } from "./numbers.js";
import { Overlays } from "./overlays.js";
import { Step } from "./step.js";
import { usedRule } from "./used.js";

const texts = words.step;

export class StepPanel {
  /** @type {?number} the index of the run whose step is shown; null while the panel is closed */
  inside = null;
  /** @type {?[string, string]} where the two watched weights of a network are; null if the weights are x and y */
  watched = null;
  /** Rises with every change that the map must show. */
  version = 0;
  #root;
  #callbacks;
  #playback;
  #view;
  #overlays;
  #multiples;
  #chart;
  /** @type {?{[optimizer: string]: Rule}} */
  #rules = null;
  /** @type {?Rule} the rule of the optimizer; null if it is not written down */
  #rule = null;
  /** @type {?Rule} the same with the lines that the step uses with the run's settings */
  #used = null;
  #axes = words.step.axes;
  #curvesHelp = element("p", {});
  #lines;
  /** @type {?HTMLElement} the whole step, at the top of the panel */
  #whole = null;
  /** @type {?Factors} */
  #factors = null;
  /** @type {?Theme} */
  #theme = null;
  /** @type {?number} */
  #height = null;
  /** @type {?Element} the element under the pointer */
  #target = null;

  /**
   * @param {{stepPanel: HTMLElement, multiples: HTMLElement}} parts the panel, and the small curves' element
   * @param {View} view
   * @param {Playback} playback its playhead decides which step is shown
   * @param {{pick(run: ?number): void, requestFrame(): void, failed(error: Error): void}} callbacks `pick` opens the
   *   inside of another run, or with null closes it; `requestFrame` requests a frame
   */
  constructor({ stepPanel: root, multiples }, view, playback, callbacks) {
    this.#root = root;
    this.#playback = playback;
    this.#view = view;
    this.#callbacks = callbacks;
    this.#overlays = new Overlays(view);
    this.#chart = multiples;
    const canvas = element("canvas", { role: "img", "aria-label": texts.curves });
    multiples.replaceChildren(canvas, this.#curvesHelp);
    this.#multiples = new Multiples(canvas);
    scrub(multiples, (event) => {
      const position = this.#multiples.positionAt(event.offsetX, event.offsetY);
      if (position !== null) playback.seek(position);
    });
    this.title = element("h2", {});
    this.idea = element("p", { class: "idea" });
    this.choice = element("select", {
      "aria-label": texts.run,
      change: () => callbacks.pick(Number(this.choice.value)),
    });
    this.#lines = new Lines(root, playback, () => this.#changed());
    const { buttons, help, list } = this.#lines;
    buttons.prepend(this.choice);
    this.short = element("p", { class: "short", hidden: "" });
    this.lengths = element("p", { class: "scales" });
    this.exact = element("div", { class: "exact", translate: "no" });
    const close = button("×", texts.closeHelp, "close", () => callbacks.pick(null));
    close.setAttribute("aria-label", texts.close);
    const head = element("div", { class: "top" }, this.title, close);
    root.setAttribute("aria-label", texts.region);
    root.append(head, this.idea, buttons, help, list, this.short, this.lengths, this.exact);
    root.addEventListener("pointerover", ({ target }) => this.#showDigits(target instanceof Element ? target : null));
    root.addEventListener("pointerleave", () => this.#showDigits(null));
  }

  /**
   * Show the run whose inside is open in the store; close the panel if there is none.
   * @param {{scenario: Scenario, hidden: Set<number>, inside: ?number}} store
   * @param {{assets: string}} data of the component
   */
  async show({ scenario, hidden, inside }, { assets }) {
    this.inside = inside;
    for (const part of [this.#root, this.#chart]) part.hidden = inside === null;
    this.#stage.toggleAttribute("data-inside", inside !== null);
    this.version += 1;
    if (inside === null) return;
    loadFont(assets);
    try {
      this.#rules ??= /** @type {{[optimizer: string]: Rule}} */ (await rules(assets));
    } catch (failure) {
      this.#callbacks.failed(/** @type {Error} */ (failure));
      return;
    }
    // While the rules were loading, another run may have been chosen.
    if (this.inside !== inside) return;
    const { optimizer, values } = scenario.runs[inside];
    const { idea, label } = contract.optimizers[optimizer];
    this.#showRule(this.#rules[optimizer], (name) => values[name], axesOf(scenario));
    rewrite(this.idea, idea);
    if (this.#rule === null) rewrite(this.short, texts.unwritten(label));
    this.short.hidden = this.#rule !== null;
    const options = scenario.runs.map((run, index) => {
      const listed = `${runName(scenario, index)}: ${distinctSettings(run)}`;
      return element("option", { value: index, ...(hidden.has(index) ? { disabled: "" } : {}) }, listed);
    });
    this.choice.replaceChildren(...options);
    this.choice.value = String(inside);
    this.choice.hidden = scenario.runs.length === 1;
    this.version += 1;
    this.#callbacks.requestFrame();
  }

  get #stage() {
    return /** @type {HTMLElement} */ (this.#root.closest(".mradam-stage"));
  }

  /**
   * @param {Rule} rule
   * @param {(name: string) => number} value of a hyperparameter
   * @param {string[]} axes the names of both weights
   */
  #showRule(rule, value, axes) {
    this.#rule = rule.lines.length === 0 ? null : rule;
    this.#root.toggleAttribute("data-unwritten", this.#rule === null);
    if (this.#rule === null) {
      this.#used = null;
      return;
    }
    const used = usedRule(rule, value);
    if (same([used, axes], [this.#used, this.#axes])) return;
    [this.#used, this.#axes] = [used, axes];
    this.#whole?.remove();
    this.#whole = this.#lines.showRule(used, axes);
    rewrite(this.#curvesHelp, texts.curvesHelp(axes));
    this.#root.toggleAttribute("data-off-map", axes !== texts.axes);
    this.idea.after(this.#whole);
  }

  #changed() {
    this.version += 1;
    this.#callbacks.requestFrame();
  }

  /** Select the next or previous line of the step; see `Lines`. @param {1 | -1} by */
  goToLine(by) {
    if (this.inside !== null && this.#rule !== null) this.#lines.goToLine(by);
  }

  /** Show the whole step again: called while the playhead moves. */
  showWhole() {
    this.#lines.showWhole();
  }

  /**
   * The step that is shown; null if there is none.
   * @param {Walk} walk
   * @param {number} [position] of the playhead
   */
  #step(walk, position = this.#playback.position) {
    if (this.inside === null || this.#rule === null || walk.inside?.index !== this.inside) return null;
    if (this.#rule !== this.#rules?.[walk.scenario.runs[this.inside].optimizer]) return null;
    const step = new Step(walk, this.#rule, position);
    return step.number >= 1 ? step : null;
  }

  /** The pixel of the position before the step; null if no step is shown. @param {?Walk} walk @returns {?Pixel} */
  place(walk) {
    const step = walk === null ? null : this.#step(walk);
    return step === null ? null : this.#view.project(...step.place);
  }

  /** Set the width of the small curves. @param {number} width in CSS pixels */
  resize(width) {
    this.#multiples.resize(width);
  }

  /**
   * Draw the lines that are switched on, up to the selected one.
   * @param {CanvasRenderingContext2D} context
   * @param {Walk} walk
   * @param {Theme} theme
   * @param {{due: boolean, taken: Box[]}} options `due`: draw the small curves, too; `taken`: boxes that no name may
   *   cover
   */
  draw(context, walk, theme, { due, taken }) {
    this.#applyColors(theme);
    const step = this.#step(walk);
    if (step === null) return;
    if ((due || walk.complete) && this.#used !== null) this.#curves(step, this.#used, theme);
    const { drawn, lit, measured } = this.#lines;
    const onMap = () => this.#overlays.draw(context, step, drawn, lit, theme, { measured, taken });
    this.#factors = step.isOnMap ? onMap() : null;
  }

  /**
   * Draw the same lines on another view, for a saved picture.
   * @param {View} view
   * @param {CanvasRenderingContext2D} context
   * @param {Walk} walk
   * @param {number} position of the playhead
   * @param {Theme} theme
   * @param {Box[]} taken boxes that no name may cover
   */
  drawOn(view, context, walk, position, theme, taken) {
    const step = this.#step(walk, position);
    const { drawn, lit, measured } = this.#lines;
    if (step?.isOnMap) new Overlays(view).draw(context, step, drawn, lit, theme, { measured, taken });
  }

  /**
   * Give the panel the theme's colors.
   * @param {Theme} theme
   */
  #applyColors(theme) {
    if (this.#theme === theme) return;
    this.#theme = theme;
    for (const [ink, color] of Object.entries(theme.inks)) this.#root.style.setProperty(`--ink-${ink}`, color);
  }

  /**
   * @param {Step} step
   * @param {Rule} rule
   * @param {Theme} theme
   */
  #curves(step, rule, theme) {
    const height = this.#multiples.height(rule, theme.scale);
    if (this.#height !== height) {
      this.#height = height;
      // A style makes the map smaller by the height of the curves and of the sentence below them.
      this.#stage.style.setProperty("--multiples", `${height + 18 * theme.scale}px`);
    }
    this.#multiples.draw(step, rule, theme);
  }

  /**
   * Show title and numbers of the step at the playhead.
   * @param {Walk} walk
   * @param {(index: number) => string} label the name of a run
   */
  read(walk, label) {
    // A run that has just been added is not yet part of the walk on the screen.
    if (this.inside === null || walk.scenario.runs[this.inside] === undefined) return;
    const step = this.#step(walk);
    const run = label(this.inside);
    rewrite(this.title, step === null ? texts.untitled(run) : texts.title(run, step.number));
    this.#root.dataset.step = step === null ? "" : String(step.number);
    if (step === null) {
      const { values } = walk.scenario.runs[this.inside];
      if (this.#rule !== null) this.#lines.spell((name) => values[name]);
      return;
    }
    this.#lines.fill(step);
    this.#showDigits();
    const { drawn, short } = drawnLengths(step, this.#lines.drawn, this.#factors, this.watched);
    rewrite(this.lengths, drawn);
    rewrite(this.short, short);
    this.short.hidden = short === "";
  }

  /**
   * Show every digit of the number under the pointer. Called again after the numbers have changed.
   * @param {?Element} target
   */
  #showDigits(target = this.#target) {
    this.#target = target;
    rewrite(this.exact, target === null ? "" : (exactAt(target) ?? ""));
  }
}
