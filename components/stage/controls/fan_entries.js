/** The texts of a fan of seeds: how many walks arrive, how each ends, and where the ends lie. */

import { brief } from "../../kit/numbers.js";
import { kindOf } from "../state/basin_shares.js";
import { SEEDS } from "../state/seed_fan.js";
import { words } from "../words.js";

/** @import { Fanned } from "../../contract.js" */
/** @import { DrawnFan } from "../draw/fan.js" */
/** @import { Kind } from "../state/basin_shares.js" */
/** @import { Fans } from "../state/seed_fan.js" */
/** @import { FanTexts, SeedOption } from "./fan_legend.js" */

const texts = words.fan;

/** @typedef {Pick<Fans, "first" | "count">} Block the first seed and the number of seeds */

/**
 * The legend of the fans of some runs.
 * @param {Block} block
 * @param {readonly DrawnFan[]} fans
 * @param {Fanned | null} fanned the last message of the answer
 * @param {number} wanted the number of runs that are shown
 * @returns {FanTexts}
 */
export function legendOf({ first, count }, fans, fanned, wanted) {
  const last = first + count - 1;
  const shares = fans.map(({ fan: { facts }, name }) => texts.share(name, facts));
  const wait = fanned?.wait ?? null;
  const missing = [
    ...(count < SEEDS ? [texts.fewer(count, SEEDS)] : []),
    ...(wait === null ? [] : [texts.later(wanted - fans.length, Math.ceil(wait))]),
  ];
  return {
    lead: texts.lead(count, first, last),
    entries: fans.map(({ look }, index) => ({ look, text: shares[index] })),
    notes: [...missing, texts.key, texts.ellipse],
    told: [texts.says(count, first, last, shares), ...missing, ...fans.flatMap(cloudsOf)].join(" "),
  };
}

/** Where the ends of a run lie, a sentence for each cloud. @param {DrawnFan} fan */
function cloudsOf({ fan: { facts }, name }) {
  return facts.clouds.map(({ count, center: [x, y], deviations: [wide, narrow] }) =>
    texts.cloud(name, count, [x, y, wide, narrow].map(brief)),
  );
}

/**
 * How the walks of a seed end, a text for each run.
 * @param {readonly DrawnFan[]} fans
 * @param {number} walk
 * @param {readonly Kind[]} minima
 */
export function endsOf(fans, walk, minima) {
  return fans.map(({ fan: { walks }, name }) =>
    texts.ends(name, kindOf(walks.outcomes[walk], minima), walks.steps[walk]),
  );
}

/**
 * The list of seeds.
 * @param {Block} block
 * @param {readonly DrawnFan[]} fans
 * @param {readonly Kind[]} minima
 * @returns {SeedOption[]}
 */
export function optionsOf({ first, count }, fans, minima) {
  return Array.from({ length: count }, (_, walk) => ({
    seed: first + walk,
    text: texts.option(first + walk, endsOf(fans, walk, minima)),
  }));
}

/**
 * The text of the tooltip over a walk of the fan.
 * @param {Block} block
 * @param {DrawnFan} fan
 * @param {number} walk
 * @param {readonly Kind[]} minima
 */
export function linesOf({ first }, fan, walk, minima) {
  return [texts.ofSeed(first + walk), ...endsOf([fan], walk, minima), texts.take];
}
