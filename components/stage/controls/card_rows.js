/** The rows of a card: for each its name, its help, and its numbers at a step. */

import { batchAt } from "../../kit/epochs.js";
import { networkOf } from "../../kit/networks.js";
import { brief, percent } from "../../kit/numbers.js";
import { networkWords } from "../network_words.js";
import { LOSS, X, Y } from "../wire/record.js";
import { words } from "../words.js";

/** @import { Change, OutcomeRecord, Scenario } from "../../contract.js" */

/**
 * The part of a run's record that a card reads.
 * @typedef {object} CardRun
 * @property {number} index
 * @property {number} received
 * @property {number} last
 * @property {number | null} diverged
 * @property {Float64Array} distances
 * @property {OutcomeRecord | null} outcome
 * @property {{text: string, detail: string, change: Change | null} | null} advice
 * @property {(step: number, field: number) => number} at
 * @property {(name: string, step: number) => number} value
 * @property {(step: number) => number} gradientNorm
 * @property {(step: number) => number} held
 */

const { help } = words.controls;
const { help: networkHelp } = networkWords.controls;

/** @typedef {(run: CardRun, step: number, scenario: Scenario) => number[]} Read */
/** @typedef {[keyof typeof words.controls.rows | keyof typeof networkWords.controls.rows, string, Read]} Row */

/** @type {Read} */
const position = (run, step) => [run.at(step, X), run.at(step, Y)];
/** @type {Read} */
const loss = (run, step) => [run.at(step, LOSS)];
/** @type {Row} */
const STEP = ["step", help.step, (_, step) => [step]];

/** @type {Row[]} */
const ROWS = [
  ["position", help.position, position],
  ["loss", help.loss, loss],
  ["gradient", help.gradient, (run, step) => [run.gradientNorm(step)]],
  ["distance", help.distance, (run, step) => [run.distances[step]]],
  STEP,
];
/** The rows of a network: x and y do not tell all, so it is always written how much they leave out. @type {Row[]} */
const NETWORK_ROWS = [
  ["position", networkHelp.position, position],
  ["offPlane", networkHelp.offPlane, (run, step) => [run.value("distance", step)]],
  ["moved", networkHelp.moved, (run, step) => [run.value("moved", step)]],
  ["held", networkHelp.held, (run, step) => [run.held(step)]],
  ["loss", networkHelp.loss, loss],
  ["validationLoss", networkHelp.validationLoss, (run, step) => [run.value("validation_loss", step)]],
];
/** Further rows of a network that predicts classes. @type {Row[]} */
const CLASS_ROWS = [
  ["accuracy", networkHelp.accuracy, (run, step) => [run.value("accuracy", step)]],
  ["validationAccuracy", networkHelp.validationAccuracy, (run, step) => [run.value("validation_accuracy", step)]],
];
/** Further rows for a scenario with batches. @type {Row[]} */
const BATCH_ROWS = [
  ["batchLoss", help.batchLoss, (run, step) => [run.value("batch_loss", step)]],
  [
    "batch",
    help.batch,
    (_, step, scenario) => {
      const at = batchAt(scenario, step);
      return at === null ? [] : [at.epoch, at.batch];
    },
  ],
];
/** Rows of whole numbers, which are written with all their digits. */
const COUNTS = ["step", "batch"];
/** Rows of shares, which are written in percent. */
const SHARES = ["held", "accuracy", "validationAccuracy"];

/**
 * A number of a row as the card writes it.
 * @param {string} row
 * @param {number} number
 */
export function written(row, number) {
  if (COUNTS.includes(row)) return String(number);
  return SHARES.includes(row) ? percent(number) : brief(number);
}

/**
 * The rows of a scenario's cards.
 * @param {Pick<Scenario, "batch" | "surface">} scenario
 * @returns {Row[]}
 */
export function rowsOf(scenario) {
  const network = networkOf(scenario);
  const own = network === null ? ROWS : [...NETWORK_ROWS, ...(network.classes ? CLASS_ROWS : []), STEP];
  return scenario.batch > 0 ? [...own, ...BATCH_ROWS] : own;
}
