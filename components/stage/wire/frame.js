/** A binary frame of the socket: a header of whole numbers, then float64 (see backend/frames.py). */

import { contract } from "../../contract.js";

const { header_bytes: HEADER_BYTES, header_fields: HEADER_FIELDS } = contract.wire;

/** The version of the contract in which a frame was written; it comes first in every version. */
export function versionOf(buffer) {
  return new Uint32Array(buffer, 0, 1)[0];
}

/**
 * Read a frame of our version.
 * @param {ArrayBuffer} buffer
 * @returns {Object} the fields of its header (see contract.d.ts), and two tables: `values` holds (runs, count, columns)
 *   numbers from step `first` on, `inside` (count, parts, 2) of one run, if its parts were asked for
 */
export function readFrame(buffer) {
  const words = new Uint32Array(buffer, 0, HEADER_FIELDS.length);
  const header = Object.fromEntries(HEADER_FIELDS.map((name, place) => [name, words[place]]));
  const { runs, count, columns, parts } = header;
  const values = new Float64Array(buffer, HEADER_BYTES, runs * count * columns);
  const inside = new Float64Array(buffer, HEADER_BYTES + values.byteLength, 2 * count * parts);
  return { ...header, values, inside };
}
