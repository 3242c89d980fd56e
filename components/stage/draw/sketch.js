/** The ground until Plotly has drawn it: the same numbers in the same colors, painted in a few milliseconds. */

export class Sketch {
  #canvas = Object.assign(document.createElement("canvas"), { className: "sketch", hidden: true });

  /** @param {HTMLElement} ground the element that Plotly draws in; the sketch lies over it while it is shown. */
  constructor(ground) {
    this.#canvas.setAttribute("aria-hidden", "true");
    ground.after(this.#canvas);
  }

  /** Paint a contour trace into an area of the map; the browser smooths what is between its points. */
  show({ z, colorscale, contours }, { left, top, width, height }) {
    const [rows, columns] = z.shape.split(",").map(Number);
    const tones = new Float32Array(Uint8Array.from(atob(z.bdata), (letter) => letter.charCodeAt(0)).buffer);
    const colors = bands(colorscale, contours);
    const image = new ImageData(columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const band = Math.round((tones[row * columns + column] - contours.start) / contours.size + 0.5);
        pixels[(rows - 1 - row) * columns + column] = colors[Math.max(0, Math.min(colors.length - 1, band))];
      }
    }
    Object.assign(this.#canvas, { width: columns, height: rows, hidden: false });
    Object.assign(this.#canvas.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
    this.#canvas.getContext("2d").putImageData(image, 0, 0);
  }

  hide() {
    this.#canvas.hidden = true;
  }
}

/** The color of each band between two levels, as pixels hold it. */
function bands(colorscale, { start, end, size }) {
  const count = Math.round((end - start) / size) + 2;
  const stops = colorscale.map(([at, color]) => [
    at,
    [1, 3, 5].map((place) => parseInt(color.slice(place, place + 2), 16)),
  ]);
  return Array.from({ length: count }, (_, band) => {
    const tone = Math.max(0, Math.min(1, start + (band - 0.5) * size));
    const above = Math.max(
      1,
      stops.findIndex(([at]) => at >= tone),
    );
    const [[low, from], [high, to]] = [stops[above - 1], stops[above]];
    const mixed = from.map((part, index) => Math.round(part + ((to[index] - part) * (tone - low)) / (high - low)));
    return new Uint32Array(new Uint8ClampedArray([...mixed, 255]).buffer)[0];
  });
}
