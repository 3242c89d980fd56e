/** The stage's skeleton: what stands where, before anything is drawn. */

import { TRANSPORT } from "./controls/transport.js";

const TOOLS = {
  in: ["Zoom in", "M12 5v14M5 12h14"],
  out: ["Zoom out", "M5 12h14"],
  home: ["Show the whole map", "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"],
  pan: [
    "Move the map: drag moves the ground, not the start",
    "M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3",
  ],
  link: [
    "Copy the link to these settings",
    "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  ],
  save: ["Download the picture (PNG)", "M12 4v11M7 11l5 5 5-5M5 20h14"],
  svg: ["Download the picture as drawing (SVG)", "M12 3v8M8 8l4 4 4-4M4 21L9 15.5L14 19L20 14.5"],
};

const tools = Object.entries(TOOLS).map(
  ([name, [label, path]]) =>
    `<button type="button" data-tool="${name}" aria-label="${label}" title="${label}"${name === "pan" ? ' aria-pressed="false"' : ""}><svg viewBox="0 0 24 24" class="line" aria-hidden="true"><path d="${path}"/></svg></button>`,
);

const SKELETON = `
  <div class="frame"><div class="main">
    <div class="map">
      <div class="ground"></div>
      <canvas class="lower" aria-hidden="true"></canvas>
      <canvas class="upper" aria-hidden="true"></canvas>
      <div class="touch"></div>
      <button type="button" class="handle"></button>
      <div class="tools" role="group" aria-label="Map">${tools.join("")}</div>
      <p class="hint">Pick a start: <span class="mouse">click</span><span class="finger">tap</span> the map, or drag the ring.</p>
      <p class="status unseen" role="status"></p>
      <div class="tooltip" hidden></div>
    </div>
    ${TRANSPORT}
    <div class="curve">
      <canvas role="img" aria-label="Loss over the steps"></canvas>
      <label class="scale"><span class="unseen">Scale of the loss</span><select title="Scale of the loss">
        <option value="auto">scale: auto</option><option value="linear">scale: linear</option><option value="log">scale: log</option>
      </select></label>
    </div>
    <div class="multiples" hidden></div>
  </div>
  <div class="side">
    <section class="step-panel" hidden></section>
    <ul class="cards" aria-label="Runs"></ul>
  </div></div>`;

/**
 * The stage's elements by their names, those that the screen draws on.
 * @typedef {object} Parts
 * @property {HTMLElement} map
 * @property {HTMLElement} ground
 * @property {HTMLCanvasElement} lower
 * @property {HTMLCanvasElement} upper
 * @property {HTMLElement} handle
 * @property {HTMLElement} tools
 * @property {HTMLElement} tooltip
 * @property {HTMLElement} cards
 * @property {HTMLCanvasElement} curve
 * @property {HTMLElement} transport
 * @property {HTMLSelectElement} scale
 */
/** Fill the root and name its parts. */
export function furnish(root) {
  root.innerHTML = SKELETON;
  const find = (selector) => root.querySelector(selector);
  return {
    map: find(".map"),
    ground: find(".ground"),
    lower: find(".lower"),
    upper: find(".upper"),
    handle: find(".handle"),
    tools: find(".tools"),
    hint: find(".hint"),
    tooltip: find(".tooltip"),
    transport: find(".transport"),
    curve: find(".curve canvas"),
    scale: find(".scale select"),
    multiples: find(".multiples"),
    stepPanel: find(".step-panel"),
    cards: find(".cards"),
    status: find(".status"),
  };
}
