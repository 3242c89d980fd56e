/** The control of one number: its name (a button that shows the explanation), a slider, and a text field. */

import { element, freshId } from "../kit/element.js";
import { TYPED } from "../kit/keys.js";
import { unfolding } from "./name.js";
import { nearest } from "./scale.js";
import { exact, parse, refusal, short } from "./typed.js";
import { words } from "./words.js";

/** @import { Edit, Limited, Named } from "./types.js" */

/** The most characters of a name that fit beside the slider; a longer name is shown above it. */
const LONG_NAME = 5;

let pressed = false;
/** @type {(() => void)[]} */
const waiting = [];
addEventListener("pointerdown", () => (pressed = true), true);
for (const end of ["pointerup", "pointercancel"]) {
  const release = () => {
    pressed = false;
    // The click event that this release causes must come first.
    setTimeout(() => {
      for (const task of waiting.splice(0)) task();
    });
  };
  addEventListener(end, release, true);
}

/**
 * Run a task once no pointer is pressed. A sentence that appears moves the elements below it: between press and release
 * of a pointer, that would make a click on one of them miss.
 * @param {() => void} task
 */
function whenReleased(task) {
  if (pressed) waiting.push(task);
  else task();
}

export class Field {
  /** @type {number} */
  #value = NaN;
  /** Whether the slider has been moved and not yet released. */
  #moving = false;

  /**
   * @param {Limited & Named} record
   * @param {Object} options
   * @param {Edit} options.edit
   * @param {number[] | null} [options.stops] the values at which the slider stops; without them there is no slider
   * @param {number} [options.room] how many characters the field shows while it is not edited; its width follows
   */
  constructor(record, { edit, stops = null, room = 7 }) {
    this.record = record;
    this.stops = stops;
    this.room = room;
    this.edit = edit;
    const error = freshId();
    const { name, help } = unfolding(record.name, record.help, record.symbol);
    /** @type {HTMLParagraphElement} */
    this.error = element("p", { class: "error", id: error, role: "alert" });
    /** @type {HTMLInputElement} */
    this.text = element("input", {
      type: "text",
      class: "typed",
      "data-number": "",
      // The phones' decimal keyboard has no minus sign.
      inputmode: record.low < 0 ? "text" : "decimal",
      autocomplete: "off",
      spellcheck: "false",
      translate: "no",
      "aria-label": record.name,
      "aria-describedby": `${help.id} ${error}`,
      focus: () => this.#enterField(),
      blur: () => this.#leave(),
      input: () => this.#type(),
      keydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
    });
    this.text.style.setProperty("--room", String(room));
    /** @type {HTMLInputElement | null} */
    this.slider = stops && this.#slide(help.id, stops);
    /** @type {HTMLElement} */
    this.root = element("div", { class: record.name.length > LONG_NAME ? "field long" : "field" });
    this.root.append(...[name, this.slider, this.text, help, this.error].filter((part) => part !== null));
  }

  /**
   * Whether the text was typed and is not yet applied: then Ctrl+Z undoes the typing (kit/keys.js). It is an attribute,
   * so that the page's key for undo can read it.
   */
  get #typed() {
    return this.text.hasAttribute(TYPED);
  }

  set #typed(typed) {
    this.text.toggleAttribute(TYPED, typed);
  }

  /** Show the current value; text that is typed and not yet applied stays. @param {number} value */
  set(value) {
    if (value === this.#value) return;
    this.#value = value;
    this.#place();
    if (document.activeElement !== this.text || !this.#typed) this.#showValue();
  }

  /** @param {string} help @param {number[]} stops @returns {HTMLInputElement} */
  #slide(help, stops) {
    const finish = () => this.#moving && this.#move(false);
    return element("input", {
      type: "range",
      min: "0",
      max: String(stops.length - 1),
      step: "1",
      "aria-label": words.slider(this.record.name),
      "aria-describedby": help,
      input: () => this.#move(true),
      change: finish,
      // A drag that ends where it began causes no change event, but the edit must be committed.
      pointerup: finish,
      pointercancel: finish,
      blur: finish,
    });
  }

  /** @param {boolean} live */
  #move(live) {
    this.#moving = live;
    if (!live) this.edit(this.#value, false);
    else if (this.slider !== null && this.stops !== null) this.#take(this.stops[this.slider.valueAsNumber], true);
  }

  /** @param {number} value @param {boolean} live */
  #take(value, live) {
    this.#value = value;
    this.#place();
    this.#showValue();
    this.edit(value, live);
  }

  /** Put the slider's thumb at the stop nearest to the value. */
  #place() {
    if (this.slider === null || this.stops === null) return;
    const place = nearest(this.stops, this.#value);
    this.slider.value = String(place);
    this.slider.setAttribute("aria-valuetext", exact(this.#value));
    this.slider.style.setProperty("--fill", String(place / (this.stops.length - 1)));
  }

  /** When it gets the focus, the field shows every digit and selects them: typing replaces the number. */
  #enterField() {
    if (this.#typed) return;
    this.#write(exact(this.#value));
    // Writing removed the selection that Tab makes. After a click the browser still sets the caret itself.
    this.text.select();
  }

  /** Show the current value: with the focus every digit, otherwise as many as fit and every digit in the tooltip. */
  #showValue() {
    this.#typed = false;
    this.#complain(null);
    const full = exact(this.#value);
    const text = document.activeElement === this.text ? full : short(this.#value, this.room);
    this.#write(text);
    this.text.title = text === full ? "" : full;
  }

  /** @param {string} text */
  #write(text) {
    if (this.text.value !== text) this.text.value = text;
    this.#widen();
  }

  /** While the field has the focus, make it wide enough for the whole number. */
  #widen() {
    const letters = document.activeElement === this.text ? this.text.value.length + 1 : 0;
    this.text.style.setProperty("--letters", String(letters > this.room ? letters : 0));
  }

  #type() {
    this.#typed = true;
    this.#widen();
    if (this.error.textContent !== "" && refusal(this.text.value, this.record) === null) this.#complain(null);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Enter" && this.#typed) this.#apply();
    if (event.key === "Escape" && this.#typed) {
      event.stopPropagation();
      this.#showValue();
    }
  }

  #leave() {
    // The run may have been removed while its number was being typed.
    if (!this.root.isConnected) return;
    if (this.#typed) this.#apply();
    else this.#showValue();
    this.#widen();
  }

  /** Apply the typed number, or show why it cannot be used: then the value and the text stay as they are. */
  #apply() {
    const sentence = refusal(this.text.value, this.record);
    const value = parse(this.text.value, this.record.whole);
    if (sentence !== null) whenReleased(() => this.#typed && this.#complain(sentence));
    else if (value === this.#value) this.#showValue();
    else this.#take(value, false);
  }

  /** @param {string | null} sentence */
  #complain(sentence) {
    this.error.textContent = sentence ?? "";
    if (sentence === null) this.text.removeAttribute("aria-invalid");
    else this.text.setAttribute("aria-invalid", "true");
  }
}
