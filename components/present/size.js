/** The height of the map in the presenter's view: what title, question, transport and curve leave free. */

/** The least height of the map, in CSS pixels. */
const LEAST = 220;
const GAP = 8;

export class MapSize {
  #foot;
  #sizes = new ResizeObserver(() => this.fit());

  /** @param {HTMLElement} foot the element that covers the lower edge of the window */
  constructor(foot) {
    this.#foot = foot;
  }

  /**
   * Follow the size of a stage, until the next call.
   * @param {Element} stage
   */
  follow(stage) {
    this.stop();
    const page = document.querySelector(".stMainBlockContainer");
    for (const part of [stage, page, this.#foot]) if (part !== null) this.#sizes.observe(part);
    this.fit();
  }

  stop() {
    this.#sizes.disconnect();
  }

  fit() {
    const map = document.querySelector(".mradam-stage .map");
    const main = map?.closest(".main");
    if (!map || !main) return;
    const { top, bottom } = map.getBoundingClientRect();
    const below = main.getBoundingClientRect().bottom - bottom;
    const room = Math.floor(innerHeight - this.#foot.offsetHeight - top - below - GAP);
    const height = `${Math.max(LEAST, room)}px`;
    const { style } = document.documentElement;
    if (style.getPropertyValue("--presented") !== height) style.setProperty("--presented", height);
  }
}
