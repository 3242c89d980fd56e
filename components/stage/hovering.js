/** What is shown under the pointer: the step that is drawn there, or the numbers of the landscape and of the basins. */

import { runName } from "../kit/runs.js";
import { Hover } from "./controls/hover.js";

/** @import { Pixel, Point } from "../kit/types.js" */
/** @import { BasinView } from "./basin_view.js" */
/** @import { PointNumbers } from "./controls/hover.js" */
/** @import { View } from "./draw/view.js" */
/** @import { Playback } from "./state/playback.js" */
/** @import { Store } from "./state/store.js" */
/** @import { Walks } from "./walks.js" */
/** @import { Walk } from "./wire/record.js" */

export class Hovering {
  /** @type {BasinView | null} */
  basins = null;
  #hover;
  #view;
  #store;
  #playback;

  /**
   * @param {{ tooltip: HTMLElement, downhill: HTMLElement }} parts
   * @param {View} view
   * @param {Store} store
   * @param {Playback} playback
   */
  constructor({ tooltip, downhill }, view, store, playback) {
    this.#hover = new Hover(tooltip, downhill, view);
    this.#view = view;
    this.#store = store;
    this.#playback = playback;
  }

  /**
   * Show the numbers of the step under a pixel of the map, or request those of the landscape. With null, hide them.
   * @param {Pixel | null} place
   * @param {Walks} walks
   */
  over(place, { walk, probe }) {
    const { scenario } = this.#store;
    if (scenario === null) return;
    const at = this.#playback.playing ? null : place;
    const found = this.#hover.show(at, walk, this.#playback.step, (index) => runName(scenario, index));
    probe.over(scenario, at === null || found ? null : this.#view.unproject(...at));
  }

  /**
   * The numbers of the landscape at a point have arrived.
   * @param {Point} point
   * @param {PointNumbers} row
   * @param {Walk | null} walk
   */
  ground(point, row, walk) {
    this.#hover.ground(point, row, walk, this.basins?.linesAt(point) ?? []);
  }

  /** Hide the numbers if the walk or the view has changed. @param {Walk | null} walk */
  check(walk) {
    this.#hover.check(walk);
  }
}
