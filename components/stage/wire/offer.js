/** What a link offers on its page, and how it opens the stage, as parts of the address: Python reads them. */

import { contract } from "../../contract.js";
import { spell } from "../../kit/numbers.js";

/** @import { Offer } from "../../contract.js" */

/**
 * How the stage is shown now: what a link may say besides the scenario. `zoom`: the edges of the part of the map that is
 * shown, null for the whole; `steps`: the number of steps of the walk; `open`: the indices of the runs all of whose
 * settings are shown in the panel.
 * @typedef {object} Look
 * @property {number} step
 * @property {number} steps
 * @property {boolean} playing
 * @property {number} speed
 * @property {"auto" | "linear" | "log"} scale
 * @property {number[] | null} zoom
 * @property {number[]} open
 */

const NONE = "none";
const number = (/** @type {number} */ value) => spell(value, contract.spellings.link, "-");

/**
 * The parts for an offer, without those that have their default.
 * @param {Offer} offer
 * @returns {string[]}
 */
export function offerParts({ controls, hide, title, lock }) {
  return [
    ...(controls === null ? [] : [`controls=${controls.length === 0 ? NONE : controls.join(",")}`]),
    ...(hide.length === 0 ? [] : [`hide=${hide.join(",")}`]),
    ...(title === "" ? [] : [`title=${encodeURIComponent(title)}`]),
    ...(lock.length === 0 ? [] : [`lock=${lock.join(",")}`]),
  ];
}

/**
 * The parts for a look, without those that have their default. The end of the walk is no default: a page that is opened
 * plays the walk.
 * @param {Look} look
 * @returns {string[]}
 */
export function openingParts({ step, playing, speed, scale, zoom, open }) {
  return [
    ...(playing ? [] : step === 0 ? ["play=off"] : [`step=${step}`]),
    ...(speed === 1 ? [] : [`speed=${speed === Infinity ? "instant" : speed}`]),
    ...(scale === "auto" ? [] : [`scale=${scale}`]),
    ...(zoom === null ? [] : [`zoom=${zoom.map(number).join(",")}`]),
    ...(open.length === 0 ? [] : [`open=${open.map((index) => index + 1).join(",")}`]),
  ];
}
