/** One number of the scenario: its name (which unfolds its help), a slider where one fits, and the typed value. */

import { element, freshId } from "../kit/element.js";
import { unfolding } from "./name.js";
import { nearest } from "./scale.js";
import { exact, parse, refusal, short } from "./typed.js";

/** Letters that fit beside the slider; a longer name stands above it. */
const LONG_NAME = 5;

let pressed = false;
const waiting = [];
addEventListener("pointerdown", () => (pressed = true), true);
for (const end of ["pointerup", "pointercancel"]) {
  const release = () => {
    pressed = false;
    // After the click that this release may be.
    setTimeout(() => {
      for (const task of waiting.splice(0)) task();
    });
  };
  addEventListener(end, release, true);
}

/** A sentence that appears moves what is below it: not while the pointer is down on it, or the click would be lost. */
function whenReleased(task) {
  if (pressed) waiting.push(task);
  else task();
}

export class Field {
  #value = null;
  /** Whether the text is a person's, not yet taken. */
  #typed = false;
  /** Whether the slider has been moved and not yet let go. */
  #moving = false;

  /**
   * @param {{name: string, help: string, low: number, high: number, whole?: boolean}} record
   * @param {Object} options
   * @param {function(number, boolean)} options.edit called with the new value, and whether more of the same drag is to come
   * @param {?number[]} options.stops what the slider stops at; without them there is no slider
   * @param {number} options.room how many characters the typed value shows at rest
   */
  constructor(record, { edit, stops = null, room = 7 }) {
    this.record = record;
    this.stops = stops;
    this.room = room;
    this.edit = edit;
    const error = freshId();
    const { name, help } = unfolding(record.name, record.help);
    this.error = element("p", { class: "error", id: error, role: "alert" });
    this.text = element("input", {
      type: "text",
      class: "typed",
      // The phones' decimal keyboard has no minus sign.
      inputmode: record.low < 0 ? "text" : "decimal",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": record.name,
      "aria-describedby": `${help.id} ${error}`,
      focus: () => this.#typed || this.#write(exact(this.#value)),
      blur: () => this.#leave(),
      input: () => this.#type(),
      keydown: (event) => this.#key(event),
    });
    this.slider = stops && this.#slide(help.id);
    this.root = element("div", { class: record.name.length > LONG_NAME ? "field long" : "field" });
    this.root.append(...[name, this.slider, this.text, help, this.error].filter(Boolean));
  }

  /** Show the value in force; where a person is at work, the text waits. */
  set(value) {
    if (value === this.#value) return;
    this.#value = value;
    this.#place();
    if (document.activeElement !== this.text) this.#rest();
  }

  #slide(help) {
    const finish = () => this.#moving && this.#move(false);
    return element("input", {
      type: "range",
      min: "0",
      max: String(this.stops.length - 1),
      step: "1",
      "aria-label": `${this.record.name}, slider`,
      "aria-describedby": help,
      input: () => this.#move(true),
      change: finish,
      // A drag that ends where it began brings no change event, but it must end all the same.
      pointerup: finish,
      pointercancel: finish,
      blur: finish,
    });
  }

  #move(live) {
    this.#moving = live;
    if (live) this.#take(this.stops[this.slider.valueAsNumber], true);
    else this.edit(this.#value, false);
  }

  #take(value, live) {
    this.#value = value;
    this.#place();
    this.#rest();
    this.edit(value, live);
  }

  /** The slider's thumb, where the value lies. */
  #place() {
    if (this.slider === null) return;
    const place = nearest(this.stops, this.#value);
    this.slider.value = place;
    this.slider.setAttribute("aria-valuetext", exact(this.#value));
    this.slider.style.setProperty("--fill", place / (this.stops.length - 1));
  }

  /** The value in force as text: under the cursor every digit, else as many as fit and the rest in the tooltip. */
  #rest() {
    this.#typed = false;
    this.#complain(null);
    const full = exact(this.#value);
    const text = document.activeElement === this.text ? full : short(this.#value, this.room);
    this.#write(text);
    this.text.title = text === full ? "" : full;
  }

  #write(text) {
    if (this.text.value !== text) this.text.value = text;
  }

  #type() {
    this.#typed = true;
    if (this.error.textContent !== "" && refusal(this.text.value, this.record) === null) this.#complain(null);
  }

  #key(event) {
    if (event.key === "Enter" && this.#typed) this.#enter();
    if (event.key === "Escape" && this.#typed) {
      event.stopPropagation();
      this.#rest();
    }
  }

  #leave() {
    // A run that was removed while its number was being typed has nothing left to change.
    if (!this.root.isConnected) return;
    if (this.#typed) this.#enter();
    else this.#rest();
  }

  /** Take what was typed, or say why not: then the value in force stays, and so does the text, to be mended. */
  #enter() {
    const sentence = refusal(this.text.value, this.record);
    const value = parse(this.text.value);
    if (sentence !== null) whenReleased(() => this.#typed && this.#complain(sentence));
    else if (value === this.#value) this.#rest();
    else this.#take(value, false);
  }

  #complain(sentence) {
    this.error.textContent = sentence ?? "";
    if (sentence === null) this.text.removeAttribute("aria-invalid");
    else this.text.setAttribute("aria-invalid", "true");
  }
}
