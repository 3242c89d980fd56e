/** The entries of the legend of a map of basins: what is painted how, from which share of the starts. */

import { brief } from "../../kit/numbers.js";
import { KINDS } from "../../kit/outcomes.js";
import { wholePercents } from "../../kit/shares.js";
import { paintOf } from "../draw/basin_colors.js";
import { kindOf, minimumOf, sharesOf, sharesOfCases } from "../state/basin_shares.js";
import { words } from "../words.js";

/** @import { Mapped } from "../../contract.js" */
/** @import { Theme } from "../../kit/types.js" */
/** @import { Painted, Scale, Shows } from "../draw/basin_colors.js" */
/** @import { Kind } from "../state/basin_shares.js" */
/** @import { Ends } from "../wire/frame.js" */
/** @import { Entry, Legend } from "./basin_legend.js" */

const texts = words.basins;
/** A smaller share of sensitive starts is not told. */
const SENSITIVE = 0.001;

/** What a map has been painted with. @typedef {Painted & { scale?: Scale | null, cases?: Uint8Array }} Coloring */
/** A minimum: where it is, and whether it stands for a curve of minima. */
/** @typedef {Kind & { x: number, y: number, level: boolean }} Place */
/** The names of one run, or of two. @typedef {string[]} Names */

/**
 * The legend of a map.
 * @param {Ends[]} ends
 * @param {readonly Kind[]} minima
 * @param {Coloring} coloring
 * @param {{ names: Names, shows: Shows, theme: Theme }} how
 * @returns {Pick<Legend, "entries" | "lead" | "told">}
 */
export function legendOf(ends, minima, { paints, scale, cases }, { names, shows, theme }) {
  if (cases !== undefined) {
    const [first, second] = names;
    const found = sharesOfCases(cases);
    const parts = inPercent(found);
    const shares = found.map(({ case: name }, at) => texts.cases[name](parts[at], first, second));
    const entries = shares.map((text, at) => ({ paints: [paints[at]], text }));
    return { entries, lead: texts.arrives, told: texts.compared(first, second, shares) };
  }
  const shares = sharesOf(ends[0], minima);
  const parts = inPercent(shares);
  const told = shares.map(({ kind }, at) => texts.share(parts[at], kind));
  const whole = texts.says(names[0], told);
  if (scale === undefined) {
    const entries = shares.map(({ kind, styles }, at) => ({
      paints:
        styles.length === 0 ? [paintOf(kind, undefined, theme)] : styles.map((style) => paintOf(kind, style, theme)),
      text: told[at],
    }));
    return { entries, lead: "", told: whole };
  }
  const number = scale === null ? texts.noNumber : numbersOf(scale, shows);
  /** @type {Entry[]} */
  const ramp = [{ paints: [], ramp: scale !== null, text: number }];
  const numbered = shows === "steps" ? ["global_minimum", "local_minimum"] : null;
  const rest = shares.flatMap(({ kind }, at) => {
    const inRamp = numbered === null ? kind !== "left_the_map" && kind !== "diverged" : numbered.includes(kind);
    return inRamp ? [] : [{ paints: [{ ...paintOf(kind, undefined, theme), tint: null }], text: told[at] }];
  });
  return { entries: [...ramp, ...rest], lead: "", told: `${whole} ${number}` };
}

/** Shares as texts, which add up to 100 %. @param {{ share: number }[]} shares */
function inPercent(shares) {
  const rounded = wholePercents(shares.map(({ share }) => share));
  return shares.map(({ share }, at) => texts.percent(share, rounded[at]));
}

/**
 * Why one outcome has several colors; nothing if each has one.
 * @param {Ends[]} ends
 * @param {readonly Place[]} minima
 * @param {Coloring} coloring
 */
export function colorNotesOf([one], minima, { scale, cases }) {
  if (scale !== undefined || cases !== undefined) return [];
  const several = sharesOf(one, minima).filter(({ styles }) => styles.length > 1);
  if (several.length === 0) return [];
  return [minima.some(({ level }) => level) ? texts.colors.curve : texts.colors.minima];
}

/** @param {Scale} scale @param {Shows} shows */
function numbersOf({ low, high, log }, shows) {
  return shows === "steps" ? texts.steps(low, high) : texts.loss(low, high, log);
}

/**
 * The notes on a map: whether it is coarse, and how many starts are sensitive.
 * @param {Mapped | null} mapped
 */
export function notesOf(mapped) {
  if (mapped === null) return [];
  const { coarse, wait, sensitive } = mapped;
  return [
    ...(coarse ? [wait === null ? texts.tooLong : texts.coarse(Math.ceil(wait))] : []),
    ...(sensitive !== null && sensitive > SENSITIVE ? [texts.sensitive(sensitive)] : []),
  ];
}

/**
 * Where the walks from a cell end, a line for each run.
 * @param {Ends[]} ends
 * @param {readonly Place[]} minima
 * @param {Names} names
 * @param {number} cell
 */
export function linesAt(ends, minima, names, cell) {
  return ends.map(({ steps, losses, cells }, run) => {
    const kind = kindOf(cells[cell], minima);
    const { x = 0, y = 0, level = false } = minimumOf(cells[cell], minima) ?? {};
    const like = minima.filter((_, at) => kindOf(KINDS.length + at, minima) === kind).length;
    const where = like > 1 && cells[cell] >= KINDS.length ? texts[level ? "near" : "minimum"](brief(x), brief(y)) : "";
    return texts.hover(names[run], kind, steps[cell], brief(losses[cell]), where);
  });
}
