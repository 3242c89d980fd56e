/** What each key of the stage does: see `controls/keys.js` for how keys are spelled. */

import { presented } from "../kit/presented.js";

/** @import { InsideRound } from "./state/inside_round.js" */
/** @import { Playback } from "./state/playback.js" */
/** @import { Store } from "./state/store.js" */
/** @import { StepPanel } from "./step/panel.js" */

/**
 * @param {Playback} playback
 * @param {StepPanel} stepPanel
 * @param {Store} store
 * @param {InsideRound} insideRound
 * @param {HTMLElement} handle the start's ring
 * @param {() => void} focusStage moves the focus to the stage, where arrow keys change the step
 * @returns {Record<string, () => unknown>} a function that returns false leaves the key to the browser
 */
export function stageKeys(playback, stepPanel, store, insideRound, handle, focusStage) {
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
    // Close the inside of a step; or, if the start's ring has the focus, focus the stage.
    Escape: () => {
      if (stepPanel.inside !== null) return store.openInside(null);
      return document.activeElement === handle ? focusStage() : false;
    },
    ",": () => stepPanel.goToLine(-1),
    ".": () => stepPanel.goToLine(1),
  };
}
