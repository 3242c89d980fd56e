/** What is shown under the pointer: the step that is drawn there, or the numbers of the landscape and of many walks. */

import { runName } from "../kit/runs.js";
import { Hover } from "./controls/hover.js";
import { nearest } from "./controls/nearest.js";

/** @import { Pixel, Point } from "../kit/types.js" */
/** @import { PointNumbers } from "./controls/hover.js" */
/** @import { Aggregate } from "./draw/types.js" */
/** @import { View } from "./draw/view.js" */
/** @import { Playback } from "./state/playback.js" */
/** @import { Store } from "./state/store.js" */
/** @import { Walks } from "./walks.js" */
/** @import { Walk } from "./wire/record.js" */

export class Hovering {
  /** The views of many walks. @type {Aggregate[]} */
  aggregates = [];
  #hover;
  #map;
  #view;
  #store;
  #playback;

  /**
   * @param {{ map: HTMLElement, tooltip: HTMLElement, downhill: HTMLElement }} parts
   * @param {View} view
   * @param {Store} store
   * @param {Playback} playback
   */
  constructor({ map, tooltip, downhill }, view, store, playback) {
    const ring = () => (store.scenario === null ? null : view.project(...store.scenario.start));
    this.#hover = new Hover(tooltip, downhill, view, ring);
    this.#map = map;
    this.#view = view;
    this.#store = store;
    this.#playback = playback;
  }

  /**
   * Show what is under a pixel of the map: an end or a path of many walks, the numbers of a step, or else those of the
   * landscape, which are requested. With null, hide them.
   * @param {Pixel | null} place
   * @param {Walks} walks
   */
  over(place, { walk, probe }) {
    const { scenario } = this.#store;
    if (scenario === null) return;
    const at = this.#playback.playing ? null : place;
    const hit = this.#hitAt(at, walk);
    this.#map.toggleAttribute("data-hit", hit !== null);
    if (at !== null && hit !== null) {
      this.#hover.say(at, hit.lines, walk);
      return probe.over(scenario, null);
    }
    const found = this.#hover.show(at, walk, this.#playback.step, (index) => runName(scenario, index));
    probe.over(scenario, at === null || found ? null : this.#view.unproject(...at));
  }

  /** @param {Pixel | null} place @param {Walk | null} walk */
  #hitAt(place, walk) {
    const project = (/** @type {number} */ x, /** @type {number} */ y) => this.#view.project(x, y);
    const onStep = place !== null && walk !== null && nearest(place, walk.runs, this.#playback.step, project) !== null;
    const hits = this.aggregates.map((each) => each.hitAt?.(place, onStep) ?? null);
    return hits.find((hit) => hit !== null) ?? null;
  }

  /**
   * Take what of many walks is drawn at a point that was clicked; false if nothing is.
   * @param {Point} point
   * @param {Walk | null} walk
   */
  take(point, walk) {
    const hit = this.#hitAt(this.#view.project(...point), walk);
    hit?.take();
    return hit !== null;
  }

  /**
   * The numbers of the landscape at a point have arrived.
   * @param {Point} point
   * @param {PointNumbers} row
   * @param {Walk | null} walk
   */
  ground(point, row, walk) {
    const lines = this.aggregates.flatMap((each) => each.linesAt?.(point) ?? []);
    this.#hover.ground(point, row, walk, lines);
  }

  /** Hide the numbers if the walk or the view has changed. @param {Walk | null} walk */
  check(walk) {
    this.#hover.check(walk);
  }
}
