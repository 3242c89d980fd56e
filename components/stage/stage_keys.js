/** What each key of the stage does: see `keyName` for how keys are spelled. */

import { presented } from "../kit/presented.js";

/** @import { InsideRound } from "./state/inside_round.js" */
/** @import { Playback } from "./state/playback.js" */
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
