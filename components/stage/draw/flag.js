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

/** The box of the flag's image, relative to the point that it marks. */
const PICTURE = { left: -9, top: -33, w: 30, h: 36 };
/** Half the side of the square around the run's end where the distance is not written. */
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
  #callbacks;
  #close;
  /** Whether the first state is shown: what follows is a change. */
  #follows = false;
  /** @type {SVGElement} */
  #stroke = drawing("line");
  /** @type {SVGElement} */
  #edge = drawing("line", { class: "edge" });
  /** @type {SVGElement} */
  #svg = drawing("svg", { class: "mradam-curtain-line", "aria-hidden": "true" }, this.#edge, this.#stroke);
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
   * @param {{useHandle(handle: HTMLElement): void}} pointer
   * @param {{turned(lifted: boolean): void, moved(): void}} callbacks `turned` is called when the walk is to be
   *   requested and played, or hidden again; `moved` when a frame is to be drawn
   */
  constructor(root, parts, view, store, pointer, callbacks) {
    this.#root = root;
    this.#parts = parts;
    this.#view = view;
    this.#store = store;
    this.#pointer = pointer;
    this.#callbacks = callbacks;
    parts.map.append(this.#svg, this.#distance, this.handle);
    // This listener is added before that of the stage's keys: while the walk is hidden there is nothing to play.
    root.addEventListener("keydown", (event) => {
      if (this.down && event.key !== "Tab" && event.key !== "Escape") event.stopImmediatePropagation();
    });
    this.#close = store.curtain.subscribe(() => this.#follow());
    this.#follow();
    this.#follows = true;
  }

  /** Whether the walk is still hidden. */
  get down() {
    return this.#store.curtain.down;
  }

  /**
   * The flag's position while it may be moved; null otherwise.
   * @returns {?Point}
   */
  get point() {
    return this.down ? (this.#store.curtain.flag?.point ?? null) : null;
  }

  /** Disable or enable the stage's controls, according to the curtain. */
  #follow() {
    const { down, flag } = this.#store.curtain;
    const turned = this.#root.classList.contains("mradam-curtain") !== down;
    const lifted = turned && !down;
    this.#root.classList.toggle("mradam-curtain", down);
    this.#root.toggleAttribute("data-asking", down && flag !== null);
    for (const part of [this.#parts.transport, this.#parts.curve.parentElement]) if (part !== null) part.inert = down;
    this.#parts.handle.disabled = down;
    this.#pointer.useHandle(down ? this.handle : this.#parts.handle);
    if (lifted) {
      this.#root.focus({ preventScroll: true });
      const { top, bottom } = this.#parts.map.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) this.#parts.map.scrollIntoView({ block: "start" });
    }
    if (turned && this.#follows) this.#callbacks.turned(lifted);
    this.#callbacks.moved();
  }

  /**
   * The box of the flag on the map after the curtain is lifted. Before, it is null, so that no name moves during a
   * drag.
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
   * Move flag and line to their places. Called in every frame; does nothing if nothing has changed.
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
    // While the flag may be moved it takes the focus from the stage, so that arrow keys move it.
    if (shown && down && document.activeElement === this.#root) this.handle.focus({ preventScroll: true });
    const ending = shown && ended && flag.placed ? truth : null;
    this.#svg.toggleAttribute("hidden", ending === null);
    this.#distance.hidden = ending === null;
    if (!shown) return;
    const pixel = this.#view.project(...flag.point);
    this.handle.style.transform = `translate(${pixel[0]}px, ${pixel[1]}px)`;
    this.handle.toggleAttribute("data-placed", flag.placed);
    const [x, y] = flag.point.map(brief);
    this.handle.setAttribute("aria-label", flag.placed ? words.step.flag.placed(x, y) : words.step.flag.waiting);
    if (ending !== null) this.#drawDistance(pixel, this.#view.project(...ending.point), ending.words, names);
  }

  /**
   * Draw the line from the flag to the run's end, with the distance beside its middle where the text covers nothing.
   * @param {Pixel} from
   * @param {Pixel} to
   * @param {string} text
   * @param {Box[]} names
   */
  #drawDistance([x1, y1], [x2, y2], text, names) {
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
   * The size of the distance's text on the screen. It is read only if the text or the map's width has changed, since
   * reading it makes the browser lay out the page.
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
 * The box of a flag that marks a pixel.
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
