/**
 * A network's prediction: the forward pass of a multilayer perceptron with tanh between its layers and one output, from
 * the weights that the backend has sent. See surfaces/network.py for their order.
 */

export class Network {
  #layers;
  /** The outputs of two layers in turn, a row for each unit. @type {[Float64Array[], Float64Array[]]} */
  #rows = [[], []];
  #room = 0;

  /** @param {[number, number][]} layers the inputs and outputs of each layer */
  constructor(layers) {
    this.#layers = layers;
  }

  /**
   * Predict for many examples with the same weights. The result is valid until the next call.
   * @param {Float32Array} weights for each layer its matrix, row by row of its inputs, then its biases
   * @param {Float64Array[]} inputs scaled, a row for each input
   * @param {number} [count] how many of the numbers in a row
   * @returns {Float64Array}
   */
  at(weights, inputs, count = inputs[0].length) {
    this.#reserve(count);
    let from = inputs;
    let first = 0;
    this.#layers.forEach(([rows, units], layer) => {
      const to = this.#rows[layer % 2];
      const biases = first + rows * units;
      for (let unit = 0; unit < units; unit += 1) {
        const sums = to[unit];
        sums.fill(weights[biases + unit], 0, count);
        for (let row = 0; row < rows; row += 1) {
          const weight = weights[first + row * units + unit];
          const values = from[row];
          for (let at = 0; at < count; at += 1) sums[at] += weight * values[at];
        }
        if (layer < this.#layers.length - 1) for (let at = 0; at < count; at += 1) sums[at] = Math.tanh(sums[at]);
      }
      first = biases + units;
      from = to;
    });
    return from[0].subarray(0, count);
  }

  /** @param {number} count */
  #reserve(count) {
    if (count <= this.#room) return;
    this.#room = count;
    const widest = Math.max(...this.#layers.map(([, units]) => units));
    const rows = () => Array.from({ length: widest }, () => new Float64Array(count));
    this.#rows = [rows(), rows()];
  }
}
