/** The row under the map: play, one step, the scrubber, speed. Native controls, so that keys and screen readers work. */

import { rewrite } from "../../kit/element.js";
import { SPEEDS } from "../state/playback.js";

const ICONS = {
  play: "M6 4l14 8-14 8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  restart: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5",
  loop: "M17 3l3 3-3 3M4 11V9a3 3 0 0 1 3-3h13M7 21l-3-3 3-3M20 13v2a3 3 0 0 1-3 3H4",
};

export function icon(name, filled = false) {
  return `<svg viewBox="0 0 24 24" aria-hidden="true" class="${filled ? "solid" : "line"}"><path d="${ICONS[name]}"/></svg>`;
}

export const TRANSPORT = `
  <div class="transport" role="group" aria-label="Playback">
    <button type="button" class="play" data-do="toggle" title="Play or pause (space)">${icon("play", true)}</button>
    <button type="button" data-do="back" aria-label="One step back" title="One step back (left)">${icon("back")}</button>
    <button type="button" data-do="forward" aria-label="One step forward" title="One step forward (right)">${icon("forward")}</button>
    <input type="range" class="scrubber" min="0" step="1" aria-label="Step" title="Which step is shown: filled is played, pale has arrived">
    <span class="count"></span>
    <label class="speed"><span class="unseen">Speed</span><select title="Speed">
      ${SPEEDS.map((speed) => `<option value="${speed}"${speed === 1 ? " selected" : ""}>${speed === Infinity ? "instant" : `${speed}×`}</option>`).join("")}
    </select></label>
    <button type="button" data-do="loop" aria-label="Loop" aria-pressed="false" title="Begin again at the end">${icon("loop")}</button>
    <button type="button" data-do="restart" aria-label="Restart" title="Play from the start (R)">${icon("restart")}</button>
  </div>`;

export class Transport {
  #row;
  #playback;
  #scrubber;
  #shown = {};

  constructor(row, playback) {
    this.#row = row;
    this.#playback = playback;
    this.#scrubber = row.querySelector(".scrubber");
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
    row.addEventListener("click", (event) => actions[event.target.closest("[data-do]")?.dataset.do]?.());
    this.#scrubber.addEventListener("input", () => playback.seek(Number(this.#scrubber.value)));
    row.querySelector("select").addEventListener("change", (event) => {
      playback.speed = Number(event.target.value);
      playback.changed();
    });
  }

  /** Bring the row in line with the playhead; touches only what has changed. */
  update() {
    const { step, steps, received, playing, loop } = this.#playback;
    const arrived = Math.max(0, received);
    const part = (value) => `${steps > 0 ? (100 * value) / steps : 0}%`;
    this.#once("playing", playing, () => {
      const button = this.#row.querySelector(".play");
      button.innerHTML = icon(playing ? "pause" : "play", true);
      button.setAttribute("aria-label", playing ? "Pause" : "Play");
    });
    this.#once("loop", loop, () =>
      this.#row.querySelector("[data-do=loop]").setAttribute("aria-pressed", String(loop)),
    );
    this.#once("steps", steps, () => {
      this.#scrubber.max = String(steps);
      this.#row.style.setProperty("--digits", String(String(steps).length));
    });
    this.#once("received", `${arrived}/${steps}`, () => this.#scrubber.style.setProperty("--received", part(arrived)));
    this.#once("step", `${step}/${steps}`, () => {
      this.#scrubber.value = String(step);
      this.#scrubber.style.setProperty("--played", part(step));
      this.#scrubber.setAttribute("aria-valuetext", `step ${step} of ${steps}`);
      rewrite(this.#row.querySelector(".count"), `${step} of ${steps}`);
    });
  }

  #once(name, value, act) {
    if (this.#shown[name] === value) return;
    this.#shown[name] = value;
    act();
  }
}
