/**
 * A drawing context that writes SVG. It has the calls and properties of a canvas's 2-D context that the stage uses, and
 * no others: any other call throws an error, so that no part of a saved picture is silently missing.
 */

/** @typedef {[number, number, number, number, number, number]} Matrix as SVG has it: a b c d e f */

/** The properties that `save` stores and `restore` resets. */
const STATE = () => ({
  lineWidth: 1,
  strokeStyle: "#000000",
  fillStyle: "#000000",
  globalAlpha: 1,
  lineJoin: "miter",
  lineCap: "butt",
  lineDashOffset: 0,
  font: "10px sans-serif",
  textAlign: "start",
  textBaseline: "alphabetic",
  /** @type {number[]} */
  dash: [],
  /** @type {Matrix} */
  matrix: [1, 0, 0, 1, 0, 0],
  /** @type {string | null} */
  clip: null,
});
/** @typedef {ReturnType<typeof STATE>} State */
const PLAIN = /** @type {const} */ ([
  "lineWidth",
  "strokeStyle",
  "fillStyle",
  "globalAlpha",
  "lineJoin",
  "lineCap",
  "lineDashOffset",
  "font",
  "textAlign",
  "textBaseline",
]);
/** @type {{ [align: string]: string }} */
const ANCHORS = { start: "start", left: "start", center: "middle", end: "end", right: "end" };
/** How far the baseline of letters is below the middle of their line, as a multiple of their size. */
const MIDDLE = 0.35;

export class SvgContext {
  #width;
  #height;
  #measure;
  /** @type {string[]} */
  #parts = [];
  /** @type {string[]} */
  #clips = [];
  /** @type {string[]} */
  #path = [];
  #state = STATE();
  /** @type {State[]} */
  #saved = [];

  /**
   * @param {number} width
   * @param {number} height
   * @param {(text: string, font: string) => number} measure width of a text
   */
  constructor(width, height, measure) {
    this.#width = width;
    this.#height = height;
    this.#measure = measure;
    for (const name of PLAIN) {
      Object.defineProperty(this, name, {
        get: () => this.#state[name],
        set: (value) => Object.assign(this.#state, { [name]: value }),
      });
    }
  }

  /** The whole picture. */
  get svg() {
    const size = `width="${this.#width}" height="${this.#height}" viewBox="0 0 ${this.#width} ${this.#height}"`;
    const definitions = this.#clips.length === 0 ? "" : `<defs>${this.#clips.join("")}</defs>`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${definitions}${this.#parts.join("")}</svg>`;
  }

  /** Put another SVG picture at a place. @param {string} svg @param {number} x @param {number} y */
  embed(svg, x, y) {
    this.#parts.push(`<g transform="translate(${short(x)} ${short(y)})">${svg.replace(/^<\?xml[^>]*>/, "")}</g>`);
  }

  save() {
    this.#saved.push({ ...this.#state });
  }

  restore() {
    this.#state = this.#saved.pop() ?? this.#state;
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.#transform([1, 0, 0, 1, x, y]);
  }

  /** @param {number} angle */
  rotate(angle) {
    this.#transform([Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]);
  }

  /** @param {Matrix} by */
  #transform([a, b, c, d, e, f]) {
    const [p, q, r, s, t, u] = this.#state.matrix;
    this.#state.matrix = [
      p * a + r * b,
      q * a + s * b,
      p * c + r * d,
      q * c + s * d,
      p * e + r * f + t,
      q * e + s * f + u,
    ];
  }

  /** @param {number} x @param {number} y */
  #point(x, y) {
    const [a, b, c, d, e, f] = this.#state.matrix;
    return `${short(a * x + c * y + e)} ${short(b * x + d * y + f)}`;
  }

  beginPath() {
    this.#path = [];
  }

  closePath() {
    if (this.#path.length > 0) this.#path.push("Z");
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path.push(`M${this.#point(x, y)}`);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path.push(`${this.#path.length === 0 ? "M" : "L"}${this.#point(x, y)}`);
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  rect(x, y, w, h) {
    this.#path.push(box(x, y, w, h, (px, py) => this.#point(px, py)));
  }

  /**
   * A whole circle.
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   * @param {number} from
   * @param {number} to
   */
  arc(x, y, radius, from, to) {
    if (Math.abs(to - from) < 2 * Math.PI - 1e-9) throw new Error("SvgContext.arc draws whole circles only.");
    const half = `A${short(radius)} ${short(radius)} 0 1 1 `;
    this.#path.push(`M${this.#point(x + radius, y)}${half}${this.#point(x - radius, y)}`);
    this.#path.push(`${half}${this.#point(x + radius, y)}`);
  }

  clip() {
    const id = `mradam-clip-${this.#clips.length + 1}`;
    const within = this.#state.clip === null ? "" : ` clip-path="url(#${this.#state.clip})"`;
    this.#clips.push(`<clipPath id="${id}"><path d="${this.#path.join("")}"${within}/></clipPath>`);
    this.#state.clip = id;
  }

  stroke() {
    this.#draw(this.#path.join(""), `fill="none" ${this.#strokes()}`);
  }

  fill() {
    this.#draw(this.#path.join(""), this.#fills());
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  fillRect(x, y, w, h) {
    const path = box(x, y, w, h, (px, py) => this.#point(px, py));
    this.#draw(path, this.#fills());
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  strokeRect(x, y, w, h) {
    const path = box(x, y, w, h, (px, py) => this.#point(px, py));
    this.#draw(path, `fill="none" ${this.#strokes()}`);
  }

  /**
   * Another canvas, as an image in a box.
   * @param {HTMLCanvasElement} canvas
   * @param {number} x
   * @param {number} y
   * @param {number} w
   * @param {number} h
   */
  drawImage(canvas, x, y, w, h) {
    const [px, py] = this.#point(x, y).split(" ");
    const size = `width="${short(w)}" height="${short(h)}" preserveAspectRatio="none"`;
    this.#parts.push(`<image x="${px}" y="${py}" ${size} href="${canvas.toDataURL()}"${this.#common()}/>`);
  }

  /** @param {number[]} lengths */
  setLineDash(lengths) {
    this.#state.dash = [...lengths];
  }

  /** @param {string} text */
  measureText(text) {
    return { width: this.#measure(text, this.#state.font) };
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.#write(text, x, y, this.#fills());
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.#write(text, x, y, `fill="none" ${this.#strokes()}`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} paint */
  #write(text, x, y, paint) {
    const { font, textAlign, textBaseline } = this.#state;
    const [, weight = "400", size, family] = /^(?:(\d+|bold) )?([\d.]+)px (.*)$/.exec(font) ?? [];
    if (size === undefined) throw new Error(`SvgContext cannot read the font ${font}.`);
    const down = textBaseline === "middle" ? MIDDLE * Number(size) : 0;
    const [px, py] = this.#point(x, y + down).split(" ");
    const type = `font-family="${escaped(family)}" font-size="${size}" font-weight="${weight}"`;
    const anchor = `text-anchor="${ANCHORS[textAlign]}"`;
    this.#parts.push(`<text x="${px}" y="${py}" ${anchor} ${type} ${paint}${this.#common()}>${escaped(text)}</text>`);
  }

  /** @param {string} path @param {string} paint */
  #draw(path, paint) {
    if (path !== "") this.#parts.push(`<path d="${path}" ${paint}${this.#common()}/>`);
  }

  #strokes() {
    const { strokeStyle, lineWidth, lineJoin, lineCap, dash, lineDashOffset } = this.#state;
    const dashes =
      dash.length === 0 ? "" : ` stroke-dasharray="${dash.map(short)}" stroke-dashoffset="${short(lineDashOffset)}"`;
    const ends = `stroke-linejoin="${lineJoin}" stroke-linecap="${lineCap}"`;
    return `stroke="${escaped(strokeStyle)}" stroke-width="${short(lineWidth)}" ${ends}${dashes}`;
  }

  #fills() {
    return `fill="${escaped(this.#state.fillStyle)}"`;
  }

  #common() {
    const { globalAlpha, clip } = this.#state;
    const opacity = globalAlpha === 1 ? "" : ` opacity="${globalAlpha}"`;
    return opacity + (clip === null ? "" : ` clip-path="url(#${clip})"`);
  }
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} w
 * @param {number} h
 * @param {(x: number, y: number) => string} point
 */
function box(x, y, w, h, point) {
  return `M${point(x, y)}L${point(x + w, y)}L${point(x + w, y + h)}L${point(x, y + h)}Z`;
}

/** A coordinate to a hundredth of a pixel. @param {number} value */
function short(value) {
  if (!Number.isFinite(value)) throw new Error("A coordinate of the picture is not finite.");
  return String(Math.round(value * 100) / 100 + 0);
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
