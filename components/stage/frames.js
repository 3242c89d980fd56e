/** The frames of the stage: each moves the playhead, draws the map and writes the numbers. */

import { cardLine } from "./aggregates.js";
import { show } from "./controls/status.js";
import { arrives } from "./controls/verdict.js";

/** @import { BatchView } from "./batch_view.js" */
/** @import { DataTools } from "./controls/data_tools.js" */
/** @import { MapEdits } from "./controls/map_edits.js" */
/** @import { Pointer } from "./controls/pointer.js" */
/** @import { Tools } from "./controls/tools.js" */
/** @import { Flag } from "./draw/flag.js" */
/** @import { Aggregate } from "./draw/types.js" */
/** @import { Hovering } from "./hovering.js" */
/** @import { Parts } from "./layout.js" */
/** @import { Screen } from "./screen.js" */
/** @import { Playback } from "./state/playback.js" */
/** @import { Store } from "./state/store.js" */
/** @import { StepPanel } from "./step/panel.js" */
/** @import { Walks } from "./walks.js" */
/** @import { WindowView } from "./window_view.js" */

/**
 * The parts of the stage that a frame uses.
 * @typedef {object} Stage
 * @property {HTMLElement} root
 * @property {Parts} parts
 * @property {Store} store
 * @property {Playback} playback
 * @property {Walks} walks
 * @property {Screen} screen
 * @property {StepPanel} stepPanel
 * @property {Pointer} pointer
 * @property {MapEdits} edits
 * @property {DataTools} dataTools
 * @property {Flag} flag
 * @property {Tools} tools
 * @property {Hovering} hover
 * @property {BatchView} batch
 * @property {Aggregate[]} aggregates
 * @property {WindowView} window
 */

/** While something moves, numbers are written at this interval, in milliseconds: faster ones could not be read. */
const READ_EVERY = 80;

export class Frames {
  /** @type {Stage | null} */
  #stage = null;
  /** @type {number | null} */
  #frame = null;
  #lastRead = 0;
  /** The step whose numbers were written last. */
  #lastStep = 0;

  /**
   * Start to draw frames.
   * @param {Stage} stage
   */
  begin(stage) {
    this.#stage = stage;
    this.requestFrame();
  }

  /** Request a frame. The browser draws at most one per refresh of the screen, and none if none is requested. */
  requestFrame = () => {
    this.#frame ??= requestAnimationFrame((now) => {
      this.#frame = null;
      if (this.#stage !== null) this.#draw(this.#stage, now);
    });
  };

  /**
   * @param {Stage} stage
   * @param {number} now
   */
  #draw(stage, now) {
    const { playback, pointer, screen, store, walks, flag } = stage;
    const { scenario } = store;
    if (scenario === null) return;
    const { walk } = walks;
    const moving = walks.live || pointer.dragging || stage.dataTools.examples.dragging;
    playback.held = moving;
    playback.tick(now);
    const { playing } = playback;
    const { step } = playback;
    const due =
      now - this.#lastRead > READ_EVERY || !(playing || moving) || arrives(walk?.runs ?? [], this.#lastStep, step);
    if (playing) stage.stepPanel.showWhole();
    stage.window.follow();
    stage.tools.place(screen.view, screen.view.project(...scenario.start));
    stage.hover.check(walk);
    stage.batch.follow(walk, playback.shown, stage.stepPanel.inside, moving, scenario);
    const how = { moving, hidden: flag.down, position: playback.shown };
    for (const each of stage.aggregates) each.follow(scenario, how);
    screen.draw(scenario, walk, playback.shown, {
      moving,
      startMoves: walks.live && stage.edits.moving,
      due,
      kept: flag.kept ?? stage.batch.kept,
    });
    stage.dataTools.update(scenario, screen.ground.hasMinimum);
    flag.place(screen.names);
    if (due) {
      [this.#lastRead, this.#lastStep] = [now, step];
      read(stage, moving);
    }
    if (playing || !due) this.requestFrame();
  }

  stop() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
  }
}

/**
 * Write the numbers, and the data attributes that styles and tests read.
 * @param {Stage} stage
 * @param {boolean} moving
 */
function read({ root, parts, store, playback, walks, screen, tools, batch, aggregates }, moving) {
  const { walk } = walks;
  const { step, received, playing } = playback;
  const state = stateOf(walks, playback);
  const ended = state === "finished" && !moving;
  if (ended) store.curtain.end();
  Object.assign(root.dataset, { state, step: String(step), received: String(Math.max(0, received)) });
  root.toggleAttribute("data-pending", walks.pending);
  // The walk on the screen can be that of an earlier start than the ring shows: its outcomes would mislead.
  const outcomes = !(playing && (moving || walks.pending));
  const seeds = (/** @type {number} */ run) => cardLine(aggregates, store.scenario, run, screen.theme);
  if (walk !== null) screen.read(walk, moving && !playing ? walk.steps : step, { outcomes, seeds });
  batch.read(moving || playing ? null : walk, step);
  for (const each of aggregates) each.read(store.scenario, screen.theme, moving);
  show(parts.status, {
    urgent: walks.error || walks.trouble || tools.message,
    // The outcomes are visible on the cards; this line gives them to screen readers.
    quiet: ended && walk !== null && walk.runs.length > 0 ? `${screen.summary(walk)}.` : "",
    error: walks.error !== "",
  });
}

/**
 * @param {Walks} walks
 * @param {Playback} playback
 */
function stateOf(walks, playback) {
  if (walks.error !== "") return "error";
  if (playback.playing) return "playing";
  if (!walks.whole) return "streaming";
  return playback.atEnd ? "finished" : "paused";
}
