/**
 * What the address sets for the pictures of the stage: `model=off` hides the picture of the model beside the map,
 * `basins=2` shows the map of basins of the second run.
 */

import { slotOf } from "./identity.js";
import { textOf } from "./query.js";

/**
 * What is shown; `basins` is the slot of the run, or null.
 * @typedef {{ model: boolean, basins: number | null }} Pictures
 */

/** @type {Pictures} */
export const USUAL = { model: true, basins: null };

/**
 * The parts of the address, without those that have their default: the model is shown, and no map of basins.
 * @param {Pictures} pictures
 * @param {number[]} slots of the runs
 * @returns {string[]}
 */
export function pictureParts({ model, basins }, slots) {
  const run = basins === null ? -1 : slots.indexOf(basins);
  return [...(model ? [] : ["model=off"]), ...(run === -1 ? [] : [`basins=${run + 1}`])];
}

/**
 * What a query sets; an invalid part has its default.
 * @param {string} query
 * @returns {Pictures}
 */
export function picturesOf(query) {
  const basins = textOf(query, "basins") ?? "";
  return {
    model: textOf(query, "model") !== "off",
    basins: /^[1-9]$/.test(basins) ? slotOf(query, Number(basins) - 1) : null,
  };
}
