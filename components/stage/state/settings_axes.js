/** The axes of a map of settings: which settings there are, their ranges and values, and the edit that sets them. */

import { contract } from "../../contract.js";
import { exampleCount } from "../../kit/epochs.js";
import { placeOf, valueAt } from "../../kit/scales.js";
import { slotsOf } from "./slots.js";

/** @import { Scenario } from "../../contract.js" */
/** @import { Scale } from "../../kit/scales.js" */
/** @import { Range } from "../../kit/types.js" */
/** @import { ChosenAxis } from "../wire/pictures.js" */

/** The settings that all runs share. */
export const SHARED = ["x", "y", "batch", "noise"];
/**
 * The range that is shown first of a setting on a logarithmic scale, as multiples of the present value; on the scale
 * `complement` all up to where the distance from 1 is that of the present value divided by `above`.
 */
const AROUND = { below: 100, above: 30 };
/** A difference from 1 has rounding errors beyond so many digits. */
const TIDY = 12;

/** What is chosen of a map: one axis, or two. @typedef {ChosenAxis[]} Choice */
/**
 * An axis of the present scenario: `run` is the index of the run, `whole` all values that the setting may have.
 * @typedef {{ slot: number | null, name: string, run: number, range: Range, whole: Range, scale: Scale }} Axis
 */
/** @typedef {[Range, Range]} Bounds */

/**
 * All settings that can be an axis.
 * @param {Scenario} scenario
 * @returns {{ slot: number | null, name: string }[]}
 */
export function settingsOf(scenario) {
  const own = slotsOf(scenario).flatMap((slot, index) =>
    hyperparameters(scenario, index).flatMap(({ name, scale }) => (scale === "switch" ? [] : [{ slot, name }])),
  );
  const shared = SHARED.filter((name) => name !== "batch" || exampleCount(scenario) > 0);
  return [...own, ...shared.map((name) => ({ slot: null, name }))];
}

/** @param {Scenario} scenario @param {number} index */
function hyperparameters({ runs }, index) {
  return contract.optimizers[runs[index].optimizer].hyperparameters;
}

/**
 * The chosen axes in a scenario; those that it does not have are left out, and so is a second one like the first.
 * @param {Scenario} scenario
 * @param {Choice} choice
 * @param {Bounds} bounds of the map
 * @returns {Axis[]}
 */
export function axesOf(scenario, choice, bounds) {
  const axes = choice.flatMap((chosen) => axisOf(scenario, chosen, bounds) ?? []);
  const [first, second] = axes;
  return first !== undefined && first.name === second?.name && first.slot === second.slot ? [first] : axes;
}

/** @param {Scenario} scenario @param {ChosenAxis} chosen @param {Bounds} bounds @returns {Axis | null} */
function axisOf(scenario, { slot, name, range }, bounds) {
  const run = slot === null ? 0 : slotsOf(scenario).indexOf(slot);
  const record = run === -1 ? null : recordOf(scenario, slot === null ? null : run, name, bounds);
  if (record === null) return null;
  const { whole, scale } = record;
  const usable = range !== null && range[0] < range[1] && whole[0] <= range[0] && range[1] <= whole[1];
  return { slot, name, run, range: usable ? range : whole, whole, scale };
}

/**
 * The range and the scale of a setting; null if there is no such setting.
 * @param {Scenario} scenario
 * @param {number | null} run
 * @param {string} name
 * @param {Bounds} bounds
 * @returns {{ whole: Range, scale: Scale } | null}
 */
function recordOf(scenario, run, name, bounds) {
  if (run !== null) {
    const found = hyperparameters(scenario, run).find((record) => record.name === name);
    if (found === undefined || found.scale === "switch") return null;
    return { whole: [found.low, found.high], scale: /** @type {Scale} */ (found.scale) };
  }
  const { noise } = contract.limits;
  switch (name) {
    case "x":
    case "y":
      return { whole: bounds[name === "x" ? 0 : 1], scale: "linear" };
    case "batch":
      return exampleCount(scenario) > 1 ? { whole: [1, exampleCount(scenario)], scale: "log" } : null;
    case "noise":
      return { whole: [noise.stops[1], noise.high], scale: "log" };
    default:
      return null;
  }
}

/**
 * The present value of an axis. Without batches a step uses all examples.
 * @param {Scenario} scenario
 * @param {Pick<Axis, "slot" | "name" | "run">} axis
 */
export function presentOf(scenario, { slot, name, run }) {
  if (slot !== null) return scenario.runs[run].values[name];
  if (name === "x" || name === "y") return scenario.start[name === "x" ? 0 : 1];
  return name === "batch" ? scenario.batch || exampleCount(scenario) : scenario.noise;
}

/**
 * The change of a scenario that gives the axes these values.
 * @param {Scenario} scenario
 * @param {Pick<Axis, "slot" | "name" | "run">[]} axes
 * @param {number[]} values
 * @returns {Partial<Scenario>}
 */
export function editOf(scenario, axes, values) {
  /** @type {Partial<Scenario>} */
  const part = {};
  axes.forEach(({ slot, name, run }, place) => {
    const value = values[place];
    if (slot !== null) {
      const runs = part.runs ?? scenario.runs;
      part.runs = runs.with(run, { ...runs[run], values: { ...runs[run].values, [name]: value } });
    } else if (name === "x" || name === "y") {
      const [x, y] = part.start ?? scenario.start;
      part.start = name === "x" ? [value, y] : [x, value];
    } else if (name === "batch") {
      part.batch = Math.round(value);
    } else {
      part.noise = value;
    }
  });
  return part;
}

/** The runs that a map simulates: those of its axes, else the first. @param {Pick<Axis, "slot" | "run">[]} axes */
export function runsOf(axes) {
  const own = axes.flatMap(({ slot, run }) => (slot === null ? [] : [run]));
  return own.length > 0 ? [...new Set(own)] : [0];
}

/**
 * The axes of a map that is switched on: lr of a run, and its first number on another scale, if it has one.
 * @param {Scenario} scenario
 * @param {number} run
 * @returns {Choice}
 */
export function usualAxes(scenario, run) {
  const slot = slotsOf(scenario)[run];
  const records = hyperparameters(scenario, run).filter(({ scale }) => scale !== "switch");
  const second = records.find(({ name, scale }) => name !== "lr" && scale !== "log");
  return ["lr", second?.name].flatMap((name) => {
    return name === undefined ? [] : [{ slot, name, range: rangeAbout(scenario, { slot, name, run }) }];
  });
}

/**
 * The range that is shown first of a setting: some powers of ten about the present value on a logarithmic scale; on
 * a linear one the whole (null).
 * @param {Scenario} scenario
 * @param {Pick<Axis, "slot" | "name" | "run">} axis
 * @returns {Range | null}
 */
export function rangeAbout(scenario, axis) {
  const record = axis.slot === null ? null : hyperparameters(scenario, axis.run).find(({ name }) => name === axis.name);
  if (record === null || record === undefined || record.scale === "linear") return null;
  const value = presentOf(scenario, axis);
  const round = (/** @type {number} */ end) => Number(end.toPrecision(1));
  if (record.scale === "complement") {
    const rest = Number((1 - round((1 - value) / AROUND.above)).toPrecision(TIDY));
    return [record.low, Math.max(record.low, Math.min(record.high, rest))];
  }
  const low = Math.max(record.low, round(value / AROUND.below));
  return [low, Math.min(record.high, round(value * AROUND.above))];
}

/** A text that distinguishes a setting from all others. @param {{ slot: number | null, name: string }} setting */
export function idOf({ slot, name }) {
  return `${slot ?? ""}.${name}`;
}

/** A zoom to less than this part of the whole range on its scale would show nothing that can be told apart. */
const LEAST_ZOOM = 1e-6;
/** The ends of a zoomed range are rounded to this part of it. */
const ROUNDED = 1e-3;

/**
 * The range of an axis after zooming by `factor` (below 1: closer) about a share of its length; null: the whole range.
 * @param {Axis} axis
 * @param {number} factor
 * @param {number} about from 0 to 1
 * @returns {Range | null}
 */
export function zoomedRange({ range, whole, scale }, factor, about) {
  const [low, high] = range.map((value) => placeOf(scale, value));
  const [least, most] = whole.map((value) => placeOf(scale, value));
  const length = Math.max(LEAST_ZOOM * (most - least), factor * (high - low));
  if (length >= most - least) return null;
  const from = Math.max(least, Math.min(most - length, low + about * (high - low) - about * length));
  const ends = [from, from + length].map((place) => valueAt(scale, place, ROUNDED * length));
  return [Math.max(whole[0], ends[0]), Math.min(whole[1], ends[1])];
}

/**
 * The value some cells beyond that of the present value; beyond the ends the value at the end.
 * @param {number[]} values of the cells, rising
 * @param {number} present
 * @param {number} cells
 */
export function stepped(values, present, cells) {
  const above = values.findIndex((value) => value >= present);
  const at = above === -1 ? values.length : above;
  const exact = values[at] === present;
  const next = cells > 0 ? at + cells - (exact ? 0 : 1) : at + cells;
  return values[Math.max(0, Math.min(values.length - 1, next))];
}
