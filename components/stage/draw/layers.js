/**
 * What pictures are drawn on: the canvases of the screen, or one page on which the layers are drawn one over the other.
 */

import { sharpen } from "../../kit/canvas.js";
import { words } from "../words.js";

/** @import { Layer } from "./types.js" */

/** The 2-D context of a canvas. @param {HTMLCanvasElement} canvas */
export function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error(words.draw.noPicture);
  return context;
}

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

/** A layer of a page that is drawn once, from nothing. @implements {Layer} */
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
