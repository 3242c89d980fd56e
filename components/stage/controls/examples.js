/**
 * Moves, adds and removes examples in the picture of the model, and changes their class: by pointers, by the keys of a
 * button that lies on the selected example, and by the buttons below the picture.
 */

import { contract } from "../../contract.js";
import { addRow, changeRow, rowsOf, withNextClass } from "../../kit/data_rows.js";
import { brief } from "../../kit/numbers.js";
import { words } from "../words.js";
import { ExampleGesture } from "./example_gesture.js";

/** @import { Edits } from "../../kit/data_rows.js" */
/** @import { Pixel } from "../../kit/types.js" */
/** @import { ModelPicture } from "../model/picture.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Parts } from "./example_gesture.js" */

/** An arrow key moves the example by this part of the plot. */
const NUDGE = 1 / 100;
/** @type {Record<string, Pixel>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FEWEST = 2;

/**
 * @typedef {object} Callbacks
 * @property {(sentence: string) => void} told reports why something cannot be done; an empty text: nothing is wrong
 * @property {() => void} requestFrame
 */

export class Examples {
  /** The index of the selected example; null: none is. @type {number | null} */
  #selected = null;
  /** What decides the place and the name of the button, when it was last put there. @type {unknown[]} */
  #placed = [];
  #gesture;
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
    const { example } = parts;
    this.#gesture = new ExampleGesture(parts, {
      plot: () => this.#plot,
      selected: () => this.#selected,
      select: (at) => this.#select(at),
      drag: (place) => this.#put(place, true),
      dragged: () => this.#commit(),
      add: (place) => this.#addAt(place),
    });
    example.addEventListener("focus", () => this.#select(this.#selected ?? 0));
    example.addEventListener("keydown", this.#key);
    example.addEventListener("keyup", (event) => {
      if (event.key in MOVES) this.#commit();
    });
  }

  /** Whether an example is being dragged. */
  get dragging() {
    return this.#gesture.dragging;
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

  /** The name of the class that comes after that of the selected example; null: there are no classes, or none is. */
  get nextClass() {
    const data = this.#plot?.data;
    if (data === undefined || this.#selected === null || this.#selected >= data.count) return null;
    const { classes, targets } = data;
    return classes[(targets[this.#selected] + 1) % classes.length] ?? null;
  }

  /** Change the class of the selected example to the next one. */
  changeClass() {
    const shown = this.#shown;
    if (shown === null || this.#selected === null) return;
    const { classes } = shown.plot.data;
    const row = withNextClass(shown.rows[this.#selected], classes.length);
    this.#edit(changeRow(shown.own, this.#edits, this.#selected, row));
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
    else if (key.toLowerCase() === "c" && this.nextClass !== null) this.changeClass();
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
    const state = [plot, data, view.version, at];
    if (state.every((part, index) => part === this.#placed[index])) return;
    this.#placed = state;
    example.toggleAttribute("data-selected", at !== null);
    const [px, py] = plot.pixel(at ?? 0);
    example.style.transform = `translate(${px}px, ${py}px)`;
    const values = data.facts.axes.map(({ label, classes }, column) => {
      const number = data.columns[column][at ?? 0];
      return `${label} ${classes[number] ?? brief(number)}`;
    });
    const name = words.controls.data.example((at ?? 0) + 1, data.count, values, data.classes.length > 0);
    if (example.getAttribute("aria-label") !== name) example.setAttribute("aria-label", name);
  }
}
