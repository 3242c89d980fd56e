/** The colors of the page with the scale of lines and letters. */

import { contract } from "../../contract.js";

/** @import { Colors } from "../../contract.js" */
/** @import { Theme } from "../../kit/types.js" */

export class Themes {
  /** @type {{ colors: Colors, scale: number, theme: Theme } | null} */
  #last = null;

  /** The theme; the same object until the colors or the scale change. @param {boolean} dark @param {number} scale */
  of(dark, scale) {
    const colors = contract.themes[dark ? "dark" : "light"];
    if (this.#last === null || this.#last.colors !== colors || this.#last.scale !== scale)
      this.#last = { colors, scale, theme: { ...colors, scale } };
    return this.#last.theme;
  }
}
