/** What the address sets for the pictures of the stage: `model=off` hides the picture of the model beside the map. */

import { textOf } from "./query.js";

/** @typedef {{ model: boolean }} Pictures which are shown */

/**
 * The parts of the address, without those that have their default: every picture is shown.
 * @param {Pictures} pictures
 * @returns {string[]}
 */
export function pictureParts({ model }) {
  return model ? [] : ["model=off"];
}

/**
 * What a query sets; an invalid part has its default.
 * @param {string} query
 * @returns {Pictures}
 */
export function picturesOf(query) {
  return { model: textOf(query, "model") !== "off" };
}
