/** A binary frame of the bifurcation view (see `pack_orbits` of backend/frames.py). */

import { contract } from "../../contract.js";

/** @import { FrameHeader } from "../../contract.js" */

/**
 * The last positions of a run for each value of a setting: `tables` holds x, y and the loss, `last` numbers for each
 * value. `periods`: after how many steps the walk is again where it was; 0 if it never is.
 * @typedef {object} Orbits
 * @property {Float64Array} values
 * @property {number} last
 * @property {{ x: Float32Array, y: Float32Array, loss: Float32Array }} tables
 * @property {Uint8Array} kinds the outcomes, as indices of `KINDS`
 * @property {Uint8Array} periods
 */

const { header_bytes: HEADER_BYTES, frame_kinds: KINDS } = contract.wire;

/**
 * The orbits of a frame; null if it holds something else.
 * @param {ArrayBuffer} buffer
 * @param {FrameHeader} header
 * @returns {Orbits | null}
 */
export function readOrbits(buffer, { kind, count, columns: last }) {
  if (kind !== KINDS.orbits) return null;
  const size = count * last;
  const tables = HEADER_BYTES + 8 * count;
  const [x, y, loss] = [0, 1, 2].map((table) => new Float32Array(buffer, tables + 4 * size * table, size));
  const kinds = tables + 12 * size;
  return {
    values: new Float64Array(buffer, HEADER_BYTES, count),
    last,
    tables: { x, y, loss },
    kinds: new Uint8Array(buffer, kinds, count),
    periods: new Uint8Array(buffer, kinds + count, count),
  };
}
