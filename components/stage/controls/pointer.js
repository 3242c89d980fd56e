/**
 * Pointers and keys on the map. A pointer belongs to one gesture from press to release: `MoveStart` (click, tap, drag)
 * or `MoveGround` (pan, pinch). Arrow keys on the ring move the start.
 */

import { drawable, MoveGround } from "./move_ground.js";
import { MoveStart } from "./move_start.js";

/** @import { Pixel, Point } from "../../kit/types.js" */
/** @import { View } from "../draw/view.js" */
/** @import { Ground } from "../draw/ground.js" */

/**
 * The functions that gestures on the map call.
 * @typedef {object} Callbacks
 * @property {(point: Point, how: {live: boolean, click: boolean}) => void} start puts the start at a point
 * @property {(move: Pixel, times: number) => void} nudge moves the start right and up, by a number of small moves
 * @property {() => void} settle ends a series of small moves
 * @property {(place: Pixel | null) => void} hover the pointer is over this pixel; null: outside of the map
 * @property {() => void} pressed the map was pressed: the stage takes the focus
 */

/** @type {Record<string, Pixel>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class Pointer {
  #map;
  #handle;
  #view;
  #ground;
  #callbacks;
  /** @type {MoveStart | MoveGround | null} */
  #gesture = null;
  /** The pointer of a `MoveStart` and its pixel: with a second finger the two become a `MoveGround`. */
  /** @type {{id: number, place: Pixel} | null} */
  #first = null;
  /** @type {number | null} */
  #frame = null;
  /** Whether a plain drag moves the ground instead of the start. */
  panning = false;

  /**
   * @param {HTMLElement} map
   * @param {HTMLElement} handle
   * @param {View} view
   * @param {Ground} ground
   * @param {Callbacks} callbacks
   */
  constructor(map, handle, view, ground, callbacks) {
    this.#map = map;
    this.#handle = handle;
    this.#view = view;
    this.#ground = ground;
    this.#callbacks = callbacks;
    map.addEventListener("pointerdown", this.#down);
    map.addEventListener("pointermove", this.#move);
    map.addEventListener("pointerup", (event) => this.#leave(event, false));
    map.addEventListener("pointercancel", (event) => this.#leave(event, true));
    map.addEventListener("pointerleave", () => callbacks.hover(null));
    map.addEventListener("wheel", this.#wheel, { passive: false });
    // One finger scrolls the page. Two or more move the map: the browser must not scroll or zoom with them.
    for (const name of /** @type {const} */ (["touchstart", "touchmove"]))
      map.addEventListener(name, twoFingers, { passive: false });
    this.useHandle(handle);
  }

  /**
   * Set the element that clicks, drags and arrow keys move from now on: the start's ring or a lesson's flag.
   * @param {HTMLElement} handle
   */
  useHandle(handle) {
    this.#handle = handle;
    handle.addEventListener("keydown", this.#key);
    handle.addEventListener("keyup", this.#keyUp);
  }

  /** Switch whether a plain drag moves the ground; returns whether it does now. */
  switchPan() {
    this.panning = !this.panning;
    this.#map.toggleAttribute("data-panning", this.panning);
    return this.panning;
  }

  /** Whether the start is being dragged. */
  get dragging() {
    return this.#gesture?.dragging ?? false;
  }

  /**
   * @param {MouseEvent} event
   * @returns {Pixel}
   */
  #at(event) {
    const box = this.#map.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** @param {PointerEvent} event */
  #down = (event) => {
    const target = /** @type {Element} */ (event.target);
    if ((event.button !== 0 && event.button !== 1) || target.closest(".tools") !== null) return;
    const place = this.#at(event);
    const onHandle = target.closest("button") === this.#handle;
    if (!this.#view.holds(...place) && !onHandle) return;
    if (this.#gesture !== null) {
      if (event.pointerType === "touch") this.#join(event.pointerId, place);
      return;
    }
    const pan = !onHandle && (this.panning || event.shiftKey || event.button === 1);
    const tap = event.pointerType === "touch" && !onHandle && !pan;
    if (pan) this.#moveGround([{ id: event.pointerId, place }]);
    else {
      this.#gesture = new MoveStart(this.#view, this.#callbacks.start, event.pointerId, place, { onHandle, tap });
      this.#first = { id: event.pointerId, place };
    }
    this.#callbacks.hover(null);
    if (tap) return;
    this.#map.setPointerCapture(event.pointerId);
    if (event.pointerType !== "touch") event.preventDefault();
    this.#callbacks.pressed();
  };

  /**
   * Add a finger: two fingers move the ground, unless the first is dragging the start.
   * @param {number} id
   * @param {Pixel} place
   */
  #join(id, place) {
    if (this.#gesture?.join(id, place) || this.dragging || this.#first === null) return;
    this.#moveGround([this.#first, { id, place }]);
  }

  /** @param {{id: number, place: Pixel}[]} pointers */
  #moveGround(pointers) {
    const gesture = new MoveGround(this.#view, (ranges) => this.#ground.setRanges(ranges));
    for (const { id, place } of pointers) gesture.join(id, place);
    this.#gesture = gesture;
    this.#first = null;
  }

  /** @param {PointerEvent} event */
  #move = (event) => {
    const place = this.#at(event);
    if (this.#gesture === null) {
      const over = event.pointerType !== "touch" && this.#view.holds(...place);
      const onTools = /** @type {Element} */ (event.target).closest(".tools") !== null;
      this.#callbacks.hover(over && !onTools ? place : null);
      return;
    }
    if (!this.#gesture.owns(event.pointerId)) return;
    this.#gesture.move(event.pointerId, place);
    if (this.#first !== null) this.#first.place = place;
    // Several move events can arrive between two frames; only the last one can be seen.
    this.#frame ??= requestAnimationFrame(this.#follow);
  };

  #follow = () => {
    this.#frame = null;
    this.#gesture?.follow();
  };

  /**
   * @param {PointerEvent} event
   * @param {boolean} canceled
   */
  #leave(event, canceled) {
    const gesture = this.#gesture;
    if (!gesture?.owns(event.pointerId)) return;
    if (!canceled) gesture.move(event.pointerId, this.#at(event));
    if (!gesture.leave(event.pointerId, canceled)) return;
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    this.#gesture = null;
    this.#first = null;
  }

  /** @param {WheelEvent} event */
  #wheel = (event) => {
    // A wheel event without a key scrolls the page. A pinch on a touchpad is a wheel event with Ctrl.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 120)) * 0.25), this.#at(event));
  };

  /**
   * Zoom by a factor (below 1: closer) about a pixel, or about the middle of the map.
   * @param {number} factor
   * @param {Pixel | null} place
   */
  zoom(factor, place = null) {
    const { left, top, width, height } = this.#view.area;
    const [px, py] = place ?? [left + width / 2, top + height / 2];
    const ranges = this.#view.zoomed(factor, px, py);
    if (drawable(ranges)) this.#ground.setRanges(ranges);
  }

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    const move = MOVES[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#callbacks.nudge(move, event.shiftKey ? 10 : 1);
  };

  /** @param {KeyboardEvent} event */
  #keyUp = (event) => {
    if (event.key.startsWith("Arrow")) this.#callbacks.settle();
  };
}

/** @param {TouchEvent} event */
function twoFingers(event) {
  if (event.touches.length > 1 && event.cancelable) event.preventDefault();
}
