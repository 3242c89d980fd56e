/** Computes a model's prediction: the list of operations that Python has traced from `predict`, element by element. */

/** @import { Operation, Program } from "../../contract.js" */

/**
 * @typedef {(a: number, b: number, c: number) => number} Rule
 * @type {Record<Exclude<Operation["name"], "constant" | keyof typeof LOOPS>, Rule>}
 */
const RULES = {
  div: (a, b) => a / b,
  neg: (a) => -a,
  // As in C: 1 to any power is 1, also to the power of NaN.
  pow: (a, b) => (a === 1 ? 1 : a ** b),
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  sin: Math.sin,
  cos: Math.cos,
  atan: Math.atan,
  abs: Math.abs,
  sign: (a) => (a > 0 ? 1 : 0) - (a < 0 ? 1 : 0),
  maximum: (a, b) => Math.max(a, b),
  minimum: (a, b) => Math.min(a, b),
  gt: (a, b) => Number(a > b),
  ge: (a, b) => Number(a >= b),
  lt: (a, b) => Number(a < b),
  le: (a, b) => Number(a <= b),
  eq: (a, b) => Number(a === b),
  where: (a, b, c) => (a !== 0 ? b : c),
};

/**
 * The most frequent operations have their own loops, since a function call for each number takes longer.
 * @satisfies {Record<string, (to: Float64Array, a: Float64Array, b: Float64Array, count: number) => void>}
 */
const LOOPS = {
  add(to, a, b, count) {
    for (let at = 0; at < count; at += 1) to[at] = a[at] + b[at];
  },
  sub(to, a, b, count) {
    for (let at = 0; at < count; at += 1) to[at] = a[at] - b[at];
  },
  mul(to, a, b, count) {
    for (let at = 0; at < count; at += 1) to[at] = a[at] * b[at];
  },
};

export class Prediction {
  #operations;
  #result;
  #inputs;
  /** A row for each value of the program, in its order. @type {Float64Array[]} */
  #rows = [];
  #room = 0;

  /** @param {Program} program @param {number} inputs how many inputs an example has */
  constructor({ operations, result }, inputs) {
    this.#operations = operations;
    this.#result = result;
    this.#inputs = inputs;
  }

  /**
   * Predict for many examples with the same weights. The result is valid until the next call.
   * @param {number} x
   * @param {number} y
   * @param {Float64Array[]} inputs scaled, a row for each input
   * @param {number} [count] how many of the numbers in a row
   * @returns {Float64Array}
   */
  at(x, y, inputs, count = inputs[0].length) {
    this.#reserve(count);
    const rows = this.#rows;
    rows[0].fill(x, 0, count);
    rows[1].fill(y, 0, count);
    for (let input = 0; input < this.#inputs; input += 1) rows[2 + input] = inputs[input];
    const first = 2 + this.#inputs;
    for (const [place, { name, of, number }] of this.#operations.entries()) {
      const to = rows[first + place];
      if (name === "constant") {
        to.fill(number ?? 0, 0, count);
        continue;
      }
      const a = rows[of[0]];
      const b = rows[of[1] ?? of[0]];
      if (name === "add" || name === "sub" || name === "mul") {
        LOOPS[name](to, a, b, count);
        continue;
      }
      const rule = RULES[name];
      const c = rows[of[2] ?? of[0]];
      for (let at = 0; at < count; at += 1) to[at] = rule(a[at], b[at], c[at]);
    }
    return rows[this.#result].subarray(0, count);
  }

  /** @param {number} count */
  #reserve(count) {
    if (count <= this.#room) return;
    this.#room = count;
    this.#rows = Array.from({ length: 2 + this.#inputs + this.#operations.length }, () => new Float64Array(count));
  }
}
