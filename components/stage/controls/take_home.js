/** The menu "Take home": a popover at its button in the tools, with an entry for each format that the server writes. */

import { contract } from "../../contract.js";
import { element, freshId } from "../../kit/element.js";
import { resolve } from "../../kit/place.js";
import { requestFile } from "../wire/download.js";
import { words } from "../words.js";

/** @import { ExportCard } from "../../contract.js" */
/** @import { Walk } from "../wire/record.js" */

const texts = words.takeHome;
const ADDRESS = "api/export";
/** The space between the menu, its button and the edge of the window, in pixels. */
const APART = 6;

export class TakeHome {
  #menu;
  #opener;
  #status;
  #walk;
  #busy = false;

  /**
   * @param {HTMLElement} root the stage; the menu is put into it
   * @param {HTMLButtonElement} opener the button that opens and closes the menu
   * @param {() => Walk | null} walk the walk that is shown; null: none yet
   */
  constructor(root, opener, walk) {
    this.#opener = opener;
    this.#walk = walk;
    this.#status = element("p", { role: "status" });
    const id = freshId();
    this.#menu = element(
      "div",
      { class: "take-home", popover: "auto", role: "group", "aria-labelledby": id },
      element("h2", { id }, texts.title),
      ...groups(contract.exports).map(([family, cards]) => this.#group(family, cards)),
      this.#status,
    );
    root.append(this.#menu);
    // With this relation the browser opens and closes the menu, and gives the focus back to the button.
    opener.popoverTargetElement = this.#menu;
    opener.setAttribute("aria-haspopup", "true");
    this.#menu.addEventListener("beforetoggle", (event) => {
      if (event.newState === "open") this.#place();
    });
    this.#menu.addEventListener("toggle", (event) => {
      if (event.newState === "open") this.#entries[0]?.focus();
      else this.#status.textContent = "";
    });
    this.#menu.addEventListener("keydown", (event) => this.#key(event));
  }

  get #entries() {
    return [...this.#menu.querySelectorAll("button")];
  }

  /**
   * @param {ExportCard["family"]} family
   * @param {ExportCard[]} cards
   */
  #group(family, cards) {
    const entries = cards.map((card) =>
      element(
        "button",
        { type: "button", "data-format": card.key, click: () => this.#take(card) },
        element("strong", {}, card.label),
        element("span", {}, card.says),
      ),
    );
    return element("div", { role: "group", "aria-label": texts.families[family] }, ...entries);
  }

  /** Put the menu above or below its button, where there is more room, within the window. */
  #place() {
    const { left, top, bottom } = this.#opener.getBoundingClientRect();
    const { innerWidth, innerHeight } = globalThis;
    const below = innerHeight - bottom > top;
    const { style } = this.#menu;
    style.setProperty("--left", `${left}px`);
    style.top = below ? `${bottom + APART}px` : "auto";
    style.bottom = below ? "auto" : `${innerHeight - top + APART}px`;
    style.maxHeight = `${(below ? innerHeight - bottom : top) - 2 * APART}px`;
    style.setProperty("--room", `${innerWidth}px`);
  }

  /** The arrow keys go from entry to entry; no key of the menu reaches the stage. @param {KeyboardEvent} event */
  #key(event) {
    event.stopPropagation();
    const entries = this.#entries;
    const at = entries.findIndex((entry) => entry.matches(":focus"));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    entries.at(next % entries.length)?.focus();
  }

  /** Request a file and save it. @param {ExportCard} card */
  async #take({ key, label }) {
    if (this.#busy) return;
    this.#busy = true;
    const tell = (/** @type {string} */ text) => {
      this.#status.textContent = text;
    };
    try {
      const walk = this.#walk();
      if (walk === null || walk.runs.length === 0) throw new Error(texts.noWalk);
      const scenario = shownScenario(walk);
      tell(texts.writing(label, 0));
      const file = await requestFile(resolve(ADDRESS), key, scenario, texts, (size) =>
        tell(texts.writing(label, size)),
      );
      const href = URL.createObjectURL(file.content);
      element("a", { href, download: file.name }).click();
      URL.revokeObjectURL(href);
      tell(texts.saved(file.name));
    } catch (failure) {
      tell(failure instanceof Error ? failure.message : String(failure));
    } finally {
      this.#busy = false;
    }
  }
}

/** The scenario with the runs that are shown. @param {Pick<Walk, "scenario" | "runs">} walk */
export function shownScenario({ scenario, runs }) {
  return { ...scenario, runs: runs.map(({ index }) => scenario.runs[index]) };
}

/** The formats by family, in the contract's order. @param {readonly ExportCard[]} cards */
function groups(cards) {
  /** @type {Map<ExportCard["family"], ExportCard[]>} */
  const found = new Map();
  for (const card of cards) found.set(card.family, [...(found.get(card.family) ?? []), card]);
  return [...found];
}
