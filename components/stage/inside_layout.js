/** The layout of the inside of a step: where its small curves are, and where the page is when the inside opens. */

/** @import { Parts } from "./layout.js" */
/** @import { StepPanel } from "./step/panel.js" */

/**
 * In a window of this size, such as a laptop's, the small curves are the last part of the panel, which scrolls
 * separately: below the loss chart they would leave less than half of the height for the map (step/beside.css).
 */
const SHORT = "(min-width: 761px) and (max-height: 899px)";
/** Pixels between the map and the panel's head below it. */
const GAP = 8;
/** The height of the links to the pages, which cover the top of the page, in CSS pixels. */
const HEADER = 56;

export class InsideLayout {
  #parts;
  #main;
  #short = matchMedia(SHORT);
  #open = false;
  #sizes;

  /**
   * @param {Parts} parts
   * @param {StepPanel} stepPanel receives the width of the small curves
   * @param {() => void} requestFrame
   */
  constructor(parts, stepPanel, requestFrame) {
    this.#parts = parts;
    this.#main = /** @type {HTMLElement} */ (parts.map.parentElement);
    this.#sizes = new ResizeObserver(([{ contentRect }]) => {
      stepPanel.resize(contentRect.width);
      requestFrame();
    });
    this.#sizes.observe(parts.multiples);
    this.#short.addEventListener("change", this.#place);
    this.#place();
  }

  #place = () => {
    const { multiples, stepPanel } = this.#parts;
    (this.#short.matches ? stepPanel : this.#main).append(multiples);
  };

  /**
   * When the visitor has opened the inside, scroll the page to the head of its panel. Where the panel is below the map,
   * it then begins directly below the map, which stays in view. Elsewhere the page scrolls only if the head is not in
   * view.
   * @param {boolean} open
   */
  show(open) {
    const opened = open && !this.#open;
    this.#open = open;
    const { map, stepPanel } = this.#parts;
    if (!opened) return;
    const { position, top: stop } = getComputedStyle(map);
    const { top } = stepPanel.getBoundingClientRect();
    const stays = position === "sticky";
    if (!stays && top >= HEADER && top < innerHeight / 2) return;
    const wanted = stays ? Number.parseFloat(stop) + map.offsetHeight + GAP : HEADER + GAP;
    map.closest(".stMain")?.scrollBy(0, top - wanted);
  }

  remove() {
    this.#sizes.disconnect();
    this.#short.removeEventListener("change", this.#place);
  }
}
