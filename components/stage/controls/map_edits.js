/** Applies gestures on the map: they move the start, or, while a lesson's curtain is down, the learner's flag. */

/** @import { Pixel, Point } from "../../kit/types.js" */
/** @import { View } from "../draw/view.js" */
/** @import { Store } from "../state/store.js" */

/** An arrow key moves the start by this part of the map. */
const NUDGE = 1 / 200;

export class MapEdits {
  /** Whether the start is being moved: by a drag, or by arrow keys. */
  moving = false;
  #store;
  #view;
  #edited;

  /**
   * @param {Store} store
   * @param {View} view
   * @param {(click: boolean) => void} edited the start is about to change; `click`: by a click
   */
  constructor(store, view, edited) {
    this.#store = store;
    this.#view = view;
    this.#edited = edited;
  }

  /**
   * Put the start, or the flag, at a point; `live`: the gesture goes on.
   * @param {Point} point
   * @param {{live: boolean, click: boolean}} how
   */
  start(point, { live, click }) {
    if (this.#store.curtain.down) {
      this.#store.curtain.placeFlag(point);
      return;
    }
    if (this.#store.locked) return;
    this.#edited(click);
    this.moving = live;
    this.#store.edit({ start: point }, { origin: "map", live });
  }

  /**
   * Move the start, or the flag, right and up by `times` two-hundredths of the map.
   * @param {Pixel} move
   * @param {number} times
   */
  nudge([right, up], times) {
    const { area } = this.#view;
    const at = this.#place;
    if (at === null) return;
    const [px, py] = this.#view.project(...at);
    const [x, y] = this.#view.unproject(px + right * times * area.width * NUDGE, py - up * times * area.height * NUDGE);
    this.start([right === 0 ? at[0] : x, up === 0 ? at[1] : y], { live: true, click: false });
  }

  /** Commit the moves by arrow keys. */
  settle() {
    if (this.#store.curtain.down) return;
    this.moving = false;
    this.#store.edit({}, { origin: "map" });
  }

  /** @returns {Point | null} */
  get #place() {
    const { curtain, scenario } = this.#store;
    return (curtain.down ? curtain.flag?.point : undefined) ?? scenario?.start ?? null;
  }
}
