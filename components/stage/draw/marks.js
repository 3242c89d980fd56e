/** The turning point and the end of each run: found in the walk, and shown once the playhead has reached them. */

import { LOSS, X, Y } from "../wire/record.js";
import { words } from "../words.js";

/** @import { Theme } from "../../kit/types.js" */
/** @import { Projection, DrawnRun, DrawnWalk, RunMark } from "./types.js" */

const RADIUS = 6;

/**
 * Whether a run turns back is decided by its position this many steps later, since near the turning point it hardly
 * moves.
 */
const LATER = 3;

/**
 * The step at which a run turned back: the first after its first dip at which the loss is higher than before and after,
 * and from which it goes back toward the dip. Null if there is none. A dip is a step at which the loss is lower than
 * before and not higher than after.
 * @param {DrawnRun} run
 * @returns {number | null}
 */
export function turningPoint(run) {
  /** @param {number} step */
  const loss = (step) => run.at(step, LOSS);
  let dip = null;
  for (let step = 1; step < run.last; step += 1) {
    const rising = loss(step + 1) >= loss(step);
    if (dip === null && rising && loss(step - 1) > loss(step)) dip = step;
    else if (dip !== null && !rising && loss(step - 1) <= loss(step) && returns(run, dip, step)) return step;
  }
  return null;
}

/**
 * Whether the move after `step` is opposite to the move from the dip to `step`.
 * @param {DrawnRun} run
 * @param {number} dip
 * @param {number} step
 */
function returns(run, dip, step) {
  const later = Math.min(step + LATER, run.last);
  /** @param {number} field */
  const along = (field) => (run.at(step, field) - run.at(dip, field)) * (run.at(later, field) - run.at(step, field));
  return along(X) + along(Y) < 0;
}

/**
 * The turning point and the end of each run of a walk, with the step from which they are shown.
 * @param {DrawnWalk} walk
 * @param {(index: number) => string} label a run's name
 * @returns {RunMark[]}
 */
export function turns(walk, label) {
  const alone = walk.runs.length === 1;
  return walk.runs.flatMap((run) => {
    if (run.last < 1) return [];
    /** @type {(step: number, name: string, outcome: string | null) => RunMark} */
    const place = (step, name, outcome) => ({
      x: run.at(step, X),
      y: run.at(step, Y),
      step,
      name: alone ? name : words.draw.ofRun(label(run.index), name),
      outcome,
    });
    const turn = turningPoint(run);
    const marks = turn === null ? [] : [place(turn, words.draw.turnsBack, null)];
    if (!walk.complete) return marks;
    return [...marks, place(run.last, alone ? words.draw.end : words.draw.ends, run.outcome?.kind ?? null)];
  });
}

/** The turning points and ends of a walk, found again only when more of it has arrived. */
export class Turns {
  /** @type {DrawnWalk | null} */
  #walk = null;
  #received = -1;
  /** @type {RunMark[]} */
  #marks = [];

  /** @param {DrawnWalk} walk @param {(index: number) => string} label a run's name */
  of(walk, label) {
    const received = walk.received + Number(walk.complete);
    if (this.#walk !== walk || this.#received !== received) {
      [this.#walk, this.#received] = [walk, received];
      this.#marks = turns(walk, label);
    }
    return this.#marks;
  }
}

/**
 * Draw the turning points and ends that the playhead has reached. An end has the color of its outcome.
 * @param {CanvasRenderingContext2D} context
 * @param {RunMark[]} marks
 * @param {number} position
 * @param {Projection} view
 * @param {Theme} theme
 */
export function drawTurns(context, marks, position, view, theme) {
  for (const { x, y, step, outcome } of marks) {
    const [px, py] = view.project(x, y);
    if (step > position || !view.holds(px, py)) continue;
    const radius = RADIUS * theme.scale;
    for (const [size, fill] of /** @type {[number, string][]} */ ([
      [radius + 3.5, theme.page],
      [radius + 1.5, theme.ink],
      [radius - 0.5, outcome === null ? theme.page : theme.outcomes[outcome]],
    ])) {
      context.beginPath();
      context.arc(px, py, size, 0, 2 * Math.PI);
      context.fillStyle = fill;
      context.fill();
    }
  }
}
