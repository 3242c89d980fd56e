/** The curtain as the stage shows it: what is held while it is down, the flag to be planted, and later its distance from the truth. */

import { drawing, element } from "../../kit/element.js";
import { brief } from "../../kit/numbers.js";
import { same } from "../../kit/sameness.js";
import { Names } from "./placer.js";

/** The flag's picture around the point where it stands; and how much of a head or a mark is to be seen there. */
const PICTURE = { left: -9, top: -33, w: 30, h: 36 };
const HEAD = 12;
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
  #size = null;

  /** `lifted()` is called when the walk is to be asked for and played, `moved()` when a frame is due. */
  constructor(root, parts, view, store, pointer, acts) {
    Object.assign(this, {
      handle: element("button", { type: "button", class: "mradam-curtain-flag", hidden: "" }, picture()),
    });
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

  /** The box that the flag takes on the map once it stands for good; else null: no name moves under a moving hand. */
  get kept() {
    const { flag, down } = this.#store.curtain;
    return flag?.placed && !down && this.#valid ? box(this.#view.project(...flag.point)) : null;
  }

  /** Whether the flag says something of the scenario that is shown. */
  get #valid() {
    return same(this.#store.scenario, this.#store.curtain.guessed);
  }

  /** Bring flag and line to where they are, off the `names`; called in every frame, so it touches only what has changed. */
  place(names) {
    const { flag, truth, down, ended } = this.#store.curtain;
    if (down) this.#store.curtain.guessed = this.#store.scenario;
    const seen = flag !== null && (down || (flag.placed && this.#valid));
    const state = [flag, truth, down, ended, seen, names, this.#view.version];
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
    const [px, py] = this.#view.project(...flag.point);
    this.handle.style.transform = `translate(${px}px, ${py}px)`;
    this.handle.toggleAttribute("data-placed", flag.placed);
    const where = flag.placed ? `at x ${brief(flag.point[0])}, y ${brief(flag.point[1])}` : "not placed yet";
    this.handle.setAttribute("aria-label", `Flag, ${where}. Arrow keys move it.`);
    if (told) this.#tie([px, py], this.#view.project(...truth.point), truth.words, names);
  }

  /** The line from the flag to the truth, and how long it is: beside its middle, where nothing is covered. */
  #tie([x1, y1], [x2, y2], words, names) {
    for (const line of [this.#edge, this.#stroke])
      for (const [name, at] of Object.entries({ x1, y1, x2, y2 })) line.setAttribute(name, at);
    this.#words.textContent = words;
    const middle = [(x1 + x2) / 2, (y1 + y2) / 2];
    const size = this.#measure(words);
    const room = new Names(this.#view.area, [
      this.#view.tools,
      box([x1, y1]),
      { x: x2 - HEAD, y: y2 - HEAD, w: 2 * HEAD, h: 2 * HEAD },
      ...names,
    ]);
    room.line([x1, y1], [x2, y2]);
    const { x, y } = room.place(middle, size, Math.PI / 2) ?? { x: middle[0] - size.w / 2, y: middle[1] + 8 };
    this.#words.style.transform = `translate(${x}px, ${y}px)`;
  }

  /** How large the words are; asked only when they or the screen have changed, since the page is laid out for it. */
  #measure(words) {
    const name = `${words} ${this.#view.width}`;
    if (this.#size?.name !== name) this.#size = { name, w: this.#words.offsetWidth, h: this.#words.offsetHeight };
    return this.#size;
  }

  remove() {
    this.#close();
  }
}

function box([px, py]) {
  return { x: px + PICTURE.left, y: py + PICTURE.top, w: PICTURE.w, h: PICTURE.h };
}

function picture() {
  return drawing(
    "svg",
    { viewBox: "0 0 20 24", "aria-hidden": "true" },
    drawing("path", { class: "around", d: CLOTH }),
    drawing("path", { class: "cloth", d: CLOTH }),
  );
}
