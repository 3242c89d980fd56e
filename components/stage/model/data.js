/** The data behind a loss: examples in their own numbers and as the model gets them, and the ranges of the picture. */

import { Prediction } from "./program.js";

/** @import { AxisFact, ModelFacts } from "../../contract.js" */
/** @import { Range } from "../../kit/types.js" */

/** The part of an axis beyond the data, on each side; beyond the targets of classes there is room for their names. */
const ROOM = { input: 0.06, target: 0.1, classes: 0.2 };

export class Data {
  facts;
  prediction;
  /** The columns of the table: the inputs, then the target. @type {Float64Array[]} */
  columns;
  /** The inputs as the model gets them. @type {Float64Array[]} */
  scaled;

  /** The ranges of the two axes. @type {{ x: Range, y: Range }} */
  ranges;
  #scaling;

  /**
   * @param {ModelFacts} facts
   * @param {number[][]} rows the examples, if they are not those of the dataset
   * @param {{ x: Range, y: Range } | null} ranges those of the picture, if they stay while an example is dragged
   * @param {Prediction} [prediction] that of the same model
   */
  constructor(facts, rows = facts.rows, ranges = null, prediction = undefined) {
    this.facts = facts;
    this.rows = rows;
    const { axes, program } = facts;
    this.columns = axes.map((_, column) => Float64Array.from(rows, (row) => row[column]));
    this.#scaling = rows === facts.rows ? facts : scalingOf(this.columns, facts);
    this.ranges = ranges ?? rangesOf(this);
    this.scaled = this.columns.slice(0, -1).map((column, input) => column.map((raw) => this.toModel(raw, input)));
    this.prediction = prediction ?? new Prediction(program, axes.length - 1);
  }

  /** How many examples there are. */
  get count() {
    return this.rows.length;
  }

  /** How many inputs an example has: 1 or 2. */
  get inputs() {
    return this.facts.axes.length - 1;
  }

  /** The targets in their own numbers. */
  get targets() {
    return this.columns[this.inputs];
  }

  /** The names of the classes; none if the target is a number. */
  get classes() {
    return this.facts.axes[this.inputs].classes;
  }

  /** Whether the model's output is a probability: then its last operation is a sigmoid. */
  get isProbability() {
    const { operations, result } = this.facts.program;
    return operations[result - 2 - this.inputs]?.name === "sigmoid";
  }

  /** A number of a column as the model gets it. @param {number} raw @param {number} column */
  toModel(raw, column) {
    return (raw - this.#scaling.shift[column]) / this.#scaling.unit[column];
  }

  /** A prediction of the model in the target's own numbers. @param {number} output */
  toTarget(output) {
    return output * this.#scaling.unit[this.inputs] + this.#scaling.shift[this.inputs];
  }

  /**
   * The predictions for numbers of one input, in the target's own numbers.
   * @param {number} x
   * @param {number} y
   * @param {ArrayLike<number>} raw
   */
  predict(x, y, raw) {
    const inputs = [Float64Array.from(raw, (number) => this.toModel(number, 0))];
    return this.prediction.at(x, y, inputs).map((output) => this.toTarget(output));
  }

  /** For how many examples the model predicts their class. @param {number} x @param {number} y */
  hits(x, y) {
    const { boundary } = this.facts;
    if (boundary === null) throw new Error("A model without classes has no boundary.");
    const outputs = this.prediction.at(x, y, this.scaled, this.count);
    return this.targets.reduce((hits, target, at) => hits + Number(outputs[at] > boundary === target > 0), 0);
  }

  /** What the two axes of the picture show. @returns {[AxisFact, AxisFact]} */
  get axes() {
    return [this.facts.axes[0], this.facts.axes[1]];
  }
}

/**
 * The ranges of the picture's axes.
 * @param {Data} data
 * @returns {{ x: Range, y: Range }}
 */
function rangesOf({ columns: [first, second], inputs, classes }) {
  const room = inputs === 2 ? ROOM.input : classes.length > 0 ? ROOM.classes : ROOM.target;
  return { x: around(first, ROOM.input), y: around(second, room) };
}

/**
 * Shift and unit of each column: the model gets (number - shift) / unit. Python scales in the same way (model.py).
 * @param {Float64Array[]} columns
 * @param {ModelFacts} facts
 * @returns {{ shift: number[], unit: number[] }}
 */
export function scalingOf(columns, { input_scale: inputs, target_scale: target }) {
  const scaled = columns.map((column, at) => {
    if ((at < columns.length - 1 ? inputs : target) === "raw") return { shift: 0, unit: 1 };
    const shift = sum(column) / column.length;
    const unit = Math.sqrt(sum(column.map((number) => (number - shift) ** 2)) / column.length);
    return { shift, unit: unit > 0 ? unit : 1 };
  });
  return { shift: scaled.map(({ shift }) => shift), unit: scaled.map(({ unit }) => unit) };
}

/** @param {Float64Array} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/**
 * The range of some numbers, with room on both sides.
 * @param {Float64Array} numbers
 * @param {number} room as a part of the range
 * @returns {Range}
 */
function around(numbers, room) {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const more = room * (high - low) || Math.max(1, Math.abs(low) * 0.1);
  return [low - more, high + more];
}
