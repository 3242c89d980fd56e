/** The data behind a loss: examples in their own numbers and as the model gets them, and the ranges of the picture. */

import { Network } from "./network.js";
import { Prediction } from "./program.js";

/** @import { AxisFact, ModelFacts } from "../../contract.js" */
/** @import { Range } from "../../kit/types.js" */

/** The part of an axis beyond the data, on each side; beyond the targets of classes there is room for their names. */
const ROOM = { input: 0.06, target: 0.1, classes: 0.2 };

/** The weights of a model: x and y of the map, or all weights of a network. @typedef {Point | Float32Array} Weights */
/** @typedef {{ x: number, y: number }} Point */

export class Data {
  facts;
  /** Null for a network. @type {Prediction | null} */
  #prediction;
  /** Null for a model with two weights. @type {Network | null} */
  #network;
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
   * @param {Data} [before] data of the same model, whose prediction is used again
   */
  constructor(facts, rows = facts.rows, ranges = null, before = undefined) {
    this.facts = facts;
    this.rows = rows;
    const { axes, program, network } = facts;
    this.columns = axes.map((_, column) => Float64Array.from(rows, (row) => row[column]));
    this.#scaling = rows === facts.rows ? facts : scalingOf(this.columns, facts);
    this.ranges = ranges ?? rangesOf(this);
    this.scaled = this.columns.slice(0, -1).map((column, input) => column.map((raw) => this.toModel(raw, input)));
    if (before !== undefined) this.#prediction = before.#prediction;
    else this.#prediction = program === null ? null : new Prediction(program, axes.length - 1);
    this.#network = network === null ? null : new Network(network.layers);
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
    if (this.facts.program === null) return false;
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

  /** Whether the model is a network, whose weights the backend sends for some steps. */
  get isNetwork() {
    return this.#network !== null;
  }

  /** How many of the examples, the first ones, train the model. */
  get training() {
    return this.facts.network?.training ?? this.count;
  }

  /**
   * The model's outputs for scaled inputs. The result is valid until the next call.
   * @param {Weights} weights
   * @param {Float64Array[]} inputs a row for each input
   * @param {number} [count] how many of the numbers in a row
   */
  outputs(weights, inputs, count = inputs[0].length) {
    if (weights instanceof Float32Array) {
      if (this.#network === null) throw new Error("Only a network has more than two weights.");
      return this.#network.at(weights, inputs, count);
    }
    if (this.#prediction === null) throw new Error("A network has more than two weights.");
    return this.#prediction.at(weights.x, weights.y, inputs, count);
  }

  /**
   * The predictions for numbers of one input, in the target's own numbers.
   * @param {Weights} weights
   * @param {ArrayLike<number>} raw
   */
  predict(weights, raw) {
    const inputs = [Float64Array.from(raw, (number) => this.toModel(number, 0))];
    return this.outputs(weights, inputs).map((output) => this.toTarget(output));
  }

  /** For how many examples the model predicts their class. @param {Weights} weights */
  hits(weights) {
    const { boundary } = this.facts;
    if (boundary === null) throw new Error("A model without classes has no boundary.");
    const outputs = this.outputs(weights, this.scaled, this.count);
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
