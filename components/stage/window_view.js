/** The part of the map that is shown, in the address: a link to an enlarged map, and Back, show the same part. */

import { drawable } from "./controls/move_ground.js";
import { tidy } from "./draw/view.js";

/** @import { Range } from "../kit/types.js" */
/** @import { Ground } from "./draw/ground.js" */
/** @import { View } from "./draw/view.js" */
/** @import { Store } from "./state/store.js" */
/** @import { ChosenWindow } from "./wire/pictures.js" */

/** The address is written when the view has rested for so many milliseconds: browsers refuse many changes a second. */
const RESTED = 200;
/** The ends in the address are as exact as this part of the range: about a pixel. */
const EXACT = 1 / 500;

export class WindowView {
  #view;
  #ground;
  #store;
  #requestFrame;
  #switched;
  /** What the address sets, until the map of the surface is shown; undefined if it has been shown. */
  #opening = /** @type {ChosenWindow | null | undefined} */ (undefined);
  /** The ranges that the address has, as text. */
  #written = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Pick<View, "x" | "y">} view
   * @param {Pick<Ground, "key" | "zoomed" | "open" | "home">} ground
   * @param {Pick<Store, "scenario">} store
   * @param {{ requestFrame: () => void, switched: () => void }} callbacks `switched`: the address is to be written
   */
  constructor(view, ground, store, { requestFrame, switched }) {
    this.#view = view;
    this.#ground = ground;
    this.#store = store;
    this.#requestFrame = requestFrame;
    this.#switched = switched;
  }

  /** Whether the map that is shown is that of the scenario. */
  get #isPresent() {
    return this.#ground.key !== null && this.#ground.key === this.#store.scenario?.surface;
  }

  /** The part that is shown; null: the whole map. @returns {ChosenWindow | null} */
  get choice() {
    if (this.#opening !== undefined) return this.#opening;
    if (!this.#isPresent || !this.#ground.zoomed) return null;
    const { x, y } = this.#view;
    return { x: rounded(x), y: rounded(y), surface: this.#ground.key };
  }

  set choice(chosen) {
    this.#opening = chosen !== null && drawable(chosen) ? chosen : null;
    this.#requestFrame();
  }

  /** Show what the address sets as soon as there is a map, and write into the address what the visitor shows. */
  follow() {
    if (!this.#isPresent) return;
    // After Back to another surface its scenario arrives later than the address.
    if (this.#opening && this.#opening.surface !== null && this.#opening.surface !== this.#ground.key) return;
    if (this.#opening !== undefined) {
      if (this.#opening !== null) this.#ground.open(this.#opening);
      else if (this.#ground.zoomed) this.#ground.home();
      this.#opening = undefined;
      this.#written = this.#text;
    }
    const text = this.#text;
    if (text === this.#written) return;
    this.#written = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#switched, RESTED);
  }

  get #text() {
    return this.#ground.zoomed ? [...this.#view.x, ...this.#view.y].join() : "";
  }

  remove() {
    clearTimeout(this.#timer);
  }
}

/** The ends of a range with as few digits as a pixel needs. @param {Range} range @returns {Range} */
function rounded([low, high]) {
  const step = EXACT * (high - low);
  const ends = [tidy(low, step), tidy(high, step)];
  return ends[0] < ends[1] ? [ends[0], ends[1]] : [low, high];
}
