/** What each key of the stage does: see `keyName` for how keys are spelled. */

import { presented } from "../kit/presented.js";

/** @import { InsideRound } from "./state/inside_round.js" */
/** @import { Playback } from "./state/playback.js" */
/** @import { Store } from "./state/store.js" */
/** @import { StepPanel } from "./step/panel.js" */

/**
 * @param {Playback} playback
 * @param {StepPanel} stepPanel
 * @param {InsideRound} insideRound
 * @param {() => unknown} close what Escape does
 */
export function stageKeys(playback, stepPanel, insideRound, close) {
  // Elsewhere these arrow keys scroll the page.
  const line = (/** @type {1 | -1} */ by) => presented() && stepPanel.inside !== null && stepPanel.goToLine(by);
  return {
    " ": () => playback.toggle(),
    ArrowLeft: () => playback.by(-1),
    ArrowRight: () => playback.by(1),
    ArrowUp: () => line(-1),
    ArrowDown: () => line(1),
    Home: () => playback.seek(0),
    End: () => playback.toEnd(),
    r: () => playback.restart(),
    i: () => insideRound.turn(),
    Escape: close,
    ",": () => stepPanel.goToLine(-1),
    ".": () => stepPanel.goToLine(1),
  };
}

/**
 * Close the inside of a step; or, if the ring of the start or of an example has the focus, focus the stage, where arrow
 * keys change the step. Returns false if neither applies.
 * @param {HTMLElement} root
 * @param {{ handle: HTMLElement, example: HTMLElement }} parts
 * @param {Store} store
 * @param {StepPanel} stepPanel
 */
export function leave(root, { handle, example }, store, stepPanel) {
  if (stepPanel.inside !== null) return store.openInside(null);
  if (document.activeElement !== handle && document.activeElement !== example) return false;
  return root.focus({ preventScroll: true });
}
