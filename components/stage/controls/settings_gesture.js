/**
 * Pointers and keys on the map of settings. A click or a tap takes a cell; the handle is dragged, with a mouse from
 * anywhere; two fingers, or a wheel with Ctrl, zoom; a double click shows the whole range. Arrow keys move the handle.
 */

import { Pointers } from "./pointers.js";

/** @import { Pixel } from "../../kit/types.js" */

/** A pointer that has moved by at most this many pixels makes a click, not a drag. */
const CLICK = 4;
/** The zoom of a key or of a button. */
const ZOOM = 0.6;
/** @type {Record<string, Pixel>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @typedef {object} Callbacks
 * @property {(at: Pixel) => boolean} holds whether a pixel lies inside the axes
 * @property {(at: Pixel, live: boolean) => void} drag puts the handle at a pixel; `live`: the gesture goes on
 * @property {(at: Pixel) => boolean} take takes the cell at a pixel; false if there is none
 * @property {() => void} back takes it back: the click has been the first of a double click
 * @property {(move: Pixel, times: number) => void} nudge moves the handle by cells, while keys are pressed
 * @property {() => void} settle ends a series of moves
 * @property {(at: Pixel | null) => void} hover the pointer is over a pixel; null: it is elsewhere
 * @property {(factor: number, at: Pixel | null) => void} zoom
 * @property {() => void} whole shows the whole range
 */

/**
 * A pressed pointer: `far` whether it has moved, `drags` whether it moves the handle then.
 * @typedef {{ id: number, from: Pixel, last: Pixel, far: boolean, drags: boolean, onKnob: boolean }} Pressed
 */

export class SettingsGesture {
  #plot;
  #callbacks;
  /** The pointer that is pressed. @type {Pressed | null} */
  #pressed = null;
  #fingers = new Pointers();
  /** The spread of two fingers when they last zoomed. */
  #spread = 0;
  /** @type {number | null} */
  #frame = null;
  /** Whether the last click has taken a cell, so that a second one takes it back. */
  #took = false;
  /** Whether the last press was a drag, or on the handle: the click after it takes no cell. */
  #dragged = false;
  /** Whether arrow keys have moved the handle since they were pressed. */
  #nudged = false;

  /** @param {HTMLElement} plot @param {HTMLElement} knob @param {Callbacks} callbacks */
  constructor(plot, knob, callbacks) {
    this.#plot = plot;
    this.#callbacks = callbacks;
    plot.addEventListener("pointerdown", (event) => this.#down(event, event.target === knob));
    plot.addEventListener("pointermove", this.#move);
    plot.addEventListener("pointerup", (event) => this.#leave(event, false));
    plot.addEventListener("pointercancel", (event) => this.#leave(event, true));
    plot.addEventListener("pointerleave", () => callbacks.hover(null));
    plot.addEventListener("click", (event) => event.target !== knob && this.#click(event));
    plot.addEventListener("wheel", this.#wheel, { passive: false });
    for (const name of /** @type {const} */ (["touchstart", "touchmove"]))
      plot.addEventListener(name, twoFingers, { passive: false });
    knob.addEventListener("keydown", this.#key);
    for (const name of /** @type {const} */ (["keyup", "blur"])) knob.addEventListener(name, this.#settle);
  }

  /** Whether the handle is being dragged. */
  get dragging() {
    return this.#pressed?.drags === true && this.#pressed.far;
  }

  /** @param {MouseEvent} event @returns {Pixel} */
  #at({ clientX, clientY }) {
    const box = this.#plot.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  }

  /** @param {PointerEvent} event @param {boolean} onKnob */
  #down(event, onKnob) {
    const { pointerId: id, pointerType, button } = event;
    if (button !== 0) return;
    const at = this.#at(event);
    this.#callbacks.hover(null);
    if (pointerType === "touch" && !this.dragging) {
      this.#fingers.put(id, at);
      this.#spread = this.#fingers.spread;
      if (this.#fingers.size > 1) this.#pressed = null;
    }
    if (this.#pressed !== null || this.#fingers.size > 1 || !(onKnob || this.#callbacks.holds(at))) return;
    // A finger that moves beside the handle scrolls the page.
    const drags = onKnob || pointerType !== "touch";
    this.#pressed = { id, from: at, last: at, far: false, drags, onKnob };
    if (drags) this.#plot.setPointerCapture(id);
  }

  /** @param {PointerEvent} event */
  #move = (event) => {
    const at = this.#at(event);
    if (this.#fingers.has(event.pointerId)) this.#fingers.put(event.pointerId, at);
    if (this.#fingers.size > 1) return this.#pinch();
    const pressed = this.#pressed;
    if (pressed === null) {
      if (event.pointerType !== "touch") this.#callbacks.hover(this.#callbacks.holds(at) ? at : null);
      return;
    }
    if (pressed.id !== event.pointerId) return;
    pressed.last = at;
    pressed.far ||= Math.hypot(at[0] - pressed.from[0], at[1] - pressed.from[1]) > CLICK;
    // Several move events can arrive between two frames; only the last one can be seen.
    this.#frame ??= requestAnimationFrame(this.#follow);
  };

  #follow = () => {
    this.#frame = null;
    if (this.#pressed !== null && this.dragging) this.#callbacks.drag(this.#pressed.last, true);
  };

  #pinch() {
    const { spread, middle } = this.#fingers;
    if (this.#spread > 0) this.#callbacks.zoom(this.#spread / spread, middle);
    this.#spread = spread;
  }

  /** @param {PointerEvent} event @param {boolean} canceled */
  #leave(event, canceled) {
    this.#fingers.drop(event.pointerId);
    this.#spread = this.#fingers.spread;
    const pressed = this.#pressed;
    if (pressed?.id !== event.pointerId) return;
    this.#dragged = pressed.far || pressed.onKnob || canceled;
    if (this.dragging) this.#callbacks.drag(canceled ? pressed.last : this.#at(event), false);
    this.#pressed = null;
  }

  /** A click or a tap takes a cell; a double click shows the whole range instead. @param {MouseEvent} event */
  #click(event) {
    if (this.#dragged) return;
    const at = this.#at(event);
    if (event.detail > 1) {
      if (this.#took) this.#callbacks.back();
      this.#took = false;
      this.#callbacks.whole();
    } else this.#took = this.#callbacks.holds(at) && this.#callbacks.take(at);
  }

  /** @param {WheelEvent} event */
  #wheel = (event) => {
    // A wheel event without a key scrolls the page. A pinch on a touchpad is a wheel event with Ctrl.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#callbacks.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 120)) * 0.25), this.#at(event));
  };

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const move = MOVES[key];
    if (move !== undefined) {
      this.#nudged = true;
      this.#callbacks.nudge(move, event.shiftKey ? 10 : 1);
    } else if (key === "+" || key === "=") this.#callbacks.zoom(ZOOM, null);
    else if (key === "-") this.#callbacks.zoom(1 / ZOOM, null);
    else if (key === "0") this.#callbacks.whole();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #settle = () => {
    if (this.#nudged) this.#callbacks.settle();
    this.#nudged = false;
  };

  /** Zoom by a button. @param {boolean} closer */
  zoom(closer) {
    this.#callbacks.zoom(closer ? ZOOM : 1 / ZOOM, null);
  }
}

/** @param {TouchEvent} event */
function twoFingers(event) {
  if (event.touches.length > 1 && event.cancelable) event.preventDefault();
}
