/** Where the map's numbers lie on the screen: two straight axes inside fixed margins. */
export class View {
  margins = { l: 40, r: 70, t: 8, b: 30 };
  width = 0;
  height = 0;
  x = [0, 1];
  y = [0, 1];
  /** Rises with every change, so that a drawing can tell whether it is still true. */
  version = 0;

  resize(width, height) {
    if (width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    this.version += 1;
  }

  frame(margins) {
    this.margins = margins;
    this.version += 1;
  }

  look(x, y) {
    this.x = [...x];
    this.y = [...y];
    this.version += 1;
  }

  /** The plot area: what lies inside the axes, in CSS pixels of the map's element. */
  get area() {
    const { l, r, t, b } = this.margins;
    return { left: l, top: t, width: Math.max(1, this.width - l - r), height: Math.max(1, this.height - t - b) };
  }

  /** The room of the tools on the map. */
  get tools() {
    const { left, top } = this.area;
    return { x: left + 8, y: top + 4, w: 190, h: 40 };
  }

  /** Screen = scale * number + offset, for both axes. */
  get transform() {
    const { left, top, width, height } = this.area;
    const sx = width / (this.x[1] - this.x[0]);
    const sy = height / (this.y[1] - this.y[0]);
    return { sx, ox: left - sx * this.x[0], sy: -sy, oy: top + height + sy * this.y[0] };
  }

  project(x, y) {
    const { sx, ox, sy, oy } = this.transform;
    return [sx * x + ox, sy * y + oy];
  }

  /** The point under a pixel, with as many decimals as the pixel can tell apart and no more. */
  unproject(px, py) {
    const { sx, ox, sy, oy } = this.transform;
    return [tidy((px - ox) / sx, 1 / Math.abs(sx)), tidy((py - oy) / sy, 1 / Math.abs(sy))];
  }

  /** How much larger than on a laptop lines and letters are, on a projector's wide map. */
  get scale() {
    return Math.min(1.4, Math.max(1, this.width / 860));
  }

  holds(px, py) {
    const { left, top, width, height } = this.area;
    return px >= left && px <= left + width && py >= top && py <= top + height;
  }

  /** The ranges after zooming by `factor` (below 1: closer) about a pixel. */
  zoomed(factor, px, py) {
    const { sx, ox, sy, oy } = this.transform;
    const about = (range, center) => range.map((end) => center + (end - center) * factor);
    return { x: about(this.x, (px - ox) / sx), y: about(this.y, (py - oy) / sy) };
  }

  /** The ranges after dragging the ground by some pixels. */
  panned(dx, dy) {
    const { sx, sy } = this.transform;
    return { x: this.x.map((end) => end - dx / sx), y: this.y.map((end) => end - dy / sy) };
  }
}

/** Round to a quarter of `step`, in decimals, so that links stay short. */
export function tidy(value, step) {
  const decimals = Math.min(15, Math.max(0, Math.ceil(-Math.log10(step / 4))));
  return Number(value.toFixed(decimals)) + 0;
}
