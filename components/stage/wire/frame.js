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
