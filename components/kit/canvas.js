/** Canvases with the resolution of the screen, and their 2-D contexts. */

import { words } from "./words.js";

/**
 * Give a canvas the size of its element and the resolution of the screen.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width in CSS pixels
 * @param {number} height in CSS pixels
 * @returns {boolean} whether its size has changed: the browser then clears the canvas
 */
export function sharpen(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width === w && canvas.height === h) return false;
  canvas.width = w;
  canvas.height = h;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  contextOf(canvas).setTransform(ratio, 0, 0, ratio, 0, 0);
  return true;
}

/**
 * The 2-D context of a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 */
export function contextOf(canvas, settings) {
  const context = canvas.getContext("2d", settings);
  if (context === null) throw new Error(words.noCanvas);
  return context;
}
