/**
 * The layers of a drawing: two canvases on the screen; in a saved picture one page, on which one layer is drawn over
 * the other.
 */

import { contextOf, sharpen } from "../../kit/canvas.js";

/** @import { Layer } from "./types.js" */

/** A canvas of the screen. @implements {Layer} */
export class CanvasLayer {
  #canvas;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.context = contextOf(canvas);
  }

  /** @param {number} width @param {number} height */
  fit(width, height) {
    return sharpen(this.#canvas, width, height);
  }

  clear() {
    this.context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }
}

/** A layer of a saved picture, which is drawn once: it never has to be cleared. @implements {Layer} */
export class PageLayer {
  /** @param {CanvasRenderingContext2D} context */
  constructor(context) {
    this.context = context;
  }

  fit() {
    return true;
  }

  clear() {}
}
