/** The switches of what is drawn of a step's examples: a group below the playback, opened by a button on the map. */

import { words } from "../words.js";

/** @import { ExampleSteps, Overlay } from "../state/example_steps.js" */

const texts = words.batch;
const NAMES = /** @type {Overlay[]} */ (Object.keys(texts.on));

/** The group, as HTML. */
export const BATCH_SWITCHES = `<div class="batch-switches" role="group" aria-label="${texts.name}" hidden>
  ${NAMES.map(
    (name) => `<button type="button" data-overlay="${name}" aria-pressed="false" title="${texts.help[name]}">
      ${texts.on[name]}</button>`,
  ).join("")}
  <p role="status"></p></div>`;

export class BatchSwitches {
  #group;
  #opener;
  #status;
  #told = "";
  #requestFrame;

  /**
   * @param {HTMLElement} group
   * @param {HTMLElement} opener the button that opens and closes the group
   * @param {Pick<ExampleSteps, "on">} examples
   * @param {() => void} requestFrame
   */
  constructor(group, opener, examples, requestFrame) {
    this.#group = group;
    this.#opener = opener;
    this.#status = /** @type {HTMLElement} */ (group.querySelector("p"));
    this.#requestFrame = requestFrame;
    opener.setAttribute("aria-expanded", "false");
    group.addEventListener("click", ({ target }) => {
      const button = target instanceof Element ? target.closest("button") : null;
      const name = NAMES.find((one) => one === button?.dataset.overlay);
      if (button === null || name === undefined) return;
      examples.on[name] = !examples.on[name];
      button.setAttribute("aria-pressed", String(examples.on[name]));
      requestFrame();
    });
  }

  /** Whether the group is shown. */
  get open() {
    return !this.#group.hidden;
  }

  /** Open or close the group. */
  toggle() {
    this.#group.hidden = this.open;
    this.#opener.setAttribute("aria-expanded", String(this.open));
    this.#requestFrame();
  }

  /**
   * Write what is drawn, or why nothing is.
   * @param {string} text
   */
  tell(text) {
    if (text === this.#told) return;
    this.#told = text;
    this.#status.textContent = text;
  }
}
