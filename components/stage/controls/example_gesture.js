/**
 * Pointers on the picture of the model: they drag the nearest example; a double click, or a finger that rests, adds
 * one. A finger that moves elsewhere scrolls the page.
 */

/** @import { Pixel } from "../../kit/types.js" */
/** @import { Plot } from "../model/plot.js" */

/** A pointer takes the nearest example within this many pixels. */
const NEAR = { mouse: 10, touch: 24 };
/** A pointer that has moved by at most this many pixels makes a click, not a drag. */
const CLICK = 4;
/** A finger that rests for this many milliseconds adds an example; one that rests trembles by some pixels. */
const LONG = { time: 600, tremble: 10 };

/** @typedef {Pick<Plot, "nearest" | "pixel">} Examples */

/**
 * @typedef {object} Parts
 * @property {HTMLElement} model
 * @property {HTMLCanvasElement} modelCanvas
 * @property {HTMLButtonElement} example
 */

/**
 * @typedef {object} Callbacks
 * @property {() => Examples | null} plot the examples that can be edited; null: there are none
 * @property {() => number | null} selected
 * @property {(at: number | null) => void} select an example was pressed, or the picture beside all of them
 * @property {(place: Pixel) => void} drag moves the selected example to a pixel, while the gesture goes on
 * @property {() => void} dragged ends a drag
 * @property {(place: Pixel) => void} add
 */

export class ExampleGesture {
  /** @type {{ id: number, from: Pixel, last: Pixel, far: boolean, grip: Pixel } | null} */
  #drag = null;
  /** A finger that rests. @type {{ id: number, from: Pixel, timer: ReturnType<typeof setTimeout> } | null} */
  #press = null;
  /** @type {number | null} */
  #frame = null;
  #parts;
  #callbacks;

  /** @param {Parts} parts @param {Callbacks} callbacks */
  constructor(parts, callbacks) {
    this.#parts = parts;
    this.#callbacks = callbacks;
    const { modelCanvas, example } = parts;
    for (const target of /** @type {HTMLElement[]} */ ([modelCanvas, example])) {
      target.addEventListener("pointerdown", this.#down);
      target.addEventListener("pointermove", this.#move);
      target.addEventListener("pointerup", (event) => this.#leave(event, false));
      target.addEventListener("pointercancel", (event) => this.#leave(event, true));
      // A finger on an example drags it; anywhere else it scrolls the page.
      target.addEventListener("touchstart", this.#touch, { passive: false });
    }
    modelCanvas.addEventListener("dblclick", (event) => callbacks.add(this.#at(event)));
  }

  /** Whether an example is being dragged. */
  get dragging() {
    return this.#drag?.far === true;
  }

  /** @param {{ clientX: number, clientY: number }} event @returns {Pixel} */
  #at({ clientX, clientY }) {
    const box = this.#parts.model.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  }

  /** @param {TouchEvent} event */
  #touch = (event) => {
    const plot = this.#callbacks.plot();
    if (plot === null || event.touches.length !== 1) return;
    if (plot.nearest(this.#at(event.touches[0]), NEAR.touch) !== null) event.preventDefault();
  };

  /**
   * The example that a pointer takes. A finger covers several: on the ring it takes the selected one.
   * @param {Examples} plot
   * @param {PointerEvent} event
   * @param {Pixel} place
   */
  #taken(plot, event, place) {
    if (event.pointerType !== "touch") return plot.nearest(place, NEAR.mouse);
    const onRing = event.currentTarget === this.#parts.example;
    return (onRing ? this.#callbacks.selected() : null) ?? plot.nearest(place, NEAR.touch);
  }

  /** @param {PointerEvent} event */
  #down = (event) => {
    if (this.#press !== null) {
      this.#endPress(); // two fingers are no finger that rests
      return;
    }
    const plot = this.#callbacks.plot();
    if (plot === null || event.button !== 0 || this.#drag !== null) return;
    const place = this.#at(event);
    const found = this.#taken(plot, event, place);
    this.#callbacks.select(found);
    if (found === null) {
      if (event.pointerType === "touch") this.#rest(event.pointerId, place);
      return;
    }
    event.preventDefault();
    const [px, py] = plot.pixel(found);
    const grip = /** @type {Pixel} */ ([px - place[0], py - place[1]]);
    this.#drag = { id: event.pointerId, from: place, last: place, far: false, grip };
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
    this.#parts.example.focus({ preventScroll: true });
  };

  /** Add an example if the finger rests. @param {number} id @param {Pixel} place */
  #rest(id, place) {
    const timer = setTimeout(() => {
      this.#press = null;
      this.#callbacks.add(place);
    }, LONG.time);
    this.#press = { id, from: place, timer };
  }

  #endPress() {
    clearTimeout(this.#press?.timer);
    this.#press = null;
  }

  /** @param {PointerEvent} event */
  #move = (event) => {
    const drag = this.#drag;
    if (drag === null) {
      this.#hover(event);
      return;
    }
    if (event.pointerId !== drag.id) return;
    drag.last = this.#at(event);
    drag.far ||= apart(drag.last, drag.from) > CLICK;
    // Several move events can arrive between two frames; only the last one can be seen.
    this.#frame ??= requestAnimationFrame(this.#follow);
  };

  /** Show that an example can be dragged, and end the rest of a finger that moves. @param {PointerEvent} event */
  #hover(event) {
    const press = this.#press;
    if (event.pointerId === press?.id && apart(this.#at(event), press.from) > LONG.tremble) this.#endPress();
    if (event.pointerType === "touch") return;
    const plot = this.#callbacks.plot();
    const over = plot !== null && plot.nearest(this.#at(event), NEAR.mouse) !== null;
    this.#parts.modelCanvas.toggleAttribute("data-over", over);
  }

  #follow = () => {
    this.#frame = null;
    const drag = this.#drag;
    if (drag?.far) this.#callbacks.drag([drag.last[0] + drag.grip[0], drag.last[1] + drag.grip[1]]);
  };

  /**
   * The pointer was released, or the browser has canceled it (`canceled`): a canceled drag ends at its last position.
   * @param {PointerEvent} event
   * @param {boolean} canceled
   */
  #leave(event, canceled) {
    this.#endPress();
    const drag = this.#drag;
    if (drag === null || event.pointerId !== drag.id) return;
    if (!canceled) drag.last = this.#at(event);
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#follow();
    this.#drag = null;
    if (drag.far) this.#callbacks.dragged();
  }
}

/** @param {Pixel} one @param {Pixel} other */
function apart(one, other) {
  return Math.hypot(one[0] - other[0], one[1] - other[1]);
}
