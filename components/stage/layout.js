/** The elements of the stage, as HTML. */

import { BASIN_LEGEND } from "./controls/basin_legend.js";
import { BATCH_SWITCHES } from "./controls/batch_switches.js";
import { DATA_TOOLS } from "./controls/data_tools.js";
import { FAN_LEGEND } from "./controls/fan_legend.js";
import { SETTINGS_PANEL } from "./controls/settings_panel.js";
import { TOOLS } from "./controls/tools.js";
import { TRANSPORT } from "./controls/transport.js";
import { words } from "./words.js";

const texts = words.stage;

/** An arrow from 0,0 to the right. hover.js rotates it to point downhill. */
const ARROW = "M0 0H46M36 -7L47 0L36 7";

const SKELETON = `
  <div class="frame"><div class="main">
    <div class="map" data-waiting-note="${texts.mapWaits}">
      <div class="ground"></div>
      <canvas class="basins" aria-hidden="true"></canvas>
      <canvas class="fan" aria-hidden="true"></canvas>
      <canvas class="lower" aria-hidden="true"></canvas>
      <canvas class="upper" aria-hidden="true"></canvas>
      <div class="touch"></div>
      <button type="button" class="handle"></button>
      <div class="tools" role="group" aria-label="${texts.tools}">${TOOLS}</div>
      <p class="hint"><span class="mouse">${texts.hint.mouse}</span><span class="finger">${texts.hint.finger}</span></p>
      <p class="ringed">${texts.ring}</p>
      <p class="status unseen" role="status"></p>
      <div class="downhill" aria-hidden="true" hidden><svg viewBox="-6 -10 60 20"><path class="edge" d="${ARROW}"/>
        <path d="${ARROW}"/></svg></div>
      <div class="tooltip" translate="no" hidden></div>
    </div>
    <div class="model" hidden><canvas></canvas><button type="button" class="example" hidden></button>
      <button type="button" class="residuals" aria-pressed="false"
      title="${words.model.residualsHelp}">${words.model.residuals}</button></div>
    <div class="data-tools" hidden>${DATA_TOOLS}</div>
    ${BASIN_LEGEND}
    ${FAN_LEGEND}
    ${TRANSPORT}
    ${BATCH_SWITCHES}
    <div class="curve" data-hidden-note="${texts.curveHidden}">
      <canvas role="img" aria-label="${words.draw.curve}"></canvas>
      <div class="curve-choices">
        <button type="button" class="thin-curve" aria-pressed="true" hidden></button>
        <label class="scale"><span class="unseen">${texts.scale}</span><select title="${texts.scale}">
          ${Object.entries(texts.scales)
            .map(([value, label]) => `<option value="${value}">${label}</option>`)
            .join("")}
        </select></label>
      </div>
    </div>
    ${SETTINGS_PANEL}
    <div class="multiples" hidden></div>
  </div>
  <div class="side">
    <section class="step-panel" hidden></section>
    <p class="ranking" translate="no" hidden></p>
    <ul class="cards" aria-label="${texts.cards}"></ul>
  </div></div>`;

/**
 * The stage's elements by their names.
 * @typedef {object} Parts
 * @property {HTMLElement} map
 * @property {HTMLElement} ground
 * @property {HTMLCanvasElement} basins
 * @property {HTMLElement} basinLegend
 * @property {HTMLCanvasElement} fan
 * @property {HTMLElement} fanLegend
 * @property {HTMLCanvasElement} lower
 * @property {HTMLCanvasElement} upper
 * @property {HTMLButtonElement} handle
 * @property {HTMLElement} tools
 * @property {HTMLButtonElement} takeHome
 * @property {HTMLElement} batchSwitches
 * @property {HTMLElement} hint
 * @property {HTMLElement} tooltip
 * @property {HTMLElement} downhill
 * @property {HTMLElement} model
 * @property {HTMLCanvasElement} modelCanvas
 * @property {HTMLButtonElement} residuals
 * @property {HTMLButtonElement} example
 * @property {HTMLElement} dataTools
 * @property {HTMLElement} transport
 * @property {HTMLCanvasElement} curve
 * @property {HTMLElement} settings
 * @property {HTMLSelectElement} scale
 * @property {HTMLButtonElement} thinCurve
 * @property {HTMLElement} multiples
 * @property {HTMLElement} stepPanel
 * @property {HTMLElement} cards
 * @property {HTMLElement} status
 */

const SELECTORS = {
  map: ".map",
  ground: ".ground",
  basins: "canvas.basins",
  basinLegend: ".basin-legend",
  fan: "canvas.fan",
  fanLegend: ".fan-legend",
  lower: ".lower",
  upper: ".upper",
  handle: ".handle",
  tools: ".tools",
  takeHome: "[data-tool=take]",
  batchSwitches: ".batch-switches",
  hint: ".hint",
  tooltip: ".tooltip",
  downhill: ".downhill",
  model: ".model",
  modelCanvas: ".model canvas",
  residuals: ".residuals",
  example: ".example",
  dataTools: ".data-tools",
  transport: ".transport",
  curve: ".curve canvas",
  settings: ".settings-map",
  scale: ".scale select",
  thinCurve: ".thin-curve",
  multiples: ".multiples",
  stepPanel: ".step-panel",
  cards: ".cards",
  status: ".status",
};

/**
 * Put the elements into the root.
 * @param {HTMLElement} root
 * @returns {Parts}
 */
export function build(root) {
  root.innerHTML = SKELETON;
  const parts = Object.entries(SELECTORS).map(([name, selector]) => [name, root.querySelector(selector)]);
  return Object.fromEntries(parts);
}
