/** Sentences on how large the parts of a step are drawn, and which are too short to be drawn. */

/** @import { RuleLine } from "../../contract.js" */
/** @import { Factors } from "./factors.js" */
/** @import { Step } from "./step.js" */

import { brief } from "../../kit/numbers.js";
import { networkWords } from "../network_words.js";
import { words } from "../words.js";
import { MOST, rounded } from "./factors.js";
import { spelled } from "./formula.js";
import { shapesOf } from "./shapes.js";

const { lengths: texts } = words.step;

/**
 * @param {Step} step
 * @param {RuleLine[]} lines the lines to be drawn
 * @param {?Factors} factors the multiples at which they are drawn; null: nothing is drawn
 * @param {?[string, string]} watched where the two weights of a network are, whose steps are not drawn
 * @returns {{drawn: string, short: string}} `short` is empty if all parts can be seen
 */
export function drawnLengths(step, lines, factors, watched) {
  if (factors === null) return { drawn: watched === null ? "" : networkWords.step.watched(watched), short: "" };
  const { gradient, move, own } = factors;
  const alone = lines.filter(({ key }) => key === own?.key);
  const others = lines.filter(({ key }) => key !== own?.key);
  const parts = others.filter(({ drawn }) => drawn !== "move" && isDrawn(drawn));
  const moves = others.some(({ drawn }) => drawn === "move");
  const drawn = [
    ...(gradient === null ? [] : listed(parts, gradient)),
    ...(own?.factor ? listed(alone, own.factor) : []),
    ...(move === null || !moves ? [] : [texts.step(length(move))]),
  ];
  const short = [
    ...(move === null && moves ? [still(step)] : []),
    ...(gradient === null && parts.length > 0 ? [faint(step, parts)] : []),
    ...(own?.factor === null ? alone.map((line) => tooShort(step, line)) : []),
  ];
  return {
    drawn: texts.drawn(
      drawn,
      lines.some(({ key }) => key === "update"),
    ),
    short: short.join(" "),
  };
}

/** @param {number} factor */
function length(factor) {
  return factor === 1 ? texts.true : texts.times(rounded(factor));
}

/** @param {RuleLine["drawn"]} drawn */
function isDrawn(drawn) {
  return drawn !== "vector" && drawn !== "number";
}

/** @param {RuleLine} line */
function nameOf({ drawn, letter }) {
  return drawn === "square" ? `√${spelled(letter)}` : spelled(letter);
}

/**
 * The names of lines, and the multiple at which they are drawn; nothing if there are no lines.
 * @param {RuleLine[]} lines
 * @param {number} factor
 */
function listed(lines, factor) {
  if (lines.length === 0) return [];
  const isArrow = (/** @type {RuleLine} */ { drawn }) => drawn === "arrow" || drawn === "move";
  const [arrows, boxes] = [lines.filter(isArrow), lines.filter((line) => !isArrow(line))];
  return [texts.parts(arrows.map(nameOf), boxes.map(nameOf), length(factor))];
}

/**
 * The sentence on the length of a step that is not drawn.
 * @param {Step} step
 */
function still(step) {
  const size = Math.hypot(step.after(0) - step.before(0), step.after(1) - step.before(1));
  return size === 0 ? texts.still : texts.short(rounded(MOST), brief(size));
}

/**
 * The sentence on parts that are not drawn.
 * @param {Step} step
 * @param {RuleLine[]} lines
 */
function faint(step, lines) {
  return texts.faint(lines.map(nameOf).join(", "), brief(Math.hypot(step.part("g", 0), step.part("g", 1))));
}

/**
 * The sentence on a selected line that is not drawn.
 * @param {Step} step
 * @param {RuleLine} line
 */
function tooShort(step, line) {
  const [shape] = shapesOf([line], step);
  const size = Math.hypot(shape.x, shape.y);
  return size === 0 ? texts.zeroLine(nameOf(line)) : texts.shortLine(nameOf(line), rounded(MOST), brief(size));
}
