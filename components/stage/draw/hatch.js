/** Hatches below the map, which are seen where a typed formula has no value: there the contour is transparent. */

/** @import { Area } from "../../kit/types.js" */

export class Hatch {
  #element = Object.assign(document.createElement("div"), { className: "hatch", hidden: true });

  /** @param {HTMLElement} ground the element that Plotly draws in */
  constructor(ground) {
    this.#element.setAttribute("aria-hidden", "true");
    ground.before(this.#element);
  }

  /** @param {boolean} shown whether there are places without a value */
  show(shown) {
    this.#element.hidden = !shown;
  }

  /** Move the hatches to the area of the map. @param {Area} area */
  place({ left, top, width, height }) {
    Object.assign(this.#element.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
  }
}
