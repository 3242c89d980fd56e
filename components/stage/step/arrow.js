/** An arrow on a canvas, with a halo. */

/** @import { Pixel, Theme } from "../../kit/types.js" */

/**
 * Draw an arrow, unless it is shorter than half a pixel.
 * @param {CanvasRenderingContext2D} context
 * @param {Pixel} from
 * @param {Pixel} tip
 * @param {{color: string, width: number, head: number, dash: number[]}} style
 * @param {Theme} theme
 */
export function arrow(context, [px, py], [qx, qy], { color, width, head, dash }, theme) {
  const length = Math.hypot(qx - px, qy - py);
  if (!(length > 0.5)) return;
  const size = Math.min(head, length);
  const angle = Math.atan2(qy - py, qx - px);
  context.lineCap = "butt";
  context.lineJoin = "round";
  for (const [wide, style, dashes] of /** @type {[number, string, number[]][]} */ ([
    [width + 3, theme.page, []],
    [width, color, dash],
  ])) {
    context.beginPath();
    context.moveTo(px, py);
    context.lineTo(qx - Math.cos(angle) * size * 0.8, qy - Math.sin(angle) * size * 0.8);
    context.setLineDash(dashes);
    context.lineWidth = wide;
    context.strokeStyle = style;
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(qx, qy);
    for (const side of [-0.42, 0.42])
      context.lineTo(qx - Math.cos(angle + side) * size, qy - Math.sin(angle + side) * size);
    context.closePath();
    context.lineWidth = 3;
    if (style === theme.page) context.stroke();
    context.fillStyle = style;
    context.fill();
  }
}
