/** The curtain as the stage shows it: what is held while it is down, the flag to be planted, and later its distance from the truth. */

import { drawing, element } from "../element.js";
import { brief } from "./format.js";
import { same } from "./store.js";

const CLOTH = "M6 22V2M6 3h11l-3.2 3.6L17 10.2H6";

export class Flag {
  #root;
  #parts;
  #view;
  #store;
  #pointer;
  #acts;
  #close;
  #stroke = drawing("line");
  #edge = drawing("line", { class: "edge" });
  #sheet = drawing("svg", { class: "mradam-curtain-line", "aria-hidden": "true" }, this.#edge, this.#stroke);
  #words = element("p", { class: "mradam-curtain-words" });

  /** `lifted()` is called when the walk is to be asked for and played, `moved()` when a frame is due. */
  constructor(root, parts, view, store, pointer, acts) {
    Object.assign(this, { handle: element("button", { type: "button", class: "mradam-curtain-flag", hidden: "" }, picture()) });
    this.#root = root;
    this.#parts = parts;
    this.#view = view;
    this.#store = store;
    this.#pointer = pointer;
    this.#acts = acts;
    parts.map.append(this.#sheet, this.#words, this.handle);
    // Before the keys of the playback, which has nothing to play yet.
    root.addEventListener("keydown", (event) => {
      if (this.down && event.key !== "Tab" && event.key !== "Escape") event.stopImmediatePropagation();
    });
    this.#close = store.curtain.subscribe(() => this.#hang());
    this.#hang();
  }

  get down() {
    return this.#store.curtain.down;
  }

  /** Where the flag stands while it may be moved; null otherwise. */
  get point() {
    return this.down ? (this.#store.curtain.flag?.point ?? null) : null;
  }

  #hang() {
    const { down, flag } = this.#store.curtain;
    const lifted = this.#root.classList.contains("mradam-curtain") && !down;
    this.#root.classList.toggle("mradam-curtain", down);
    this.#root.toggleAttribute("data-asking", down && flag !== null);
    for (const part of [this.#parts.transport, this.#parts.curve.parentElement]) part.inert = down;
    this.#parts.handle.disabled = down;
    this.#pointer.grip(down ? this.handle : this.#parts.handle);
    if (lifted) {
      this.#root.focus({ preventScroll: true });
      const { top, bottom } = this.#parts.map.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) this.#parts.map.scrollIntoView({ block: "start" });
      this.#acts.lifted();
    }
    this.#acts.moved();
  }

  /** Bring flag and line to where they are; called in every frame, so it touches only what has changed. */
  place() {
    const { flag, truth, down, ended } = this.#store.curtain;
    const { scenario } = this.#store;
    if (down) this.#store.curtain.guessed = scenario;
    const seen = flag !== null && (down || (flag.placed && same(scenario, this.#store.curtain.guessed)));
    const state = [flag, truth, down, ended, seen, this.#view.version];
    if (state.every((part, index) => part === this.state?.[index])) return;
    this.state = state;
    this.handle.hidden = !seen;
    this.handle.disabled = !down;
    // Who has the keys of the stage has those of the flag first.
    if (seen && down && document.activeElement === this.#root) this.handle.focus({ preventScroll: true });
    const told = seen && ended && flag.placed && truth !== null;
    this.#sheet.toggleAttribute("hidden", !told);
    this.#words.hidden = !told;
    if (!seen) return;
    const [px, py] = this.#view.toPixel(...flag.point);
    this.handle.style.transform = `translate(${px}px, ${py}px)`;
    this.handle.toggleAttribute("data-placed", flag.placed);
    const where = flag.placed ? `at x ${brief(flag.point[0])}, y ${brief(flag.point[1])}` : "not placed yet";
    this.handle.setAttribute("aria-label", `Flag, ${where}. Arrow keys move it.`);
    if (told) this.#tie([px, py], this.#view.toPixel(...truth.point), truth.words);
  }

  /** The line from the flag to the truth, and how long it is. */
  #tie([x1, y1], [x2, y2], words) {
    for (const line of [this.#edge, this.#stroke]) for (const [name, at] of Object.entries({ x1, y1, x2, y2 })) line.setAttribute(name, at);
    this.#words.textContent = words;
    this.#words.style.transform = `translate(${(x1 + x2) / 2}px, ${(y1 + y2) / 2}px) translate(-50%, 8px)`;
  }

  remove() {
    this.#close();
  }
}

function picture() {
  return drawing("svg", { viewBox: "0 0 20 24", "aria-hidden": "true" }, drawing("path", { class: "around", d: CLOTH }), drawing("path", { class: "cloth", d: CLOTH }));
}
