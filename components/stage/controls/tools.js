/** The buttons on the map: zoom, move the ground, copy the link, take the picture home. */

import { copy } from "../../kit/copy.js";

const SAID_FOR = 4000;

export class Tools {
  /** What was just done, in words, for as long as it takes to read. */
  word = "";
  #row;
  #wake;
  #timer = null;

  /** `save(format)` downloads the picture, `wake()` asks for a frame, `focus()` is the pixel to zoom about (null: the middle). */
  constructor(row, { ground, pointer, save, wake, focus }) {
    this.#row = row;
    this.#wake = wake;
    const acts = {
      in: () => pointer.zoom(0.7, focus()),
      out: () => pointer.zoom(1 / 0.7, focus()),
      home: () => ground.home(),
      pan: () => this.#press("pan", pointer.switchPan()),
      link: async () => {
        await copy(location.href);
        this.#say("Link copied.");
      },
      save: () => save("png"),
      svg: () => save("svg"),
    };
    row.addEventListener("click", (event) => this.#do(acts[event.target.closest("[data-tool]")?.dataset.tool]));
  }

  remove() {
    clearTimeout(this.#timer);
  }

  async #do(act) {
    try {
      await act?.();
    } catch (failure) {
      this.#say(failure.message);
    }
    this.#wake();
  }

  #press(name, pressed) {
    this.#row.querySelector(`[data-tool=${name}]`).setAttribute("aria-pressed", String(pressed));
  }

  #say(word) {
    this.word = word;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.word = "";
      this.#wake();
    }, SAID_FOR);
  }
}
