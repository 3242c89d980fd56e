/**
 * Inside one step: the step itself, the optimizer's rule line by line in this step's numbers, and the drawing of it.
 */

/** @import { Rule, Scenario } from "../../contract.js" */
/** @import { Box, Pixel, Theme } from "../../kit/types.js" */
/** @import { View } from "../draw/view.js" */
/** @import { Playback } from "../state/playback.js" */
/** @import { Walk } from "../wire/record.js" */
/** @import { Factors } from "./overlays.js" */

import { contract } from "../../contract.js";
import { element } from "../../kit/element.js";
import { named, telling } from "../../kit/runs.js";
import { rules } from "../wire/rules.js";
import { words } from "../words.js";
import { button, Lines } from "./lines.js";
import { loadFont } from "./mathml.js";
import { Multiples } from "./multiples.js";
import { exactAt } from "./numbers.js";
import { Overlays } from "./overlays.js";
import { scales } from "./scales.js";
import { Step } from "./step.js";

const say = words.step;

export class StepPanel {
  /**
   * The index of the run whose step is shown; null while the panel is closed.
   * @type {?number}
   */
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
  /** @type {?{[optimizer: string]: Rule}} */
  #rules = null;
  /** @type {?Rule} */
  #rule = null;
  #lines;
  /**
   * The step whole, at the head of the panel.
   * @type {?HTMLElement}
   */
  #whole = null;
  /** @type {?Factors} */
  #factors = null;
  /** @type {?Theme} */
  #worn = null;
  /** @type {?number} */
  #height = null;
  /**
   * The element under the pointer.
   * @type {?Element}
   */
  #target = null;

  /**
   * @param {{stepPanel: HTMLElement, multiples: HTMLElement}} parts of the stage: the panel, and the place of the
   * curves
   * @param {View} view
   * @param {Playback} playback its playhead says which step is shown
   * @param {{pick(run: ?number): void, wake(): void, failed(error: Error): void}} acts `pick` opens the inside of
   *   another run, or with null closes it; `wake` asks for a frame
   */
  constructor({ stepPanel: root, multiples }, view, playback, acts) {
    this.#root = root;
    this.#playback = playback;
    this.#view = view;
    this.#acts = acts;
    this.#overlays = new Overlays(view);
    this.#chart = multiples;
    const canvas = element("canvas", { role: "img", "aria-label": say.curves });
    multiples.replaceChildren(canvas, element("p", {}, say.curvesHelp));
    this.#multiples = new Multiples(canvas);
    multiples.addEventListener("pointerdown", (event) => {
      const position = this.#multiples.positionAt(event.offsetX, event.offsetY);
      if (position !== null) playback.seek(position);
    });
    this.title = element("h2", {});
    this.idea = element("p", { class: "idea" });
    this.choice = element("select", { "aria-label": say.run, change: () => acts.pick(Number(this.choice.value)) });
    this.#lines = new Lines(root, playback, () => this.#changed());
    const { steps, help, list } = this.#lines;
    steps.prepend(this.choice);
    this.short = element("p", { class: "short", hidden: "" });
    this.scale = element("p", { class: "scales" });
    this.exact = element("div", { class: "exact", translate: "no", hidden: "" });
    const close = button("×", say.closeHelp, "close", () => acts.pick(null));
    close.setAttribute("aria-label", say.close);
    const head = element("div", { class: "top" }, this.title, close);
    root.setAttribute("aria-label", say.region);
    root.append(head, this.idea, steps, help, list, this.short, this.scale, this.exact);
    root.addEventListener("pointerover", ({ target }) => this.#tell(target instanceof Element ? target : null));
    root.addEventListener("pointerleave", () => this.#tell(null));
  }

  /**
   * Show the run that the store names; without one, close the panel.
   * @param {{scenario: Scenario, hidden: Set<number>, inside: ?number}} store
   * @param {{assets: string}} data of the component
   */
  async look({ scenario, hidden, inside }, { assets }) {
    this.inside = inside;
    for (const part of [this.#root, this.#chart]) part.hidden = inside === null;
    this.#stage.toggleAttribute("data-inside", inside !== null);
    this.version += 1;
    if (inside === null) return;
    loadFont(assets);
    try {
      this.#rules ??= /** @type {{[optimizer: string]: Rule}} */ (await rules(assets));
    } catch (failure) {
      this.#acts.failed(/** @type {Error} */ (failure));
      return;
    }
    // While the rules were on their way, another run may have been chosen.
    if (this.inside !== inside) return;
    const { optimizer } = scenario.runs[inside];
    if (this.#rules[optimizer] !== this.#rule) this.#furnish(this.#rules[optimizer]);
    write(this.idea, contract.optimizers[optimizer].idea);
    const options = scenario.runs.map((run, index) => {
      const listed = `${named(scenario, index)}: ${telling(run)}`;
      return element("option", { value: index, ...(hidden.has(index) ? { disabled: "" } : {}) }, listed);
    });
    this.choice.replaceChildren(...options);
    this.choice.value = String(inside);
    this.choice.hidden = scenario.runs.length === 1;
    this.version += 1;
    this.#acts.wake();
  }

  get #stage() {
    return /** @type {HTMLElement} */ (this.#root.closest(".mradam-stage"));
  }

  /** @param {Rule} rule */
  #furnish(rule) {
    this.#rule = rule;
    this.#whole?.remove();
    this.#whole = this.#lines.furnish(rule);
    this.idea.after(this.#whole);
  }

  #changed() {
    this.version += 1;
    this.#acts.wake();
  }

  /**
   * Go to another line of the step; see `Lines`.
   * @param {1 | -1} by
   */
  walk(by) {
    if (this.inside !== null) this.#lines.walk(by);
  }

  /** Show the step whole again: called while the playhead moves. */
  run() {
    this.#lines.run();
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

  /**
   * The pixel at which the step begins; null if none is shown.
   * @param {?Walk} walk
   * @returns {?Pixel}
   */
  place(walk) {
    const step = walk === null ? null : this.#step(walk);
    return step === null ? null : this.#view.project(step.before(0), step.before(1));
  }

  /**
   * Set the room for the curves.
   * @param {number} width in CSS pixels
   */
  resize(width) {
    this.#multiples.resize(width);
  }

  /**
   * Draw what is switched on, up to the line at work.
   * @param {CanvasRenderingContext2D} context
   * @param {Walk} walk
   * @param {Theme} theme
   * @param {{due: boolean, taken: Box[]}} options `due`: draw the curves, too; `taken`: where no name may stand
   */
  draw(context, walk, theme, { due, taken }) {
    this.#wear(theme);
    const step = this.#step(walk);
    if (step === null) return;
    if (due || walk.complete) this.#curves(step, theme);
    const { drawn, lit, scale } = this.#lines;
    this.#factors = this.#overlays.draw(context, step, drawn, lit, theme, { scale, taken });
  }

  /**
   * Draw the same on another view, for a saved picture.
   * @param {View} view
   * @param {CanvasRenderingContext2D} context
   * @param {Walk} walk
   * @param {number} position of the playhead
   * @param {Theme} theme
   * @param {Box[]} taken where no name may stand
   */
  drawOn(view, context, walk, position, theme, taken) {
    const step = this.#step(walk, position);
    const { drawn, lit, scale } = this.#lines;
    if (step !== null) new Overlays(view).draw(context, step, drawn, lit, theme, { scale, taken });
  }

  /**
   * Give the panel the theme's colors.
   * @param {Theme} theme
   */
  #wear(theme) {
    if (this.#worn === theme) return;
    this.#worn = theme;
    for (const [ink, color] of Object.entries(theme.inks)) this.#root.style.setProperty(`--ink-${ink}`, color);
  }

  /**
   * @param {Step} step
   * @param {Theme} theme
   */
  #curves(step, theme) {
    const height = this.#multiples.height(step.rule, theme.scale);
    if (this.#height !== height) {
      this.#height = height;
      // The map gets smaller by the curves and the line that explains them.
      this.#stage.style.setProperty("--multiples", `${height + 18 * theme.scale}px`);
    }
    this.#multiples.draw(step, theme);
  }

  /**
   * Bring title and numbers to the playhead.
   * @param {Walk} walk
   * @param {(index: number) => string} label the name of a run
   */
  read(walk, label) {
    // A run that has just been added is not in the walk that is still shown.
    if (this.inside === null || walk.scenario.runs[this.inside] === undefined) return;
    const step = this.#step(walk);
    const run = label(this.inside);
    write(this.title, step === null ? say.untitled(run) : say.title(run, step.number));
    this.#root.dataset.step = step === null ? "" : String(step.number);
    if (step === null) {
      const { values } = walk.scenario.runs[this.inside];
      this.#lines.spell((name) => values[name]);
      return;
    }
    this.#lines.fill(step);
    this.#tell();
    const { drawn, short } = this.#factors === null ? { drawn: "", short: "" } : scales(step, this.#factors);
    write(this.scale, drawn);
    write(this.short, short);
    this.short.hidden = short === "";
  }

  /**
   * Show every digit of the number under the pointer, also after it has changed.
   * @param {?Element} target
   */
  #tell(target = this.#target) {
    this.#target = target;
    const digits = target === null ? null : exactAt(target);
    this.exact.hidden = digits === null;
    if (target === null || digits === null) return;
    this.exact.textContent = digits;
    const [panel, number] = [this.#root.getBoundingClientRect(), target.getBoundingClientRect()];
    const left = Math.max(4, Math.min(number.left - panel.left, panel.width - this.exact.offsetWidth - 8));
    this.exact.style.transform = `translate(${left}px, ${number.bottom - panel.top + this.#root.scrollTop + 4}px)`;
  }
}

/**
 * @param {HTMLElement} where
 * @param {string} text
 */
function write(where, text) {
  if (where.textContent !== text) where.textContent = text;
}
