/** A binary frame of the socket: a header of whole numbers, then a table of numbers (see backend/frames.py). */

import { contract } from "../../contract.js";

/** @import { FrameHeader } from "../../contract.js" */

/**
 * A frame of steps: its header and two tables. `values` holds (runs, count, columns) numbers from step `first` on;
 * `inside` holds (count, parts, 2) numbers of one run, if its parts were requested. A frame of weights holds all
 * weights of networks, (runs, columns), at the step `first`; the other tables are empty. So is `weights` in a frame of
 * steps.
 * @typedef {FrameHeader & {values: Float64Array, inside: Float64Array, weights: Float32Array}} Frame
 */

/**
 * The tones of a map: `tones` holds (rows, columns) numbers, y rising with the row.
 * @typedef {{rows: number, columns: number, tones: Float32Array}} Grid
 */

/**
 * Where the walks of one run end: the first step from which the outcome holds, the final loss, and a byte for each
 * cell. A byte below the number of outcomes is an outcome; a larger one is that number plus the index of a minimum.
 * @typedef {{steps: Float32Array, losses: Float32Array, cells: Uint8Array}} Ends
 */

/**
 * Some rows of a map of basins, from row `first` on; y rises with the row. `rows` is the number of all rows of the map.
 * @typedef {{first: number, count: number, rows: number, columns: number, runs: Ends[]}} Cells
 */

const { header_bytes: HEADER_BYTES, header_fields: HEADER_FIELDS, frame_kinds: KINDS } = contract.wire;
const [NO_NUMBERS, NO_WEIGHTS] = [new Float64Array(0), new Float32Array(0)];

/**
 * The version of the contract in which a frame was written. It comes first in every version.
 * @param {ArrayBuffer} buffer
 */
export function versionOf(buffer) {
  return new Uint32Array(buffer, 0, 1)[0];
}

/**
 * Whether a frame holds weights of networks, and no steps.
 * @param {Pick<FrameHeader, "kind">} frame
 */
export function hasWeights({ kind }) {
  return kind === KINDS.weights;
}

/**
 * The header of a frame of this page's version.
 * @param {ArrayBuffer} buffer
 * @returns {FrameHeader}
 */
export function readHeader(buffer) {
  const numbers = new Uint32Array(buffer, 0, HEADER_FIELDS.length);
  const named = Object.fromEntries(HEADER_FIELDS.map((name, place) => [name, numbers[place]]));
  return /** @type {FrameHeader} */ (/** @type {unknown} */ (named));
}

/**
 * The tones of a frame; null if it holds others.
 * @param {ArrayBuffer} buffer
 * @param {FrameHeader} header
 * @returns {Grid | null}
 */
export function readTones(buffer, { kind, count: rows, columns }) {
  if (kind !== KINDS.tones) return null;
  return { rows, columns, tones: new Float32Array(buffer, HEADER_BYTES, rows * columns) };
}

/**
 * The rows of a map of basins; null if the frame holds something else.
 * @param {ArrayBuffer} buffer
 * @param {FrameHeader} header
 * @returns {Cells | null}
 */
export function readCells(buffer, { kind, first, count, runs, columns, parts: rows }) {
  if (kind !== KINDS.cells) return null;
  const size = count * columns;
  const losses = HEADER_BYTES + 4 * size * runs;
  const cells = losses + 4 * size * runs;
  const ends = Array.from({ length: runs }, (_, run) => ({
    steps: new Float32Array(buffer, HEADER_BYTES + 4 * size * run, size),
    losses: new Float32Array(buffer, losses + 4 * size * run, size),
    cells: new Uint8Array(buffer, cells + size * run, size),
  }));
  return { first, count, rows, columns, runs: ends };
}

/**
 * Read a frame of steps or of weights.
 * @param {ArrayBuffer} buffer
 * @returns {Frame}
 */
export function readFrame(buffer) {
  const header = readHeader(buffer);
  const { runs, count, columns, parts } = header;
  if (hasWeights(header)) {
    const weights = new Float32Array(buffer, HEADER_BYTES, runs * columns);
    return { ...header, values: NO_NUMBERS, inside: NO_NUMBERS, weights };
  }
  const values = new Float64Array(buffer, HEADER_BYTES, runs * count * columns);
  const inside = new Float64Array(buffer, HEADER_BYTES + values.byteLength, 2 * count * parts);
  return { ...header, values, inside, weights: NO_WEIGHTS };
}
