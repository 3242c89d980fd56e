/**
 * The multiples of true length at which the parts of a step are drawn: 1 if the longest part of a unit can be seen at
 * true length, otherwise a round number (1, 2 or 5 times a power of ten), and none if it would be too large.
 */

/** @import { Shape, Unit } from "./shapes.js" */

/**
 * For each unit, the multiple at which it is drawn; null if it is too short to be drawn. `own`: the selected line's key
 * and multiple, if the line could not be seen at the multiple of its unit; else null.
 * @typedef {{[unit in Unit]: ?number} & {own: ?{key: string, factor: ?number}}} Factors
 */

/** The longest part of a unit has at most this share of the map's smaller side. */
export const LONGEST = 0.42;
/** A part is drawn at true length if that is at least this many pixels. */
const SHORTEST = 18;
/** The largest multiple: with a larger one, a step of almost zero length would look like a large step. */
export const MOST = 1e6;

/**
 * The multiples for some shapes, and for the shape of the selected line.
 * @param {Shape[]} shapes the shapes that decide the multiples of the units, drawn yet or not
 * @param {Shape | undefined} selected
 * @param {{pixelsPerUnit: [number, number], area: {width: number, height: number}}} map
 * @param {number} room the length in pixels that the selected shape can have within the map
 * @returns {Factors}
 */
export function factorsOf(shapes, selected, { pixelsPerUnit, area }, room = Infinity) {
  const most = LONGEST * Math.min(area.width, area.height);
  const length = (/** @type {Shape} */ { x, y }) => Math.hypot(x * pixelsPerUnit[0], y * pixelsPerUnit[1]);
  const multiple = (/** @type {Unit} */ unit) =>
    factorFor(shapes.filter((shape) => shape.unit === unit).map(length), most);
  /** @type {Factors} */
  const factors = { gradient: multiple("gradient"), move: multiple("move"), own: null };
  if (selected === undefined) return factors;
  const common = factors[selected.unit];
  const drawn = (common ?? 0) * length(selected);
  // At the edge of the map there may be no room at all.
  const own = room < 2 * SHORTEST ? most : Math.min(most, room);
  if (drawn >= SHORTEST && drawn <= own * (1 + 1e-9)) return factors;
  const factor = factorFor([length(selected)], own);
  return factor === common ? factors : { ...factors, own: { key: selected.line.key, factor } };
}

/**
 * The multiple at which a shape is drawn; null if it is not drawn.
 * @param {Factors} factors
 * @param {Shape} shape
 */
export function factorOf({ own, ...units }, { line, unit }) {
  return own?.key === line.key ? own.factor : units[unit];
}

/**
 * The multiple with which the longest of some lengths can be seen; null if it would be larger than `MOST`.
 * @param {number[]} lengths in pixels
 * @param {number} most the greatest length of a drawn part
 */
export function factorFor(lengths, most) {
  const longest = Math.max(0, ...lengths.filter(Number.isFinite));
  if (longest === 0) return lengths.length > 0 ? null : 1;
  if (longest <= most && longest >= SHORTEST) return 1;
  const power = 10 ** Math.floor(Math.log10(most / longest));
  const digit = [5, 2].find((each) => each * power * longest <= most * (1 + 1e-9)) ?? 1;
  return digit * power > MOST ? null : digit * power;
}

/**
 * The text of a round factor.
 * @param {number} factor
 */
export function rounded(factor) {
  return factor >= 1
    ? factor.toLocaleString("en", { maximumFractionDigits: 0 })
    : String(Number(factor.toPrecision(1)));
}
