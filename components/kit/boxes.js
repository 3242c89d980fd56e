/** Boxes of the screen, `{x, y, w, h}` in CSS pixels. */

export function overlap(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
