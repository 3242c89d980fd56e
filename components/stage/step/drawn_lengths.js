/** Sentences on how large the parts of a step are drawn, and which are too short to be drawn. */

/** @import { Factors } from "./overlays.js" */
/** @import { Step } from "./step.js" */

import { brief } from "../../kit/numbers.js";
import { words } from "../words.js";
import { spelled } from "./formula.js";
import { MOST, rounded } from "./overlays.js";

/**
 * @param {Step} step
 * @param {Factors} factors the multiples at which the parts are drawn
 * @returns {{drawn: string, short: string}} `short` is empty if all parts can be seen
 */
export function drawnLengths(step, { gradient, move }) {
  const { lengths: texts } = words.step;
  const [arrows, boxes] = [namesOf(step, ["arrow"]), namesOf(step, ["square", "box"])];
  const length = (/** @type {number} */ factor) => (factor === 1 ? texts.true : texts.times(rounded(factor)));
  const parts = [
    ...(gradient === null ? [] : [texts.parts(arrows, boxes, length(gradient))]),
    ...(move === null ? [] : [texts.step(length(move))]),
  ];
  const short = [
    ...(move === null ? [still(step)] : []),
    ...(gradient === null ? [texts.faint([...arrows, ...boxes].join(", "), brief(gradientNorm(step)))] : []),
  ];
  return { drawn: texts.drawn(parts), short: short.join(" ") };
}

/**
 * The names of the lines that are drawn as one of these kinds.
 * @param {Step} step
 * @param {string[]} kinds
 */
function namesOf({ rule }, kinds) {
  return rule.lines
    .filter(({ drawn }) => kinds.includes(drawn))
    .map(({ drawn, letter }) => (drawn === "square" ? `√${spelled(letter)}` : spelled(letter)));
}

/**
 * The sentence on the length of a step that is not drawn.
 * @param {Step} step
 */
function still(step) {
  const length = Math.hypot(step.after(0) - step.before(0), step.after(1) - step.before(1));
  const { lengths: texts } = words.step;
  return length === 0 ? texts.still : texts.short(rounded(MOST), brief(length));
}

/** @param {Step} step */
function gradientNorm(step) {
  return Math.hypot(step.part("g", 0), step.part("g", 1));
}
