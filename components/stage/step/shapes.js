/** The shapes of a rule's lines on the map: arrows and boxes, in the map's numbers. */

/** @import { RuleLine } from "../../contract.js" */
/** @import { Step } from "./step.js" */

import { compute, settle, symbols, terms } from "./formula.js";

/** Shapes of one unit are drawn at the same multiple of their true length: gradients and sizes, or moves. */
/** @typedef {"gradient" | "move"} Unit */
/** The shape of a line: an arrow's lengths along x and y, or the two sides of a box. */
/** @typedef {{line: RuleLine, unit: Unit, kind: "arrow" | "box", x: number, y: number}} Shape */

/** @type {{[drawn: string]: Unit | undefined}} */
const UNITS = { arrow: "gradient", square: "gradient", box: "gradient", move: "move" };

/**
 * The shapes of lines; lines without one are left out.
 * @param {RuleLine[]} lines
 * @param {Step} step
 * @returns {Shape[]}
 */
export function shapesOf(lines, step) {
  return lines.map((line) => shapeOf(line, step)).filter((shape) => shape !== null);
}

/**
 * @param {RuleLine} line
 * @param {Step} step
 * @returns {?Shape}
 */
function shapeOf(line, step) {
  const unit = UNITS[line.drawn];
  if (unit === undefined) return null;
  const moved = line.key === "update";
  const [x, y] = [0, 1].map((axis) => (moved ? step.after(axis) - step.before(axis) : step.part(line.key, axis)));
  if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
  if (line.drawn === "square") return { line, unit, kind: "box", x: Math.sqrt(x), y: Math.sqrt(y) };
  return { line, unit, kind: line.drawn === "box" ? "box" : "arrow", x, y };
}

/**
 * The terms whose sum is an arrow, each with the ink of the part that it contains. The position is not one of them.
 * @param {RuleLine} line
 * @param {Step} step
 */
export function summands(line, step) {
  const lookups = [step.lookup(0), step.lookup(1)];
  const all = terms(settle(line.formula, lookups[0]));
  const moving = all.filter(([, term]) => term[0] !== "symbol" || term[2][0] !== "position");
  return moving.map(([plus, term]) => {
    const [x, y] = lookups.map((lookup) => (plus === "-" ? -1 : 1) * compute(term, lookup));
    const keys = symbols(term).map(([, , of]) => (of[0] === "part" ? of[1] : null));
    const inks = keys.flatMap((key) => step.rule.lines.find((other) => other.key === key)?.ink ?? []);
    return { x, y, ink: inks.filter((ink) => ink !== "denominator").at(-1) ?? line.ink };
  });
}

/**
 * Whether a line has a shape.
 * @param {RuleLine} line
 */
export function hasShape(line) {
  return UNITS[line.drawn] !== undefined;
}
