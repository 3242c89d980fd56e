/**
 * Draws the ground in a few milliseconds, from the same numbers and colors, until Plotly has drawn its contour; and
 * while an example is dragged, in each frame.
 */

/** @import { Area } from "../../kit/types.js" */
/** @import { Contour, Levels } from "./surface.js" */

/**
 * A part of a contour, in shares of its width and height, from its upper left corner.
 * @typedef {{left: number, top: number, width: number, height: number}} Part
 */

/** @type {Part} */
const WHOLE = { left: 0, top: 0, width: 1, height: 1 };

export class Sketch {
  #canvas = Object.assign(document.createElement("canvas"), { className: "sketch", hidden: true });

  /** @param {HTMLElement} ground the element that Plotly draws in; the sketch covers it while it is shown */
  constructor(ground) {
    this.#canvas.setAttribute("aria-hidden", "true");
    ground.after(this.#canvas);
  }

  /**
   * Paint a contour trace into an area of the map; the browser interpolates between its points.
   * @param {Contour} contour
   * @param {Area} area
   * @param {Part} part the part of the contour that the area shows
   */
  show(contour, area, part = WHOLE) {
    const { columns, rows, pixels } = paint(contour);
    const image = new ImageData(columns, rows);
    new Uint32Array(image.data.buffer).set(pixels);
    this.#canvas.hidden = false;
    this.place(area);
    if (part === WHOLE) {
      Object.assign(this.#canvas, { width: columns, height: rows });
      this.#canvas.getContext("2d")?.putImageData(image, 0, 0);
      return;
    }
    const { left, top, width, height } = part;
    Object.assign(this.#canvas, { width: Math.round(area.width), height: Math.round(area.height) });
    const whole = Object.assign(document.createElement("canvas"), { width: columns, height: rows });
    whole.getContext("2d")?.putImageData(image, 0, 0);
    this.#canvas
      .getContext("2d")
      ?.drawImage(
        whole,
        left * columns,
        top * rows,
        width * columns,
        height * rows,
        0,
        0,
        this.#canvas.width,
        this.#canvas.height,
      );
  }

  /** Move the sketch to another area, after the size of the map has changed. @param {Area} area */
  place({ left, top, width, height }) {
    Object.assign(this.#canvas.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
  }

  hide() {
    this.#canvas.hidden = true;
  }
}

/**
 * The pixels of a contour trace, one for each of its points, the first row at the top.
 * @param {Contour} contour
 */
export function paint({ z, colorscale, contours }) {
  const tones = rowsOf(z);
  const [rows, columns] = [tones.length, tones[0].length];
  const colors = bands(colorscale, contours);
  const pixels = new Uint32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const band = Math.round((tones[row][column] - contours.start) / contours.size + 0.5);
      pixels[(rows - 1 - row) * columns + column] = colors[Math.max(0, Math.min(colors.length - 1, band))];
    }
  }
  return { columns, rows, pixels };
}

/**
 * The tones of a contour trace, row by row.
 * @param {Contour["z"]} z
 * @returns {Float32Array[]}
 */
function rowsOf(z) {
  if (Array.isArray(z)) return z;
  const [rows, columns] = z.shape.split(",").map(Number);
  const tones = new Float32Array(Uint8Array.from(atob(z.bdata), (letter) => letter.charCodeAt(0)).buffer);
  return Array.from({ length: rows }, (_, row) => tones.subarray(row * columns, (row + 1) * columns));
}

/**
 * The color of each band between two levels, as one number of an ImageData. It is the color of the band's middle.
 * @param {[number, string][]} colorscale
 * @param {Levels} levels
 * @returns {number[]}
 */
export function bands(colorscale, { start, end, size }) {
  const count = Math.round((end - start) / size) + 2;
  const stops = colorscale.map(([at, color]) => ({
    at,
    parts: [1, 3, 5].map((place) => Number.parseInt(color.slice(place, place + 2), 16)),
  }));
  return Array.from({ length: count }, (_, band) => {
    const tone = Math.max(0, Math.min(1, start + (band - 0.5) * size));
    const index = Math.max(
      1,
      stops.findIndex(({ at }) => at >= tone),
    );
    const [low, high] = [stops[index - 1], stops[index]];
    const share = (tone - low.at) / (high.at - low.at);
    const mixed = low.parts.map((part, place) => Math.round(part + (high.parts[place] - part) * share));
    return new Uint32Array(new Uint8ClampedArray([...mixed, 255]).buffer)[0];
  });
}
