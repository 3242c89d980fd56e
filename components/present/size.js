/** The size of the stage in the presenter's view: what title and question leave free above the legend of the keys. */

/** The least height of the stage, in CSS pixels. */
const LEAST = 300;
/** The distance of the stage from the legend, and of the inside of a step from the window's upper edge. */
const [GAP, EDGE] = [8, 14];

export class StageSize {
  #foot;
  /** @type {?Element} */
  #stage = null;
  #sizes = new ResizeObserver(() => this.fit());

  /** @param {HTMLElement} foot the element that covers the lower edge of the window */
  constructor(foot) {
    this.#foot = foot;
  }

  /**
   * Follow the place of a stage, until the next call.
   * @param {Element} stage
   */
  follow(stage) {
    this.stop();
    this.#stage = stage;
    const above = [...document.querySelectorAll(".st-key-lesson-head, .st-key-lesson-ask, .st-key-playground-head")];
    const page = document.querySelector(".stMainBlockContainer");
    for (const part of [stage, page, this.#foot, ...above]) if (part !== null) this.#sizes.observe(part);
    this.fit();
  }

  stop() {
    this.#sizes.disconnect();
  }

  /** Write the stage's height, and how far its upper edge is below the window's, as properties that styles use. */
  fit() {
    if (this.#stage === null) return;
    const { top } = this.#stage.getBoundingClientRect();
    const room = Math.max(LEAST, Math.floor(innerHeight - this.#foot.offsetHeight - top - GAP));
    const { style } = document.documentElement;
    for (const [name, pixels] of [
      ["--room", room],
      ["--rise", Math.max(0, Math.floor(top - EDGE))],
    ])
      if (style.getPropertyValue(`${name}`) !== `${pixels}px`) style.setProperty(`${name}`, `${pixels}px`);
  }
}
