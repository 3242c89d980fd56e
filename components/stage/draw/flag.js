/** The flag that a learner places before the walk is shown, and later the line from it to the run's end. */

/** @import { Box, Pixel, Point } from "../../kit/types.js" */
/** @import { Store } from "../state/store.js" */
/** @import { View } from "./view.js" */

import { drawing, element } from "../../kit/element.js";
import { brief } from "../../kit/numbers.js";
import { same } from "../../kit/sameness.js";
import { words } from "../words.js";
import { Placer } from "./placer.js";

/**
 * The stage's elements that the flag needs.
 * @typedef {{map: HTMLElement, transport: HTMLElement, curve: HTMLElement, handle: HTMLButtonElement}} Parts
 */

/** The flag's picture around the point where it stands; and half the side of the square that the run's end takes. */
const PICTURE = { left: -9, top: -33, w: 30, h: 36 };
const HEAD = 12;
const CLOTH = "M6 22V2M6 3h11l-3.2 3.6L17 10.2H6";
const BELOW = Math.PI / 2;

export class Flag {
  /** @type {HTMLButtonElement} */
  handle = element("button", { type: "button", class: "mradam-curtain-flag", hidden: "" }, picture());
  #root;
  #parts;
  #view;
  #store;
  #pointer;
  #acts;
  #close;
  /** @type {SVGElement} */
  #stroke = drawing("line");
  /** @type {SVGElement} */
  #edge = drawing("line", { class: "edge" });
  /** @type {SVGElement} */
  #sheet = drawing("svg", { class: "mradam-curtain-line", "aria-hidden": "true" }, this.#edge, this.#stroke);
  /** @type {HTMLElement} */
  #distance = element("p", { class: "mradam-curtain-words" });
  /** @type {?{name: string, w: number, h: number}} */
  #size = null;
  /** @type {unknown[]} */
  #state = [];

  /**
   * @param {HTMLElement} root of the stage
   * @param {Parts} parts
   * @param {View} view
   * @param {Store} store
   * @param {{grip(handle: HTMLElement): void}} pointer
   * @param {{lifted(): void, moved(): void}} acts `lifted` is called when the walk has to be requested and played,
   *   `moved` when a frame has to be drawn
   */
  constructor(root, parts, view, store, pointer, acts) {
    this.#root = root;
    this.#parts = parts;
    this.#view = view;
    this.#store = store;
    this.#pointer = pointer;
    this.#acts = acts;
    parts.map.append(this.#sheet, this.#distance, this.handle);
    // This listener is added before the playback's, which has nothing to play yet.
    root.addEventListener("keydown", (event) => {
      if (this.down && event.key !== "Tab" && event.key !== "Escape") event.stopImmediatePropagation();
    });
    this.#close = store.curtain.subscribe(() => this.#follow());
    this.#follow();
  }

  /** Whether the walk is still hidden. */
  get down() {
    return this.#store.curtain.down;
  }

  /**
   * Where the flag stands while it may be moved; null otherwise.
   * @returns {?Point}
   */
  get point() {
    return this.down ? (this.#store.curtain.flag?.point ?? null) : null;
  }

  /** Bring the stage to the state of the curtain. */
  #follow() {
    const { down, flag } = this.#store.curtain;
    const lifted = this.#root.classList.contains("mradam-curtain") && !down;
    this.#root.classList.toggle("mradam-curtain", down);
    this.#root.toggleAttribute("data-asking", down && flag !== null);
    for (const part of [this.#parts.transport, this.#parts.curve.parentElement]) if (part !== null) part.inert = down;
    this.#parts.handle.disabled = down;
    this.#pointer.grip(down ? this.handle : this.#parts.handle);
    if (lifted) {
      this.#root.focus({ preventScroll: true });
      const { top, bottom } = this.#parts.map.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) this.#parts.map.scrollIntoView({ block: "start" });
      this.#acts.lifted();
    }
    this.#acts.moved();
  }

  /**
   * The box of the flag on the map once it can no longer be moved; null before, so that no name moves during a drag.
   * @returns {?Box}
   */
  get kept() {
    const { flag, down } = this.#store.curtain;
    return flag?.placed && !down && this.#valid ? boxOf(this.#view.project(...flag.point)) : null;
  }

  /** Whether the flag was placed for the scenario that is shown. */
  get #valid() {
    return same(this.#store.scenario, this.#store.curtain.guessed);
  }

  /**
   * Put flag and line at their places. Called in every frame: without a change it does nothing.
   * @param {Box[]} names boxes on the map that the distance must not cover
   */
  place(names) {
    const { flag, truth, down, ended } = this.#store.curtain;
    if (down) this.#store.curtain.guessed = this.#store.scenario;
    const shown = flag !== null && (down || (flag.placed && this.#valid));
    const state = [flag, truth, down, ended, shown, names, this.#view.version];
    if (state.every((part, index) => part === this.#state[index])) return;
    this.#state = state;
    this.handle.hidden = !shown;
    this.handle.disabled = !down;
    // The keys that would go to the stage go to the flag first.
    if (shown && down && document.activeElement === this.#root) this.handle.focus({ preventScroll: true });
    const tied = shown && ended && flag.placed ? truth : null;
    this.#sheet.toggleAttribute("hidden", tied === null);
    this.#distance.hidden = tied === null;
    if (!shown) return;
    const pixel = this.#view.project(...flag.point);
    this.handle.style.transform = `translate(${pixel[0]}px, ${pixel[1]}px)`;
    this.handle.toggleAttribute("data-placed", flag.placed);
    const [x, y] = flag.point.map(brief);
    this.handle.setAttribute("aria-label", flag.placed ? words.step.flag.placed(x, y) : words.step.flag.waiting);
    if (tied !== null) this.#tie(pixel, this.#view.project(...tied.point), tied.words, names);
  }

  /**
   * Draw the line from the flag to the run's end, with its length beside its middle where it covers nothing.
   * @param {Pixel} from
   * @param {Pixel} to
   * @param {string} text
   * @param {Box[]} names
   */
  #tie([x1, y1], [x2, y2], text, names) {
    for (const line of [this.#edge, this.#stroke])
      for (const [name, at] of Object.entries({ x1, y1, x2, y2 })) line.setAttribute(name, String(at));
    this.#distance.textContent = text;
    /** @type {Pixel} */
    const middle = [(x1 + x2) / 2, (y1 + y2) / 2];
    const size = this.#measure(text);
    const end = { x: x2 - HEAD, y: y2 - HEAD, w: 2 * HEAD, h: 2 * HEAD };
    const placer = new Placer(this.#view.area, [this.#view.tools, boxOf([x1, y1]), end, ...names]);
    placer.line([x1, y1], [x2, y2]);
    const { x, y } = placer.place(middle, size, BELOW) ?? { x: middle[0] - size.w / 2, y: middle[1] + 8 };
    this.#distance.style.transform = `translate(${x}px, ${y}px)`;
  }

  /**
   * The size of the distance on the screen. It is read only after text or screen have changed, because the browser lays
   * out the page for it.
   * @param {string} text
   */
  #measure(text) {
    const name = `${text} ${this.#view.width}`;
    if (this.#size?.name !== name) this.#size = { name, w: this.#distance.offsetWidth, h: this.#distance.offsetHeight };
    return this.#size;
  }

  /** Stop following the curtain. */
  remove() {
    this.#close();
  }
}

/**
 * The box of the flag that stands at a pixel.
 * @param {Pixel} pixel
 * @returns {Box}
 */
function boxOf([px, py]) {
  return { x: px + PICTURE.left, y: py + PICTURE.top, w: PICTURE.w, h: PICTURE.h };
}

function picture() {
  return drawing(
    "svg",
    { viewBox: "0 0 20 24", "aria-hidden": "true" },
    drawing("path", { class: "around", d: CLOTH }),
    drawing("path", { class: "cloth", d: CLOTH }),
  );
}
