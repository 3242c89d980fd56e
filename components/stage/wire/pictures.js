/**
 * What the address sets for the pictures of the stage: `model=off` hides the picture of the model beside the map,
 * `basins=2` shows the map of basins of the second run (`2,1`: compared with the first, `2,steps`: its steps),
 * `settings=1.lr:0.001..1,1.momentum` the map of two settings of the first, `settings=1.lr,orbits.x` the last positions
 * over one, `seeds=64` the fan of so many seeds, `window=-1..2,0..1` the part of the map that is enlarged. Each picture
 * is an entry of `PICTURES`.
 */

import { contract } from "../../contract.js";
import { spell } from "../../kit/numbers.js";
import { slotOf } from "./identity.js";
import { textOf } from "./query.js";

/** @import { Range } from "../../kit/types.js" */

/**
 * How the address sets one picture.
 * @template Choice what is chosen of it
 * @typedef {object} Picture
 * @property {(choice: Choice, slots: number[]) => string | null} write the text of its part, for the slots of the
 *   runs; null leaves the part out
 * @property {(text: string | null, query: string) => Choice} read what a text sets, null if there is none; an invalid
 *   text sets the usual
 */
/**
 * An axis of a map of settings: a hyperparameter of the run in a slot, or a setting that all runs share; `range` is the
 * part of its values that is shown, null the whole.
 * @typedef {{ slot: number | null, name: string, range: [number, number] | null }} ChosenAxis
 */
/** What the color shows, or with one axis the height. @typedef {"loss" | "steps" | "outcome"} Measure */
/** With one axis also the last positions. @typedef {"orbit_x" | "orbit_y" | "orbit_loss"} Last */
/** @typedef {Measure | Last} Shows */
/** What the colors of the map of basins show. @typedef {"outcome" | "steps" | "loss"} BasinShows */
/** What is chosen of the map of settings: one axis or two, and what it shows. */
/** @typedef {{ axes: ChosenAxis[], shows: Shows }} ChosenSettings */
/**
 * What is chosen of the map of basins: the slot of its run, that of the run with which it is compared, and what its
 * colors show.
 * @typedef {{ slot: number, compared: number | null, shows: BasinShows }} ChosenBasins
 */
/**
 * The part of the map that is shown: the ranges of x and y, and the surface to which they belong; null if the address
 * names none.
 * @typedef {{ x: Range, y: Range, surface: string | null }} ChosenWindow
 */
/**
 * What is shown, by the words of the address; `basins` and `settings` are null for no map, `seeds` is whether the fan
 * is shown, `window` is null for the whole map.
 * @typedef {object} Pictures
 * @property {boolean} model
 * @property {ChosenBasins | null} basins
 * @property {ChosenSettings | null} settings
 * @property {boolean} seeds
 * @property {ChosenWindow | null} window
 */
/**
 * The parts of the stage that show the pictures.
 * @typedef {{ [Word in keyof Pictures]: { choice: Pictures[Word] } }} Views
 */

/** The number of seeds of a fan, as the address has it. */
const SEEDS = "64";

/** The word in the address for each thing that the map of settings shows; that of the first is left out. */
/** @type {Readonly<Record<Shows, string>>} */
const SHOWN = {
  loss: "loss",
  steps: "steps",
  outcome: "outcome",
  orbit_x: "orbits.x",
  orbit_y: "orbits.y",
  orbit_loss: "orbits.loss",
};

/** Whether it can be shown: the last positions are over one setting. @param {Shows} shows @param {ChosenAxis[]} axes */
const fits = (shows, axes) => axes.length === 1 || !shows.startsWith("orbit");

/** @type {{ [Word in keyof Pictures]: Picture<Pictures[Word]> }} */
const PICTURES = {
  model: { write: (on) => (on ? null : "off"), read: (text) => text !== "off" },
  basins: {
    write(basins, slots) {
      if (basins === null || !slots.includes(basins.slot)) return null;
      const { slot, compared, shows } = basins;
      const runs = [slot, compared].flatMap((of) => (of !== null && slots.includes(of) ? [slots.indexOf(of) + 1] : []));
      return [...runs, ...(shows === "outcome" ? [] : [shows])].join(",");
    },
    read(text, query) {
      const [, run, other, shows] = BASINS.exec(text ?? "") ?? [];
      const [slot, compared] = [run, other].map((of) => (of === undefined ? null : slotOf(query, Number(of) - 1)));
      if (slot === null) return null;
      const usual = /** @type {BasinShows} */ (shows ?? "outcome");
      return { slot, compared: compared === slot ? null : compared, shows: usual };
    },
  },
  settings: {
    write(settings, slots) {
      if (settings === null || settings.axes.some(({ slot }) => slot !== null && !slots.includes(slot))) return null;
      const { axes, shows } = settings;
      const shown = shows === "loss" || !fits(shows, axes) ? [] : [SHOWN[shows]];
      return [...axes.map((axis) => textOfAxis(axis, slots)), ...shown].join(",");
    },
    read(text, query) {
      const parts = (text ?? "").split(",");
      const entry = Object.entries(SHOWN).find(([, word]) => word === parts.at(-1));
      const axes = (entry === undefined ? parts : parts.slice(0, -1)).map((part) => axisOf(part, query));
      const found = axes.filter((axis) => axis !== null);
      if (found.length !== axes.length || found.length < 1 || found.length > 2) return null;
      const shows = /** @type {Shows} */ (entry?.[0] ?? "loss");
      return { axes: found, shows: fits(shows, found) ? shows : "loss" };
    },
  },
  seeds: { write: (on) => (on ? SEEDS : null), read: (text) => text === SEEDS },
  window: {
    write: (window) => (window === null ? null : [window.x, window.y].map(textOfRange).join(",")),
    read(text, query) {
      const [, ...ends] = WINDOW.exec(text ?? "") ?? [];
      const [left, right, low, high] = ends.map(Number);
      const usable = ends.length > 0 && [left, right, low, high].every(Number.isFinite) && left < right && low < high;
      return usable ? { x: [left, right], y: [low, high], surface: textOf(query, "surface") } : null;
    },
  },
};
/** A part of the map in the address, such as `-1..2,0..1`. */
const WINDOW = /^(.+?)\.\.(.+),(.+?)\.\.(.+)$/;
/** The map of basins in the address, such as `2`, `2,1` or `2,steps`. */
const BASINS = /^([1-8])(?:,([1-8]))?(?:,(steps|loss))?$/;
/** An axis in the address, such as `2.lr:0.001..1`. */
const AXIS = /^(?:([1-8])\.([a-z][a-z0-9_]*)|(x|y|batch|noise))(?::([^.]*(?:\.[^.]+)?)\.\.(.+))?$/;
const WORDS = /** @type {(keyof Pictures)[]} */ (Object.keys(PICTURES));

/**
 * The parts of the address, without those that have their default.
 * @param {Pictures} pictures
 * @param {number[]} slots of the runs
 * @returns {string[]}
 */
export function pictureParts(pictures, slots) {
  return WORDS.flatMap((word) => {
    const { write } = /** @type {Picture<unknown>} */ (PICTURES[word]);
    const text = write(pictures[word], slots);
    return text === null ? [] : [`${word}=${text}`];
  });
}

/**
 * What a query sets; an invalid part has its default.
 * @param {string} query
 * @returns {Pictures}
 */
export function picturesOf(query) {
  const choices = WORDS.map((word) => [word, PICTURES[word].read(textOf(query, word), query)]);
  return Object.fromEntries(choices);
}

/** What is shown now. @param {Views} views @returns {Pictures} */
export function choicesOf(views) {
  return /** @type {Pictures} */ (Object.fromEntries(WORDS.map((word) => [word, views[word].choice])));
}

/** Show what an address sets. @param {Views} views @param {Pictures} pictures */
export function choose(views, pictures) {
  for (const word of WORDS) /** @type {{ choice: unknown }} */ (views[word]).choice = pictures[word];
}

/** @param {ChosenAxis} axis @param {number[]} slots */
function textOfAxis({ slot, name, range }, slots) {
  const shown = range === null ? "" : `:${textOfRange(range)}`;
  return `${slot === null ? "" : `${slots.indexOf(slot) + 1}.`}${name}${shown}`;
}

/** @param {Range} range */
function textOfRange(range) {
  return range.map((end) => spell(end, contract.spellings.link, "-")).join("..");
}

/** @param {string} text @param {string} query @returns {ChosenAxis | null} */
function axisOf(text, query) {
  const [, run, own, shared, low, high] = AXIS.exec(text) ?? [];
  const slot = run === undefined ? null : slotOf(query, Number(run) - 1);
  if (shared === undefined && slot === null) return null;
  const range = [low, high].map(Number);
  const usable = low !== undefined && range.every(Number.isFinite) && range[0] < range[1];
  return { slot, name: own ?? shared, range: usable ? /** @type {[number, number]} */ (range) : null };
}

/** What the scene of a lesson set last, by the parts that show it. @type {WeakMap<Views, string>} */
const scenes = new WeakMap();

/**
 * Show what a lesson's scene sets, when another scene is shown: until then the learner's own choice stays.
 * @param {Views} views
 * @param {string} query the part of the scene's link that sets pictures; empty for none
 */
export function chooseScene(views, query) {
  if (query === (scenes.get(views) ?? "")) return;
  scenes.set(views, query);
  choose(views, picturesOf(query));
}
