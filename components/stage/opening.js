/** How a link opens the stage: speed and scale at once, the step as soon as it is there. */

import { obey, offerLarge } from "./offered.js";

/** @import { Opening as Wanted, StageData } from "../contract.js" */
/** @import { Parts } from "./layout.js" */
/** @import { Playback } from "./state/playback.js" */
/** @import { Store } from "./state/store.js" */
/** @import { Walks } from "./walks.js" */
/** @import { Look } from "./wire/offer.js" */

export class Opening {
  #root;
  #parts;
  #playback;
  #walks;
  #store;
  #begun = false;
  /** The step to go to once it has arrived; null: none. @type {{ step: number, play: boolean } | null} */
  #waiting = null;

  /**
   * @param {HTMLElement} root
   * @param {Parts} parts
   * @param {Playback} playback
   * @param {Walks} walks
   * @param {Store} store
   */
  constructor(root, parts, playback, walks, store) {
    this.#root = root;
    this.#parts = parts;
    this.#playback = playback;
    this.#walks = walks;
    this.#store = store;
    walks.arrived = () => this.#arrive();
    store.look = () => this.look;
    offerLarge(root);
  }

  /**
   * Follow what Python sends: the offer always, the opening once.
   * @param {Pick<StageData, "offer" | "opening">} data
   */
  follow({ offer, opening }) {
    obey(this.#root, this.#parts, this.#store, offer);
    if (!this.#begun) this.#begin(opening);
    this.#begun = true;
  }

  /** @param {Wanted} wanted */
  #begin({ step, play, speed, scale }) {
    for (const [select, value] of [
      [this.#parts.transport.querySelector("select"), speed === "instant" ? "Infinity" : speed],
      [this.#parts.scale, scale],
    ]) {
      if (!(select instanceof HTMLSelectElement) || typeof value !== "string") continue;
      select.value = value;
      select.dispatchEvent(new Event("change"));
    }
    if (step === null && play === null) return;
    this.#playback.following = false;
    this.#walks.playNext = step === null && play === true;
    if (!this.#walks.playNext) this.#waiting = { step: step ?? 0, play: play === true };
  }

  /** Steps have arrived: if the wanted one is among them, go there. */
  #arrive() {
    const waiting = this.#waiting;
    if (waiting === null || this.#playback.received < waiting.step) return;
    this.#waiting = null;
    this.#playback.seek(waiting.step);
    if (waiting.play) this.#playback.play();
  }

  /**
   * How the stage is shown now.
   * @returns {Omit<Look, "open">}
   */
  get look() {
    const { step, steps, playing, speed } = this.#playback;
    const scale = /** @type {Look["scale"]} */ (this.#parts.scale.value);
    return { step, steps, playing, speed, scale };
  }
}
