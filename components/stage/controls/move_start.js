/** The gesture that sets the start: one pointer, by a click or tap, or by a drag. */

/** @import { Pixel, Point } from "../../kit/types.js" */

/** A pointer that has moved by at most this many pixels makes a click, not a drag. */
const CLICK = 4;

/** @typedef {{unproject: (px: number, py: number) => Point}} StartView */
/** @typedef {(point: Point, how: {live: boolean, click: boolean}) => void} Place */

export class MoveStart {
  #view;
  #place;
  #id;
  /** @type {Pixel} */
  #from;
  /** @type {Pixel} */
  #last;
  #how;
  #far = false;
  /** Whether the pointer has moved since the last frame. */
  #moved = false;

  /**
   * @param {StartView} view
   * @param {Place} place puts the start at a point; `live`: the gesture goes on; `click`: it was a click
   * @param {number} id the pointer's id
   * @param {Pixel} from
   * @param {{onHandle: boolean, tap: boolean}} how `onHandle`: it began on the ring; `tap`: only a tap sets the
   *   start, since a finger that moves on the map scrolls the page
   */
  constructor(view, place, id, from, how) {
    this.#view = view;
    this.#place = place;
    this.#id = id;
    [this.#from, this.#last] = [from, from];
    this.#how = how;
  }

  /** Whether the start is being dragged. */
  get dragging() {
    return this.#far && !this.#how.tap;
  }

  /** Returns false: no other pointer may take part. */
  join() {
    return false;
  }

  /** @param {number} id */
  owns(id) {
    return id === this.#id;
  }

  /**
   * @param {number} _
   * @param {Pixel} place
   */
  move(_, place) {
    this.#last = place;
    this.#moved = true;
    this.#far ||= Math.hypot(place[0] - this.#from[0], place[1] - this.#from[1]) > CLICK;
  }

  /** Move the start to the pointer; called at most once a frame. */
  follow() {
    if (!this.dragging || !this.#moved) return;
    this.#moved = false;
    this.#place(this.#view.unproject(...this.#last), { live: true, click: false });
  }

  /**
   * The pointer was released, or the browser has canceled it, for example to scroll (`canceled`). A canceled drag ends
   * at its last position, and a canceled click has no effect. Returns true: the gesture is over.
   * @param {number} _
   * @param {boolean} canceled
   */
  leave(_, canceled) {
    const click = !this.#far && !canceled && !this.#how.onHandle;
    if (this.dragging || click) this.#place(this.#view.unproject(...this.#last), { live: false, click });
    return true;
  }
}
