/** One frame of the stage: where the playhead is, what is drawn, and what is written. */

import { show } from "./controls/status.js";

/** @import { Hover } from "./controls/hover.js" */
/** @import { Pointer } from "./controls/pointer.js" */
/** @import { Tools } from "./controls/tools.js" */
/** @import { Flag } from "./draw/flag.js" */
/** @import { Parts } from "./layout.js" */
/** @import { Screen } from "./screen.js" */
/** @import { Playback } from "./state/playback.js" */
/** @import { Store } from "./state/store.js" */
/** @import { StepPanel } from "./step/panel.js" */
/** @import { Walks } from "./walks.js" */

/**
 * What a frame reads and draws with.
 * @typedef {object} Stage
 * @property {HTMLElement} root
 * @property {Parts} parts
 * @property {Store} store
 * @property {Playback} playback
 * @property {Walks} walks
 * @property {Screen} screen
 * @property {StepPanel} stepPanel
 * @property {Pointer} pointer
 * @property {Flag} flag
 * @property {Tools} tools
 * @property {Hover} hover
 */

/** Numbers change too fast to be read: while something moves they are written at this interval, in milliseconds. */
const READ_EVERY = 80;

export class Frames {
  /** @type {Stage | null} */
  #stage = null;
  /** @type {number | null} */
  #frame = null;
  #lastRead = 0;

  /**
   * Draw from now on.
   * @param {Stage} stage
   */
  begin(stage) {
    this.#stage = stage;
    this.wake();
  }

  /** Ask for a frame: at most one is drawn per refresh of the screen, and none if nothing has changed. */
  wake = () => {
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
    playback.tick(now);
    const { playing } = playback;
    const { walk } = walks;
    const moving = walks.live || pointer.dragging;
    const position = moving && walk !== null ? walk.steps : playback.position;
    const due = now - this.#lastRead > READ_EVERY || !(playing || moving);
    if (playing) stage.stepPanel.run();
    stage.tools.place(screen.view, screen.view.project(...scenario.start));
    stage.hover.check(walk);
    screen.draw(scenario, walk, position, { moving, due, kept: flag.kept });
    flag.place(screen.names);
    if (due) {
      this.#lastRead = now;
      read(stage, moving);
    }
    if (playing || !due) this.wake();
  }

  stop() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
  }
}

/**
 * Write the numbers, and the state by which tests and styles know the stage.
 * @param {Stage} stage
 * @param {boolean} moving
 */
function read({ root, parts, store, playback, walks, screen, tools }, moving) {
  const { walk } = walks;
  const { step, received } = playback;
  const state = stateOf(walks, playback);
  const ended = state === "finished" && !moving;
  if (ended) store.curtain.end();
  Object.assign(root.dataset, { state, step: String(step), received: String(Math.max(0, received)) });
  root.toggleAttribute("data-pending", walks.pending);
  if (walk !== null) screen.read(walk, moving ? walk.steps : step);
  show(parts.status, {
    urgent: walks.error || walks.trouble || tools.word,
    // The outcomes are on the cards; here they are for screen readers.
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
