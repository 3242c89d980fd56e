/**
 * Moves, adds and removes examples in the picture of the model: by dragging, by a double click or a long press, and
 * by the keys of a button that lies on the selected example.
 */

import { contract } from "../../contract.js";
import { addRow, changeRow, rowsOf } from "../../kit/data_rows.js";
import { brief } from "../../kit/numbers.js";
import { words } from "../words.js";

/** @import { Edits } from "../../kit/data_rows.js" */
/** @import { Pixel } from "../../kit/types.js" */
/** @import { ModelPicture } from "../model/picture.js" */
/** @import { Store } from "../state/store.js" */

/** A pointer takes the nearest example within this many pixels. */
const NEAR = { mouse: 10, touch: 24 };
/** A pointer that has moved by at most this many pixels makes a click, not a drag. */
const CLICK = 4;
/** A finger that rests for this many milliseconds adds an example. */
const LONG = 600;
/** An arrow key moves the example by this part of the plot. */
const NUDGE = 1 / 100;
/** @type {Record<string, Pixel>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FEWEST = 2;

/**
 * @typedef {object} Parts
 * @property {HTMLElement} model
 * @property {HTMLCanvasElement} modelCanvas
 * @property {HTMLButtonElement} example
 */

/**
 * @typedef {object} Callbacks
 * @property {(sentence: string) => void} told reports why something cannot be done; an empty text: nothing is wrong
 * @property {() => void} requestFrame
 */

export class Examples {
  /** The index of the selected example; null: none is. @type {number | null} */
  #selected = null;
  /** @type {{ id: number, from: Pixel, last: Pixel, far: boolean, grip: Pixel } | null} */
  #drag = null;
  /** @type {number | null} */
  #frame = null;
  /** What decides the place and the name of the button, when it was last put there. @type {unknown[]} */
  #placed = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #press;
  #parts;
  #picture;
  #store;
  #callbacks;

  /** @param {Parts} parts @param {ModelPicture} picture @param {Store} store @param {Callbacks} callbacks */
  constructor(parts, picture, store, callbacks) {
    this.#parts = parts;
    this.#picture = picture;
    this.#store = store;
    this.#callbacks = callbacks;
    const { modelCanvas: canvas, example } = parts;
    const targets = /** @type {HTMLElement[]} */ ([canvas, example]);
    for (const target of targets) {
      target.addEventListener("pointerdown", this.#down);
      target.addEventListener("pointermove", this.#move);
      target.addEventListener("pointerup", (event) => this.#leave(event, false));
      target.addEventListener("pointercancel", (event) => this.#leave(event, true));
    }
    canvas.addEventListener("dblclick", (event) => this.#addAt(this.#at(event)));
    // A finger on an example drags it; anywhere else it scrolls the page.
    for (const target of targets) target.addEventListener("touchstart", this.#touch, { passive: false });
    example.addEventListener("focus", () => this.#select(this.#selected ?? 0));
    example.addEventListener("keydown", this.#key);
    example.addEventListener("keyup", (event) => {
      if (event.key in MOVES) this.#commit();
    });
  }

  /** Whether an example is being dragged. */
  get dragging() {
    return this.#drag?.far === true;
  }

  get selected() {
    return this.#selected;
  }

  /** @returns {Edits} */
  get #edits() {
    return this.#store.scenario;
  }

  /** The plot of the examples; null if there are none that can be edited. */
  get #plot() {
    const { plot, editable } = this.#picture;
    return !editable || this.#store.scenario === null || this.#store.curtain.down ? null : plot;
  }

  /** The rows that are shown, and the plot that shows them; null if there is no picture. */
  get #shown() {
    const plot = this.#plot;
    if (plot === null) return null;
    const own = plot.data.facts.rows;
    return { plot, own, rows: rowsOf(own, this.#edits) };
  }

  /** @param {MouseEvent} event @returns {Pixel} */
  #at(event) {
    const box = this.#parts.model.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** @param {TouchEvent} event */
  #touch = (event) => {
    const plot = this.#plot;
    if (plot === null || event.touches.length !== 1) return;
    const box = this.#parts.model.getBoundingClientRect();
    const { clientX, clientY } = event.touches[0];
    const place = /** @type {Pixel} */ ([clientX - box.left, clientY - box.top]);
    if (plot.nearest(place, NEAR.touch) !== null) event.preventDefault();
  };

  /** @param {PointerEvent} event */
  #down = (event) => {
    const plot = this.#plot;
    if (plot === null || event.button !== 0 || this.#drag !== null) return;
    const place = this.#at(event);
    const within = event.pointerType === "touch" ? NEAR.touch : NEAR.mouse;
    const found = plot.nearest(place, within);
    if (found === null) {
      this.#select(null);
      if (event.pointerType === "touch") this.#press = setTimeout(() => this.#addAt(place), LONG);
      return;
    }
    event.preventDefault();
    this.#select(found);
    const [px, py] = plot.pixel(found);
    const grip = /** @type {Pixel} */ ([px - place[0], py - place[1]]);
    this.#drag = { id: event.pointerId, from: place, last: place, far: false, grip };
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
    this.#parts.example.focus({ preventScroll: true });
  };

  /** @param {PointerEvent} event */
  #move = (event) => {
    const drag = this.#drag;
    if (drag === null) {
      this.#hover(event);
      return;
    }
    if (event.pointerId !== drag.id) return;
    drag.last = this.#at(event);
    drag.far ||= Math.hypot(drag.last[0] - drag.from[0], drag.last[1] - drag.from[1]) > CLICK;
    // Several move events can arrive between two frames; only the last one can be seen.
    this.#frame ??= requestAnimationFrame(this.#follow);
  };

  /** Show that an example can be dragged, and end a long press that moves. @param {PointerEvent} event */
  #hover(event) {
    clearTimeout(this.#press);
    if (event.pointerType === "touch") return;
    const plot = this.#plot;
    const over = plot !== null && plot.nearest(this.#at(event), NEAR.mouse) !== null;
    this.#parts.modelCanvas.toggleAttribute("data-over", over);
  }

  #follow = () => {
    this.#frame = null;
    const drag = this.#drag;
    if (!drag?.far) return;
    this.#put([drag.last[0] + drag.grip[0], drag.last[1] + drag.grip[1]], true);
  };

  /** @param {PointerEvent} event @param {boolean} canceled */
  #leave(event, canceled) {
    clearTimeout(this.#press);
    const drag = this.#drag;
    if (drag === null || event.pointerId !== drag.id) return;
    if (!canceled) drag.last = this.#at(event);
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#follow();
    this.#drag = null;
    if (drag.far) this.#commit();
  }

  /**
   * Move the selected example to a pixel.
   * @param {Pixel} place
   * @param {boolean} live
   */
  #put(place, live) {
    const shown = this.#shown;
    if (shown === null || this.#selected === null) return;
    const row = shown.plot.rowAt(place, shown.rows[this.#selected]);
    this.#edit(changeRow(shown.own, this.#edits, this.#selected, row), live);
  }

  #commit() {
    this.#store.edit({}, { origin: "data" });
  }

  /** @param {Edits} edits @param {boolean} [live] */
  #edit(edits, live = false) {
    this.#callbacks.told("");
    this.#store.edit(edits, { origin: "data", live });
  }

  /** Add an example in the middle of the picture, and select it. */
  add() {
    const area = this.#picture.plot?.view.area;
    if (area === undefined) return;
    this.#addAt([area.left + area.width / 2, area.top + area.height / 2]);
    this.#parts.example.focus({ preventScroll: true });
  }

  /** @param {Pixel} place */
  #addAt(place) {
    const shown = this.#shown;
    if (shown === null || !shown.plot.view.holds(...place)) return;
    if (shown.plot.nearest(place, 1) !== null) return;
    const { rows: most } = contract.limits;
    if (shown.rows.length >= most) {
      this.#callbacks.told(words.controls.data.full(most));
      return;
    }
    const near = shown.plot.nearest(place, Infinity) ?? 0;
    this.#edit(addRow(shown.own, this.#edits, shown.plot.rowAt(place, shown.rows[near])));
    this.#select(shown.rows.length);
  }

  /** Remove the selected example. */
  remove() {
    const shown = this.#shown;
    if (shown === null || this.#selected === null) return;
    if (shown.rows.length <= FEWEST) {
      this.#callbacks.told(words.controls.data.few(FEWEST));
      return;
    }
    this.#edit(changeRow(shown.own, this.#edits, this.#selected, null));
    this.#select(Math.min(this.#selected, shown.rows.length - 2));
  }

  /** Return to the data of the surface. */
  reset() {
    this.#select(null);
    this.#edit({ points: [], table: null });
  }

  /** @param {number | null} at */
  #select(at) {
    this.#selected = at;
    this.#callbacks.requestFrame();
  }

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    const shown = this.#shown;
    const { key } = event;
    if (shown === null || this.#selected === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = shown.rows.length - 1;
    const move = MOVES[key];
    if (move !== undefined) {
      const { area } = shown.plot.view;
      const [px, py] = shown.plot.pixel(this.#selected);
      const by = NUDGE * (event.shiftKey ? 10 : 1);
      this.#put([px + move[0] * by * area.width, py + move[1] * by * area.height], true);
    } else if (key === "PageDown") this.#select(this.#selected === last ? 0 : this.#selected + 1);
    else if (key === "PageUp") this.#select(this.#selected === 0 ? last : this.#selected - 1);
    else if (key === "Delete" || key === "Backspace") this.remove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Put the button on the selected example; called in each frame, without reading the layout. */
  place() {
    const { example } = this.#parts;
    const plot = this.#plot;
    example.hidden = plot === null;
    if (plot === null) return;
    const { data, view } = plot;
    if (this.#selected !== null && this.#selected >= data.count) this.#selected = null;
    const at = this.#selected;
    const state = [plot, view.version, at];
    if (state.every((part, index) => part === this.#placed[index])) return;
    this.#placed = state;
    example.toggleAttribute("data-selected", at !== null);
    const [px, py] = plot.pixel(at ?? 0);
    example.style.transform = `translate(${px}px, ${py}px)`;
    const numbers = data.facts.axes.map(({ label }, column) => `${label} ${brief(data.columns[column][at ?? 0])}`);
    const name = words.controls.data.example((at ?? 0) + 1, data.count, numbers);
    if (example.getAttribute("aria-label") !== name) example.setAttribute("aria-label", name);
  }
}
