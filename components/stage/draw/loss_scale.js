/** The scale of a height that shows losses: logarithmic where the loss chart's is. */

import { scaleOf } from "./basin_colors.js";
import { LOG_SPAN, ZERO } from "./curve_axis.js";

/** @import { Scale } from "./basin_colors.js" */

/**
 * The scale of some losses; null if none is finite. On a logarithmic scale a loss of 0 has no place: `zeros` says that
 * there is one. Losses that are all close to 0 are shown on a scale up to `ZERO`: their differences are rounding.
 * @param {Float64Array} losses
 * @returns {Scale & { zeros?: boolean } | null}
 */
export function lossScaleOf(losses) {
  const scale = scaleOf(losses);
  if (scale === null || scale.low < -ZERO) return scale && { ...scale, log: false };
  const positive = losses.reduce((least, loss) => (loss > 0 && loss < least ? loss : least), Infinity);
  const high = Math.max(scale.high, ZERO);
  if (positive === Infinity || high / positive <= LOG_SPAN) return { ...scale, log: false };
  return { low: positive, high, log: true, zeros: scale.low <= 0 };
}
