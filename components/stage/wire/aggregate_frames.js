/** The frames about many walks at once: rows of a map, walks with many seeds, last positions of a run. */

import { readFan } from "./fan_frame.js";
import { readCells } from "./frame.js";
import { readOrbits } from "./orbit_frame.js";

/** @import { FrameHeader } from "../../contract.js" */
/** @import { Part } from "./part.js" */
/** @import { Request } from "./slot.js" */

/**
 * Pass such a frame on to the part that has requested it; false if the frame is another one.
 * @param {ArrayBuffer} buffer
 * @param {FrameHeader} header
 * @param {Part | undefined} part
 * @param {Request} request
 */
export function passOn(buffer, header, part, request) {
  const [cells, fan, orbits] = [readCells(buffer, header), readFan(buffer, header), readOrbits(buffer, header)];
  if (cells !== null) part?.cells?.(request, cells);
  if (fan !== null) part?.fan?.(request, fan);
  if (orbits !== null) part?.orbits?.(request, orbits);
  return cells !== null || fan !== null || orbits !== null;
}
