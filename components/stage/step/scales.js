/** In words, how large the parts of a step are drawn, and which are too short to be drawn at all. */

import { brief } from "../../kit/numbers.js";
import { spelled } from "./formula.js";
import { MOST, said } from "./overlays.js";

/**
 * @param {Step} step
 * @param {{slope: ?number, way: ?number}} factors at which the overlays draw; null: too short
 * @returns {{drawn: string, short: string}} `short` is empty where all can be seen
 */
export function scales(step, { slope, way }) {
  const { lines } = step.rule;
  const names = (kinds) =>
    lines
      .filter(({ drawn }) => kinds.includes(drawn))
      .map(({ drawn, letter }) => (drawn === "square" ? `√${spelled(letter)}` : spelled(letter)));
  const [arrows, boxes] = [names(["arrow"]), names(["square", "box"])];
  const length = (factor, their) => (factor === 1 ? "at true length" : `at ${said(factor)} times ${their} length`);
  const sides = boxes.length === 0 ? "" : ` and the boxes, ${boxes.join(", ")} wide and high,`;
  const parts = [
    ...(slope === null ? [] : [`${arrows.join(", ")}${sides} are drawn ${length(slope, "their")}`]),
    ...(way === null ? [] : [`the step ${slope === null ? "is drawn " : ""}${length(way, "its")}`]),
  ];
  const drawn = parts.length === 0 ? "" : `On the map ${parts.join(", ")}; `;
  const ring = `${drawn === "" ? "The" : "the"} dashed ring is where ${drawn.includes("the step") ? "it" : "the step"} lands. Thin dashed arrows are the terms of the line at work, head to tail.`;
  return {
    drawn: drawn + ring,
    short: [way === null && still(step), slope === null && faint([...arrows, ...boxes], step)]
      .filter(Boolean)
      .join(" "),
  };
}

/** Of a step that is not drawn: how long it is. */
function still(step) {
  const [x, y] = [0, 1].map((axis) => step.result(step.rule.lines.at(-1), axis) - step.before(axis));
  const length = Math.hypot(x, y);
  if (length === 0) return "The step is 0: the run stands still.";
  return `The step is too short to be drawn, even ${said(MOST)} times longer: its length is ${brief(length)}.`;
}

/** Of slopes that are not drawn: how steep it still is. */
function faint(names, step) {
  const slope = Math.hypot(step.part("g", 0), step.part("g", 1));
  return `Too short to be drawn: ${names.join(", ")}. The slope here is ${slope === 0 ? "0" : brief(slope)}.`;
}
