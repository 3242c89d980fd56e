/**
 * Words on a canvas with a halo. Each is written once and copied after that: a font that is set in a frame makes the
 * browser work out the styles of the whole page first, which takes longer than all else that is drawn.
 */

/** Room around a word for its halo. */
const EDGE = 4;

export class Lettering {
  #dress = { theme: null, ratio: 0 };
  #words = new Map();
  #widths = new Map();

  /** The box that a word fills, in CSS pixels; measured once. */
  measure(context, word, theme, size) {
    const font = `600 ${size * theme.scale}px ${theme.font}`;
    const name = `${word} ${font}`;
    if (!this.#widths.has(name)) {
      context.font = font;
      this.#widths.set(name, context.measureText(word).width + 2);
    }
    return { w: this.#widths.get(name), h: size * 1.15 * theme.scale };
  }

  /** Write `word` in the middle of a box of CSS pixels; `color` by default the theme's ink. */
  write(context, word, { x, y, w, h }, theme, { size = 12.5, color = theme.ink } = {}) {
    const ratio = window.devicePixelRatio || 1;
    if (this.#dress.theme !== theme || this.#dress.ratio !== ratio) {
      this.#dress = { theme, ratio };
      this.#words.clear();
    }
    const [width, height] = [w + 2 * EDGE, h + 2 * EDGE];
    const name = `${word} ${size} ${color}`;
    if (!this.#words.has(name)) this.#words.set(name, written(word, width, height, ratio, theme, size, color));
    const [left, top] = [x - EDGE, y - EDGE].map((at) => Math.round(at * ratio) / ratio); // on whole pixels: sharp
    context.drawImage(this.#words.get(name), left, top, width, height);
  }
}

/** A canvas with a word and its halo in the middle. */
function written(word, width, height, ratio, theme, size, color) {
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.ceil(width * ratio),
    height: Math.ceil(height * ratio),
  });
  const context = canvas.getContext("2d");
  context.scale(canvas.width / width, canvas.height / height);
  context.font = `600 ${size * theme.scale}px ${theme.font}`;
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = theme.page;
  context.fillStyle = color;
  context.strokeText(word, width / 2, height / 2);
  context.fillText(word, width / 2, height / 2);
  return canvas;
}
