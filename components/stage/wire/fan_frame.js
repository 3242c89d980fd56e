/** A binary frame of a fan: the walks of one run with many seeds (see `pack_fan` of backend/frames.py). */

import { contract } from "../../contract.js";

/** @import { FrameHeader } from "../../contract.js" */

/**
 * The walks of a run, one for each seed. The path of walk i goes through the points from `begins[i]` to before
 * `begins[i + 1]`, two numbers each. `steps`: the step from which its outcome holds; `outcomes`: a byte as in a map of
 * basins (see `Ends` in frame.js).
 * @typedef {object} FanWalks
 * @property {number} run the index of the run
 * @property {number} count
 * @property {Uint32Array} begins count + 1 numbers
 * @property {Float32Array} points
 * @property {Uint32Array} steps
 * @property {Uint8Array} outcomes
 */

const { header_bytes: HEADER_BYTES, frame_kinds: KINDS } = contract.wire;

/**
 * The walks of a fan; null if the frame holds something else.
 * @param {ArrayBuffer} buffer
 * @param {FrameHeader} header
 * @returns {FanWalks | null}
 */
export function readFan(buffer, { kind, first: run, count }) {
  if (kind !== KINDS.fan) return null;
  const lengths = new Uint32Array(buffer, HEADER_BYTES, count);
  const begins = new Uint32Array(count + 1);
  lengths.forEach((length, walk) => {
    begins[walk + 1] = begins[walk] + length;
  });
  const points = new Float32Array(buffer, HEADER_BYTES + lengths.byteLength, 2 * begins[count]);
  const after = points.byteOffset + points.byteLength;
  return {
    run,
    count,
    begins,
    points,
    steps: new Uint32Array(buffer, after, count),
    outcomes: new Uint8Array(buffer, after + 4 * count, count),
  };
}
