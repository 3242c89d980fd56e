/** Draws the bifurcation view: above each value of a setting the last positions of the run, as dots. */

import { placeOf } from "../../kit/scales.js";

/** @import { Scale } from "../../kit/scales.js" */
/** @import { Orbits } from "../wire/orbit_frame.js" */

/** The side of a dot in pixels, and its opacity: where positions repeat, the color is full. */
const DOT = 1.3;
const ALPHA = 0.55;

/** @typedef {"x" | "y" | "loss"} Quantity */
/**
 * The scales on which it is drawn: the pixel of a place across, and that of a number upward; `across` is the scale of
 * the setting.
 * @typedef {{ across: Scale, project: (place: number, number: number) => [number, number], size: number }} Scales
 */

/**
 * @param {CanvasRenderingContext2D} context clipped to the axes
 * @param {Orbits} orbits
 * @param {Quantity} quantity
 * @param {string} color
 * @param {Scales} scales
 */
export function drawOrbits(context, { values, last, tables }, quantity, color, { across, project, size }) {
  const table = tables[quantity];
  const side = DOT * size;
  const { globalAlpha } = context;
  context.globalAlpha = ALPHA;
  context.fillStyle = color;
  values.forEach((value, column) => {
    const place = placeOf(across, value);
    for (let at = column * last; at < (column + 1) * last; at += 1) {
      const [px, py] = project(place, table[at]);
      if (Number.isFinite(py)) context.fillRect(px - side / 2, py - side / 2, side, side);
    }
  });
  context.globalAlpha = globalAlpha;
}

/**
 * The least and the greatest number that is drawn: of walks that have stayed on the map, or of all if none has.
 * @param {Orbits} orbits
 * @param {Quantity} quantity
 * @param {(kind: number) => boolean} isLost whether an outcome is that of a walk that has left the map or diverged
 * @returns {Float64Array} the numbers
 */
export function numbersOf({ last, tables, kinds }, quantity, isLost) {
  const all = Array.from(tables[quantity]);
  const stayed = all.filter((_, at) => !isLost(kinds[Math.floor(at / last)]));
  const finite = (stayed.length > 0 ? stayed : all).filter(Number.isFinite);
  return Float64Array.from(finite);
}

/**
 * Where one period follows another: for each, the first and the last of its values in a row.
 * @param {Pick<Orbits, "values" | "periods">} orbits
 * @returns {{ period: number, from: number, to: number }[]}
 */
export function stretchesOf({ values, periods }) {
  /** @type {{ period: number, from: number, to: number }[]} */
  const stretches = [];
  periods.forEach((period, at) => {
    const before = stretches.at(-1);
    if (before?.period === period) before.to = values[at];
    else stretches.push({ period, from: values[at], to: values[at] });
  });
  return stretches;
}
