/** The buttons below the picture of the model that edit its data, and what there is to say about the edits. */

import { hasEdits } from "../../kit/data_rows.js";
import { rewrite } from "../../kit/element.js";
import { carriesData } from "../wire/link.js";
import { words } from "../words.js";
import { Examples } from "./examples.js";

/** @import { Scenario } from "../../contract.js" */
/** @import { Parts as ExampleParts } from "./example_gesture.js" */
/** @import { ModelPicture } from "../model/picture.js" */
/** @import { Store } from "../state/store.js" */

const texts = words.controls.data;

export const DATA_TOOLS = `
  <button type="button" data-data="add" title="${texts.addHelp}">${texts.add}</button>
  <button type="button" data-data="reset" hidden>${texts.reset}</button>
  <button type="button" data-data="remove" title="${texts.removeHelp}" hidden>${texts.remove}</button>
  <button type="button" data-data="class" title="${texts.toClassHelp}" hidden></button>
  <p class="data-note" role="status"></p>`;

export class DataTools {
  /** What could not be done, as a sentence. */
  #message = "";
  #row;
  #picture;
  #buttons;
  #note;
  /** @type {Scenario | null} */
  #scenario = null;
  #carried = true;

  /**
   * @param {ExampleParts & { dataTools: HTMLElement }} parts
   * @param {ModelPicture} picture
   * @param {Store} store
   * @param {() => void} requestFrame
   */
  constructor(parts, picture, store, requestFrame) {
    const row = parts.dataTools;
    const told = (/** @type {string} */ sentence) => {
      this.#message = sentence;
      requestFrame();
    };
    const examples = new Examples(parts, picture, store, { told, requestFrame });
    this.#row = row;
    this.#picture = picture;
    this.examples = examples;
    const button = (/** @type {string} */ name) =>
      /** @type {HTMLButtonElement} */ (row.querySelector(`[data-data=${name}]`));
    this.#buttons = { add: button("add"), toClass: button("class"), remove: button("remove"), reset: button("reset") };
    this.#note = /** @type {HTMLElement} */ (row.querySelector(".data-note"));
    this.#buttons.add.addEventListener("click", () => examples.add());
    this.#buttons.toClass.addEventListener("click", () => examples.changeClass());
    this.#buttons.remove.addEventListener("click", () => examples.remove());
    this.#buttons.reset.addEventListener("click", () => {
      examples.reset();
      this.#buttons.add.focus({ preventScroll: true });
    });
  }

  /**
   * Show what can be done with the data of a scenario; `minimum`: whether its map has one.
   * @param {Scenario} scenario
   * @param {boolean} minimum
   */
  update(scenario, minimum) {
    const { editable } = this.#picture;
    this.#row.hidden = !editable;
    this.examples.place();
    if (!editable) return;
    if (scenario !== this.#scenario) {
      this.#scenario = scenario;
      if (!this.examples.dragging) this.#carried = carriesData(scenario);
    }
    const { nextClass } = this.examples;
    this.#buttons.toClass.hidden = nextClass === null;
    if (nextClass !== null) rewrite(this.#buttons.toClass, texts.toClass(nextClass));
    this.#buttons.remove.hidden = this.examples.selected === null;
    this.#buttons.reset.hidden = !hasEdits(scenario);
    const off = hasEdits(scenario) && !minimum ? texts.offMap : "";
    const notes = [this.#message, this.#carried ? "" : texts.notCarried, off];
    rewrite(this.#note, notes.filter(Boolean).join(" "));
  }
}
