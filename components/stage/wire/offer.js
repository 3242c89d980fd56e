/** What a link offers on its page, and how it opens the stage, as parts of the address: Python reads them. */

import { contract } from "../../contract.js";
import { parts } from "./query.js";

/** @import { Offer } from "../../contract.js" */

/**
 * How the stage is shown now: what a link may say besides the scenario. `steps`: the number of steps of the walk;
 * `open`: the indices of the runs all of whose settings are shown in the panel. The part of the map is in the address
 * anyway (`window`).
 * @typedef {object} Look
 * @property {number} step
 * @property {number} steps
 * @property {boolean} playing
 * @property {number} speed
 * @property {"auto" | "linear" | "log"} scale
 * @property {number[]} open
 */

const NONE = "none";

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
export function openingParts({ step, playing, speed, scale, open }) {
  return [
    ...(playing ? [] : step === 0 ? ["play=off"] : [`step=${step}`]),
    ...(speed === 1 ? [] : [`speed=${speed === Infinity ? "instant" : speed}`]),
    ...(scale === "auto" ? [] : [`scale=${scale}`]),
    ...(open.length === 0 ? [] : [`open=${open.map((index) => index + 1).join(",")}`]),
  ];
}

const { offer: OFFER, opening: OPENING, stay: STAY } = contract.link;

/**
 * An address with another offer and opening, for somebody else.
 * @param {string} address
 * @param {Offer} offer
 * @param {Look | null} look null: the page opens as usual
 */
export function offeringAddress(address, offer, look) {
  const [path, query = ""] = address.split("#")[0].split("?");
  const kept = parts(query).filter(({ name }) => ![...OFFER, ...OPENING, ...STAY].includes(name));
  const all = [...kept.map(({ part }) => part), ...(look === null ? [] : openingParts(look)), ...offerParts(offer)];
  return all.length === 0 ? path : `${path}?${all.join("&")}`;
}

/**
 * The HTML of a frame that shows an address on another page.
 * @param {string} address
 * @param {string} title
 */
export function frameOf(address, title) {
  const source = `${address}${address.includes("?") ? "&" : "?"}embed=true`;
  const [src, name] = [source, title].map((text) =>
    text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;"),
  );
  return `<iframe src="${src}" title="${name}" width="100%" height="700" allow="clipboard-write; fullscreen"></iframe>`;
}
