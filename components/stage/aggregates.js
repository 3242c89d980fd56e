/** The views of many walks at once: the stage treats them as a list. */

import { BasinView } from "./basin_view.js";
import { FanView } from "./fan_view.js";
import { OrbitView } from "./orbit_view.js";
import { SettingsView } from "./settings_view.js";
import { BasinMap } from "./state/basin_map.js";
import { OrbitMap } from "./state/orbit_map.js";
import { SeedFan } from "./state/seed_fan.js";
import { SettingsMap } from "./state/settings_map.js";

/** @import { Scenario } from "../contract.js" */
/** @import { Theme } from "../kit/types.js" */
/** @import { Aggregate } from "./draw/types.js" */
/** @import { Parts } from "./layout.js" */
/** @import { View } from "./draw/view.js" */
/** @import { Store } from "./state/store.js" */
/** @import { Walks } from "./walks.js" */

/**
 * @param {HTMLElement} root
 * @param {Parts} parts
 * @param {View} view
 * @param {{ walks: Walks, store: Store, requestFrame: () => void, switched: () => void }} stage `switched`: the address
 *   is to be written
 */
export function aggregatesOf(root, parts, view, { walks: { stream }, store, requestFrame, switched }) {
  const basins = new BasinMap(stream, requestFrame);
  const settings = new SettingsMap(stream, requestFrame);
  const fan = new SeedFan(stream, requestFrame);
  stream.answer("map", basins);
  stream.answer("settings", settings);
  stream.answer("seeds", fan);
  const orbits = new OrbitMap(stream, requestFrame);
  stream.answer("orbits", orbits);
  const callbacks = { requestFrame, switched };
  return {
    basins: new BasinView(root, parts, view, basins, callbacks),
    settings: new SettingsView(root, parts, settings, new OrbitView(orbits), store, callbacks),
    seeds: new FanView(root, parts, view, fan, store, callbacks),
  };
}

/**
 * What the views of many walks say on the card of a run; may be empty.
 * @param {Aggregate[]} aggregates
 * @param {Scenario} scenario
 * @param {number} index of the run
 * @param {Theme} theme
 */
export function cardLine(aggregates, scenario, index, theme) {
  return aggregates.map((each) => each.cardLine?.(scenario, index, theme) ?? "").join("");
}
