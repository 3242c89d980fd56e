/** What the stage shows of the batch of a step: on the map, in the picture of the model, and as a note. */

import { sameData } from "../kit/data_rows.js";
import { exampleCount } from "../kit/epochs.js";
import { BatchSwitches } from "./controls/batch_switches.js";
import { placeOf } from "./state/example_steps.js";
import { ExampleDrawing, sentences } from "./step/examples.js";
import { X, Y } from "./wire/record.js";

/** @import { Scenario } from "../contract.js" */
/** @import { Box, Range, Theme } from "../kit/types.js" */
/** @import { View } from "./draw/view.js" */
/** @import { ModelPicture } from "./model/picture.js" */
/** @import { Place } from "./state/example_steps.js" */
/** @import { Shown } from "./step/examples.js" */
/** @import { Walks } from "./walks.js" */
/** @import { Walk } from "./wire/record.js" */

/** @type {ReadonlySet<number>} */
const NONE = new Set();

/**
 * @typedef {object} Parts
 * @property {HTMLElement} tools
 * @property {HTMLElement} batchSwitches
 */

export class BatchView {
  /** Rises when something else is to be drawn. */
  version = 0;
  /** The bounds of the map that is shown. @type {[Range, Range] | null} */
  bounds = null;
  switches;
  #walks;
  #model;
  #view;
  #drawing = new ExampleDrawing();
  /** @type {number | null} */
  #inside = null;
  /** Whether the data have been edited since the walk on the screen: then nothing of its examples is drawn. */
  #outdated = false;
  /** The box of the notes on the map, which no name may cover. @type {Box | null} */
  kept = null;
  #requestFrame;
  /** What was drawn last. @type {unknown} */
  #drawn = null;

  /**
   * @param {Parts} parts
   * @param {View} view
   * @param {Walks} walks
   * @param {ModelPicture} model
   * @param {() => void} requestFrame
   */
  constructor({ tools, batchSwitches }, view, walks, model, requestFrame) {
    this.#walks = walks;
    this.#model = model;
    this.#view = view;
    this.#requestFrame = requestFrame;
    const opener = /** @type {HTMLElement} */ (tools.querySelector("[data-tool=batch]"));
    this.switches = new BatchSwitches(batchSwitches, opener, walks.examples, () => {
      this.version += 1;
      requestFrame();
    });
    model.batchAt = (step) => this.#batchAt(step);
  }

  /** The batch of a step, by the index in the picture; none if the picture has more or fewer examples than the walk. */
  #batchAt(/** @type {number} */ step) {
    const { walk, order } = this.#walks;
    if (walk === null || exampleCount(walk.scenario) !== this.#model.trained) return NONE;
    return order.at(this.#inside === null ? step : Math.min(step, this.#lastStep));
  }

  /** At the end of a walk the inside shows the last step, which began one step before. */
  get #lastStep() {
    return Math.max(0, (this.#walks.walk?.steps ?? 0) - 1);
  }

  /**
   * Request what the step at the playhead needs.
   * @param {Walk | null} walk
   * @param {number} position of the playhead
   * @param {number | null} inside the index of the run whose inside is open
   * @param {boolean} moving whether a gesture goes on: then only what has arrived is shown
   * @param {Scenario} scenario the scenario, which the walk may not belong to yet
   */
  follow(walk, position, inside, moving, scenario) {
    this.#inside = inside;
    const { examples, order } = this.#walks;
    const place =
      walk === null || !this.#model.exists || this.#model.isNetwork ? null : placeOf(walk, position, inside);
    this.#outdated = walk !== null && examples.any && !sameData(walk.scenario, scenario);
    if (walk !== null && this.#model.shown) {
      order.follow(walk.scenario, exampleCount(walk.scenario), Math.floor(position), moving);
    }
    examples.follow(moving || this.#outdated ? null : place);
    const drawn = walk === null || place === null ? null : this.#shown(walk, place)?.examples;
    if (drawn !== this.#drawn) this.version += 1;
    this.#drawn = drawn;
  }

  /**
   * What is drawn at a place; null if the answer has not arrived.
   * @param {Walk} walk
   * @param {Place | null} place
   * @returns {Shown | null}
   */
  #shown(walk, place) {
    if (place === null || this.bounds === null || this.#outdated) return null;
    const [found, run] = [this.#walks.examples.at(place), walk.run(place.run)];
    if (found === null || run === null) return null;
    return {
      ...found,
      position: [run.at(place.step, X), run.at(place.step, Y)],
      batches: walk.scenario.batch > 0,
      bounds: this.bounds,
    };
  }

  /**
   * Draw on a view: that of the screen, or that of a saved picture.
   * @param {View} view
   * @param {CanvasRenderingContext2D} context
   * @param {Walk} walk
   * @param {number} position
   * @param {Theme} theme
   */
  drawOn(view, context, walk, position, theme) {
    const shown = this.#shown(walk, placeOf(walk, position, this.#inside));
    const drawing = view === this.#view ? this.#drawing : new ExampleDrawing();
    // The open switches say more than the notes, which would cover a part of the map.
    const isNoted = view !== this.#view || !this.switches.open;
    if (shown !== null) drawing.draw(context, view, shown, theme, isNoted);
    if (view === this.#view) this.#keep(shown === null ? null : drawing.box);
  }

  /** Keep names away from the notes, in the next frame. @param {Box | null} box */
  #keep(box) {
    if (box?.x === this.kept?.x && box?.y === this.kept?.y && box?.w === this.kept?.w) return;
    this.kept = box;
    this.version += 1;
    this.#requestFrame();
  }

  /**
   * Write what is drawn, or why nothing is.
   * @param {Walk | null} walk null: the playhead or the walk changes too fast for a text
   * @param {number} position
   */
  read(walk, position) {
    const shown = walk === null ? null : this.#shown(walk, placeOf(walk, position, this.#inside));
    const told = shown === null ? this.#walks.examples.sentence : sentences(shown, this.#view).join(" ");
    this.switches.tell(told);
  }
}
