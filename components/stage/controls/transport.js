/** The row under the map: play, one step, the scrubber, speed. Native controls, so keys and screen readers work. */

import { rewrite } from "../../kit/element.js";
import { batchAt, batchesPerEpoch, epochsPerTick } from "../../kit/epochs.js";
import { SPEEDS } from "../state/playback.js";
import { words as catalogue } from "../words.js";

/** @import { Scenario } from "../../contract.js" */
/** @import { Playback } from "../state/playback.js" */

const words = catalogue.controls;

const ICONS = {
  play: "M6 4l14 8-14 8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  restart: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5",
  loop: "M17 3l3 3-3 3M4 11V9a3 3 0 0 1 3-3h13M7 21l-3-3 3-3M20 13v2a3 3 0 0 1-3 3H4",
};

/**
 * @param {keyof typeof ICONS} name
 * @param {boolean} filled
 */
function icon(name, filled = false) {
  const drawn = filled ? "solid" : "line";
  return `<svg viewBox="0 0 24 24" aria-hidden="true" class="${drawn}"><path d="${ICONS[name]}"/></svg>`;
}

const { transport: texts } = words;

/** @param {number} speed */
const option = (speed) =>
  `<option value="${speed}"${speed === 1 ? " selected" : ""}>
    ${speed === Infinity ? texts.instant : `${speed}×`}</option>`;

/** The row, as HTML. */
export const TRANSPORT = `
  <div class="transport" role="group" aria-label="${texts.name}">
    <button type="button" class="play" data-do="toggle" title="${texts.toggle}">${icon("play", true)}</button>
    <button type="button" data-do="back" aria-label="${texts.back}" title="${texts.backTitle}">${icon("back")}</button>
    <button type="button" data-do="forward" aria-label="${texts.forward}"
      title="${texts.forwardTitle}">${icon("forward")}</button>
    <input type="range" class="scrubber" min="0" step="1" aria-label="${texts.step}" title="${texts.scrubber}">
    <span class="counts"><span class="count" translate="no"></span><span class="epoch" hidden></span></span>
    <label class="speed"><span class="unseen">${texts.speed}</span><select title="${texts.speed}" translate="no">
      ${SPEEDS.map(option).join("")}
    </select></label>
    <button type="button" data-do="loop" aria-label="${texts.loop}" aria-pressed="false"
      title="${texts.loopTitle}">${icon("loop")}</button>
    <button type="button" data-do="restart" aria-label="${texts.restart}"
      title="${texts.restartTitle}">${icon("restart")}</button>
  </div>`;

export class Transport {
  #row;
  #playback;
  #scrubber;
  /** @type {Record<string, unknown>} the values that the row shows, by part */
  #shown = {};

  /**
   * @param {HTMLElement} row
   * @param {Playback} playback
   */
  constructor(row, playback) {
    this.#row = row;
    this.#playback = playback;
    this.#scrubber = /** @type {HTMLInputElement} */ (this.#part(".scrubber"));
    /** @type {Record<string, () => void>} */
    const actions = {
      toggle: () => playback.toggle(),
      back: () => playback.by(-1),
      forward: () => playback.by(1),
      restart: () => playback.restart(),
      loop: () => {
        playback.loop = !playback.loop;
        playback.changed();
      },
    };
    row.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button");
      if (button?.dataset.do !== undefined) actions[button.dataset.do]();
    });
    this.#scrubber.addEventListener("input", () => playback.seek(Number(this.#scrubber.value)));
    const speeds = /** @type {HTMLSelectElement} */ (this.#part("select"));
    speeds.addEventListener("change", () => {
      playback.speed = Number(speeds.value);
      playback.changed();
    });
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement}
   */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#row.querySelector(selector));
  }

  /**
   * Show the state of the playback; only what has changed is written.
   * @param {Scenario} scenario
   */
  update(scenario) {
    const { step, steps, received, playing, loop } = this.#playback;
    const arrived = Math.max(0, received);
    const part = (/** @type {number} */ value) => `${steps > 0 ? (100 * value) / steps : 0}%`;
    this.#once("playing", playing, () => {
      const button = this.#part(".play");
      button.innerHTML = icon(playing ? "pause" : "play", true);
      button.setAttribute("aria-label", playing ? texts.pause : texts.play);
    });
    this.#once("loop", loop, () => this.#part("[data-do=loop]").setAttribute("aria-pressed", String(loop)));
    this.#once("steps", steps, () => {
      this.#scrubber.max = String(steps);
      this.#row.style.setProperty("--digits", String(String(steps).length));
    });
    const every = epochsPerTick(scenario, steps);
    const length = batchesPerEpoch(scenario);
    this.#once("epochs", `${every}/${length}/${steps}`, () => {
      this.#scrubber.toggleAttribute("data-epochs", every > 0);
      this.#scrubber.style.setProperty("--tick", part(every * length));
      this.#scrubber.title = every > 0 ? `${texts.scrubber}. ${texts.ticks(every)}` : texts.scrubber;
      this.#part(".epoch").hidden = every === 0;
      const last = batchAt(scenario, steps);
      this.#row.style.setProperty("--epoch-digits", last === null ? "0" : String(`${last.epoch}${length}`.length));
    });
    this.#once("received", `${arrived}/${steps}`, () => this.#scrubber.style.setProperty("--received", part(arrived)));
    const batch = batchAt(scenario, step);
    this.#once("step", `${step}/${steps}/${length}`, () => {
      this.#scrubber.value = String(step);
      this.#scrubber.style.setProperty("--played", part(step));
      const epoch = batch === null ? "" : texts.epoch(batch.epoch, batch.batch);
      const long = texts.countLong(step, steps);
      const told = batch === null ? long : `${long}, ${texts.epochLong(batch.epoch, batch.batch, batch.batches)}`;
      this.#scrubber.setAttribute("aria-valuetext", told);
      rewrite(this.#part(".count"), texts.count(step, steps));
      rewrite(this.#part(".epoch"), epoch);
    });
  }

  /**
   * Call a function if a part has another value than before.
   * @param {string} name
   * @param {unknown} value
   * @param {() => void} write
   */
  #once(name, value, write) {
    if (this.#shown[name] === value) return;
    this.#shown[name] = value;
    write();
  }
}
