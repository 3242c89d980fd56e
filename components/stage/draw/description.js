/** What the map and the loss chart show, as text for screen readers. */

import { networkWords } from "../network_words.js";
import { LOSS } from "../wire/record.js";
import { words } from "../words.js";

/** @import { Range } from "../../kit/types.js" */
/** @import { ThinLosses } from "./curve_axis.js" */
/** @import { DrawnWalk } from "./types.js" */

/** @typedef {{ name: string, outcome: string | null }} Ending the name of a run, and its outcome as a sentence */

/**
 * The map in sentences: ranges, start, and the outcome of each run.
 * @typedef {{ x: Range, y: Range, start: { x: number, y: number }, off: boolean, endings: Ending[] }} DescribedMap
 * @param {DescribedMap & { names?: [string, string] }} map `names` of both axes
 */
export function describeMap({ x, y, names, start, off, endings }) {
  const { mapRanges, mapStart } = words.draw;
  return [mapRanges(x, y, names), mapStart(start.x, start.y, off), ...outcomes(endings)].join(" ");
}

/**
 * The loss chart in sentences: the scale, and each run's loss at its start and at its last step.
 * @param {DrawnWalk} walk
 * @param {{ isLog: boolean, thin: ThinLosses | null }} how `thin`: the losses that are drawn thin
 * @param {(index: number) => string} label
 */
export function describeCurve(walk, { isLog, thin }, label) {
  const { curveAxes, curveRun } = words.draw;
  const runs = walk.runs.filter((run) => run.last >= 0);
  return [
    curveAxes(walk.steps, isLog),
    ...(thin === null ? [] : [(thin === "batch_loss" ? words.batch : networkWords).thin.description]),
    ...runs.map((run) => curveRun(label(run.index), run.at(0, LOSS), run.at(run.last, LOSS))),
  ].join(" ");
}

/** @param {Ending[]} endings */
function outcomes(endings) {
  return endings.flatMap(({ name, outcome }) => (outcome === null ? [] : [words.draw.runOutcome(name, outcome)]));
}

/**
 * Set the name and the description of an element for screen readers, where they have changed.
 * @param {HTMLElement} element
 * @param {string} name
 * @param {string} description
 */
export function describe(element, name, description) {
  for (const [attribute, text] of [
    ["role", "img"],
    ["aria-label", name],
    ["aria-description", description],
  ]) {
    if (element.getAttribute(attribute) !== text) element.setAttribute(attribute, text);
  }
}
