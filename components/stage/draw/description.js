/** What the map and the loss chart show, as text for screen readers. */

import { LOSS } from "../wire/record.js";
import { words } from "../words.js";

/** @import { Range } from "../../kit/types.js" */
/** @import { DrawnWalk } from "./types.js" */

/** @typedef {{ name: string, outcome: string | null }} Ending the name of a run, and its outcome as a sentence */

/**
 * The map in sentences: ranges, start, and the outcome of each run.
 * @param {{ x: Range, y: Range, start: { x: number, y: number }, off: boolean, endings: Ending[] }} map
 */
export function describeMap({ x, y, start, off, endings }) {
  const { mapRanges, mapStart } = words.draw;
  return [mapRanges(x, y), mapStart(start.x, start.y, off), ...outcomes(endings)].join(" ");
}

/**
 * The loss chart in sentences: the scale, and each run's loss at its start and at its last step.
 * @param {DrawnWalk} walk
 * @param {{ isLog: boolean, batches: boolean }} how `batches`: the losses of the batches are drawn
 * @param {(index: number) => string} label
 */
export function describeCurve(walk, { isLog, batches }, label) {
  const { curveAxes, curveBatches, curveRun } = words.draw;
  const runs = walk.runs.filter((run) => run.last >= 0);
  return [
    curveAxes(walk.steps, isLog),
    ...(batches ? [curveBatches] : []),
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
