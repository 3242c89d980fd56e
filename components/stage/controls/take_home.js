/**
 * The menu "Take home": a popover at its button in the tools, with an entry for each format that the server writes, for
 * the pictures that the browser saves, and for a frame in another page.
 */

import { contract } from "../../contract.js";
import { copy } from "../../kit/copy.js";
import { element, freshId } from "../../kit/element.js";
import { resolve } from "../../kit/place.js";
import { requestFile } from "../wire/download.js";
import { shared } from "../wire/places.js";
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
  #save;
  #busy = false;
  /** Whether a picture has the link as a caption. */
  #caption = element("input", { type: "checkbox", "data-testid": "caption" });

  /**
   * @param {HTMLElement} root the stage; the menu is put into it
   * @param {HTMLButtonElement} opener the button that opens and closes the menu
   * @param {() => Walk | null} walk the walk that is shown; null: none yet
   * @param {(format: "png" | "svg", caption: string) => Promise<void>} save saves a picture; with an empty caption none
   */
  constructor(root, opener, walk, save) {
    this.#opener = opener;
    this.#walk = walk;
    this.#save = save;
    this.#status = element("p", { role: "status" });
    const id = freshId();
    this.#menu = element(
      "div",
      { class: "take-home", popover: "auto", role: "group", "aria-labelledby": id },
      element("h2", { id }, texts.title),
      ...groups(contract.exports).map(([family, cards]) =>
        this.#group(
          texts.families[family],
          cards.map((card) => this.#entry(card.key, card.label, card.says, () => this.#take(card))),
        ),
      ),
      this.#group(texts.families.picture, [
        .../** @type {const} */ (["png", "svg"]).map((format) =>
          this.#entry(format, texts.pictures[format].label, texts.pictures[format].says, () => this.#picture(format)),
        ),
        element("label", { class: "switch" }, this.#caption, texts.caption),
      ]),
      this.#group(texts.page, [
        this.#entry("frame", texts.frame.label, texts.frame.says, async () => {
          await copy(frameOf(location.href));
          return texts.frame.copied;
        }),
      ]),
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

  /** @param {string} name @param {HTMLElement[]} entries */
  #group(name, entries) {
    return element("div", { role: "group", "aria-label": name }, ...entries);
  }

  /**
   * @param {string} key
   * @param {string} label
   * @param {string} says
   * @param {() => Promise<string>} act returns what was done
   */
  #entry(key, label, says, act) {
    return element(
      "button",
      { type: "button", "data-format": key, click: () => this.#do(act) },
      element("strong", {}, label),
      element("span", {}, says),
    );
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

  /** @param {string} text */
  #tell(text) {
    this.#status.textContent = text;
  }

  /** Do what an entry says, one at a time, and tell how it ended. @param {() => Promise<string>} act */
  async #do(act) {
    if (this.#busy) return;
    this.#busy = true;
    try {
      this.#tell(await act());
    } catch (failure) {
      this.#tell(failure instanceof Error ? failure.message : String(failure));
    } finally {
      this.#busy = false;
    }
  }

  /** Request a file and save it. @param {ExportCard} card */
  async #take({ key, label }) {
    const walk = this.#walk();
    if (walk === null || walk.runs.length === 0) throw new Error(texts.noWalk);
    const scenario = shownScenario(walk);
    this.#tell(texts.writing(label, 0));
    const file = await requestFile(resolve(ADDRESS), key, scenario, texts, (size) =>
      this.#tell(texts.writing(label, size)),
    );
    const href = URL.createObjectURL(file.content);
    element("a", { href, download: file.name }).click();
    URL.revokeObjectURL(href);
    return texts.saved(file.name);
  }

  /** Save the picture that the stage shows. @param {"png" | "svg"} format */
  async #picture(format) {
    await this.#save(format, this.#caption.checked ? shared(location.href) : "");
    return texts.pictures.saved;
  }
}

/**
 * HTML that shows an address in a frame of another page.
 * @param {string} address
 */
export function frameOf(address) {
  const link = shared(address);
  const whole = `${link}${link.includes("?") ? "&" : "?"}embed=true`;
  const escaped = whole.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<iframe src="${escaped}" title="${texts.frame.title}" width="100%" height="720" style="border: 0"></iframe>`;
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
