/** The buttons on the map: zoom, move the ground, copy the link, save the picture, switch pictures on. */

import { copy } from "../../kit/copy.js";
import { shared } from "../wire/places.js";
import { words } from "../words.js";
import { cornerFor } from "./corner.js";
import { SHOW_MENU, ShowMenu } from "./show_menu.js";

/** @import { Pixel } from "../../kit/types.js" */
/** @import { Aggregate } from "../draw/types.js" */
/** @import { View } from "../draw/view.js" */

/** How long a message is shown, in milliseconds. */
const SHOWN_FOR = 4000;
/** The size of a button, and the space around the row (tools.css), in pixels. */
const SIZE = { button: 30, around: 11, h: 38 };
/** @type {["in" | "out" | "home" | "pan" | "link" | "save" | "svg" | "take", string][]} */
const ICONS = [
  ["in", "M12 5v14M5 12h14"],
  ["out", "M5 12h14"],
  ["home", "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"],
  ["pan", "M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3"],
  ["link", "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"],
  ["save", "M12 4v11M7 11l5 5 5-5M5 20h14"],
  ["svg", "M12 3v8M8 8l4 4 4-4M4 21L9 15.5L14 19L20 14.5"],
  ["take", "M3 11L12 3.5L21 11M6 9v11h12V9M12 10.5v6M9.4 14L12 16.6L14.6 14"],
];

/** The buttons, as HTML. */
export const TOOLS = `${ICONS.map(([name, path]) => {
  const label = words.controls.tools[name];
  const pressed = name === "pan" ? ' aria-pressed="false"' : "";
  return `<button type="button" data-tool="${name}" aria-label="${label}" title="${label}"${pressed}>
    <svg viewBox="0 0 24 24" class="line" aria-hidden="true"><path d="${path}"/></svg></button>`;
}).join("")}${SHOW_MENU}`;

/**
 * The switch of the picture of the model.
 * @typedef {{ exists: boolean, isNetwork: boolean, choice: boolean, toggle: () => void }} ModelSwitch
 */
/**
 * @typedef {object} Callbacks
 * @property {{home: () => void}} ground
 * @property {{zoom: (factor: number, place: Pixel | null) => void, switchPan: () => boolean}} pointer
 * @property {(format: "png" | "svg") => Promise<void>} save downloads the picture
 * @property {() => void} requestFrame requests a frame
 * @property {() => Pixel | null} focus the pixel to zoom about; null: the middle
 * @property {ModelSwitch} model
 * @property {Pick<Aggregate, "name" | "on" | "exists" | "toggle">[]} aggregates
 * @property {{ toggle: () => void }} batch
 */

export class Tools {
  /** A sentence on what was just done; empty after `SHOWN_FOR`. */
  message = "";
  #row;
  #menu;
  #model;
  #aggregates;
  #shown = "";
  #requestFrame;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} row
   * @param {Callbacks} callbacks
   */
  constructor(row, { ground, pointer, save, requestFrame, focus, model, aggregates, batch }) {
    this.#row = row;
    this.#menu = new ShowMenu(row);
    this.#model = model;
    this.#aggregates = aggregates;
    this.#requestFrame = requestFrame;
    /** @type {Record<string, () => unknown>} */
    const actions = {
      in: () => pointer.zoom(0.7, focus()),
      out: () => pointer.zoom(1 / 0.7, focus()),
      home: () => ground.home(),
      pan: () => this.#press("pan", pointer.switchPan()),
      model: () => model.toggle(),
      ...Object.fromEntries(aggregates.map((each) => [each.name, () => each.toggle()])),
      batch: () => batch.toggle(),
      link: async () => {
        await copy(shared(location.href));
        this.#showMessage(words.controls.tools.copied);
      },
      save: () => save("png"),
      svg: () => save("svg"),
      take: () => {}, // TakeHome opens the menu
    };
    row.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button");
      if (button?.dataset.tool !== undefined) this.#do(actions[button.dataset.tool]);
    });
  }

  /**
   * Move the tools to a corner of the map where they do not cover the start's ring, and reserve their box, so that no
   * name on the map covers them.
   * @param {View} view
   * @param {Pixel} ring
   */
  place(view, ring) {
    this.#showSwitches();
    const count = ICONS.length + 1;
    // On a narrow map the buttons take two rows.
    const most = Math.max(1, Math.floor((view.area.width - 2 * SIZE.around) / SIZE.button));
    const [columns, rows] = [Math.min(count, most), Math.ceil(count / most)];
    const size = { w: SIZE.around + SIZE.button * columns, h: SIZE.h + SIZE.button * (rows - 1) };
    const { x, y, w, h, corner } = cornerFor(view.area, size, ring);
    const { tools } = view;
    if (x === tools.x && y === tools.y && w === tools.w && h === tools.h) return;
    view.reserve({ x, y, w, h });
    this.#row.style.maxWidth = `${SIZE.button * columns}px`;
    this.#row.dataset.corner = corner;
    this.#row.style.transform = `translate(${x}px, ${y}px)`;
  }

  /** The buttons that a surface may not have: a picture needs data, and gradients of examples need two weights. */
  get #hidden() {
    const { exists, isNetwork } = this.#model;
    const aggregates = this.#aggregates.map((each) => [each.name, !each.exists]);
    return { model: !exists, batch: !exists || isNetwork, ...Object.fromEntries(aggregates) };
  }

  /** Show what is on; and hide the buttons that the surface does not have. */
  #showSwitches() {
    const pressed = [{ name: "model", on: this.#model.choice }, ...this.#aggregates];
    const hidden = Object.entries(this.#hidden);
    const shown = `${hidden} ${pressed.map(({ on }) => on)}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    for (const [name, is] of hidden) this.#row.querySelector(`[data-tool=${name}]`)?.toggleAttribute("hidden", is);
    for (const { name, on } of pressed) this.#press(name, on);
    const isThere = (/** @type {string} */ name) => !hidden.some(([of, is]) => of === name && is);
    const on = pressed.some((each) => each.on && isThere(each.name));
    this.#menu.mark({ on, empty: hidden.every(([, is]) => is) });
  }

  remove() {
    clearTimeout(this.#timer);
    this.#menu.remove();
  }

  /** @param {() => unknown} act */
  async #do(act) {
    try {
      await act();
    } catch (failure) {
      this.#showMessage(failure instanceof Error ? failure.message : String(failure));
    }
    this.#requestFrame();
  }

  /**
   * @param {string} name
   * @param {boolean} pressed
   */
  #press(name, pressed) {
    this.#row.querySelector(`[data-tool=${name}]`)?.setAttribute("aria-pressed", String(pressed));
  }

  /** @param {string} message */
  #showMessage(message) {
    this.message = message;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.message = "";
      this.#requestFrame();
    }, SHOWN_FOR);
  }
}
