/** The names of settings: in the lists, at the axes, and in sentences. */

import { runName } from "../kit/runs.js";
import { idOf, settingsOf } from "./state/settings_axes.js";
import { slotsOf } from "./state/slots.js";
import { words } from "./words.js";

/** @import { Scenario } from "../contract.js" */
/** @import { Listed } from "./controls/settings_panel.js" */

const texts = words.settings;

/** @typedef {{ slot: number | null, name: string }} Setting */

/** All settings that can be an axis. @param {Scenario} scenario @returns {Listed[]} */
export function listOf(scenario) {
  return settingsOf(scenario).map((setting) => ({ id: idOf(setting), name: nameOf(scenario, setting) }));
}

/**
 * The name of a setting: with that of its run if there are several runs.
 * @param {Scenario} scenario
 * @param {Setting} setting
 */
export function nameOf(scenario, { slot, name }) {
  const index = slot === null ? -1 : slotsOf(scenario).indexOf(slot);
  return index === -1 || scenario.runs.length === 1 ? texts.brief(name) : texts.setting(name, runName(scenario, index));
}

/**
 * The names of axes in a sentence: with their runs if both have the same name.
 * @param {Scenario} scenario
 * @param {Setting[]} axes
 */
export function namesOf(scenario, axes) {
  const [first, second] = axes;
  const isShort = first?.name !== second?.name;
  return axes.map((axis) => (isShort ? texts.brief(axis.name) : nameOf(scenario, axis)));
}
