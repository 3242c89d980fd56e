/**
 * Keeps the link of what is shown in the address bar, so that it can be reloaded, shared and returned to.
 *
 * A surface, a preset or advice that the visitor picks adds an entry to the browser's history, and so does opening or
 * closing the inside of a step: Back closes or opens it, and does not leave the page. Another run, step or line that is
 * selected in it adds none. Edits by hand (the start moved, a field changed, a run added or removed) share one entry:
 * the first edit adds it, every later one replaces it. So Back returns to the state before the edits and does not leave
 * the page. Single edits are undone by Ctrl+Z. The shared entry is marked in the history's state, which a reload of the
 * page does not delete.
 */

import { contract } from "../../contract.js";
import { identityOf, identityParts } from "./identity.js";
import { pictureParts, picturesOf } from "./pictures.js";
import { keepParts, namesScenario, sameQuery } from "./query.js";

/** @import { Identity } from "./identity.js" */
/** @import { Pictures } from "./pictures.js" */
/**
 * What a change does to the browser's history: nothing, a new entry, or an edit, which shares an entry with other
 * edits.
 * @typedef {"same" | "entry" | "edit"} HistoryChange
 */

/** Names of the parts of the address that are kept as they are. */
const { stay: STAY, opening: OPENING } = contract.link;

export class Address {
  #visited;
  #offer;
  #path = location.pathname;

  /**
   * @param {(query: string, identify: (runs: number) => Identity, pictures: Pictures) => void} visited is called when
   *   the visitor goes back or forward to a link of a scenario; `identify` gives the identity that the link sets for a
   *   number of runs
   * @param {string[]} offer the parts that say what the page offers (offer.js)
   */
  constructor(visited, offer = []) {
    this.#offer = offer;
    this.#visited = () => {
      const query = location.search.slice(1);
      // The visitor may have left for another page before the stage is removed.
      if (this.#here && namesScenario(query)) visited(query, (runs) => identityOf(query, runs), picturesOf(query));
    };
    addEventListener("popstate", this.#visited);
  }

  get #here() {
    return location.pathname === this.#path;
  }

  /**
   * The identity that the address sets for this number of runs; null if it names no scenario.
   * @param {number} runs
   */
  identity(runs) {
    return this.#here && namesScenario(location.search) ? identityOf(location.search, runs) : null;
  }

  /** Which pictures the address sets. */
  get pictures() {
    return picturesOf(this.#here ? location.search : "");
  }

  /**
   * Write the link of what is shown.
   * @param {string} link
   * @param {HistoryChange} change
   * @param {Identity} identity
   * @param {Pictures} pictures
   */
  write(link, change, identity, pictures = picturesOf("")) {
    if (!this.#here) return;
    const shown = [...identityParts(identity), ...pictureParts(pictures, identity.slots)];
    const queryWith = (/** @type {string} */ opening) =>
      [link, ...shown, opening, ...this.#offer, keepParts(location.search, STAY)].filter(Boolean).join("&");
    // How the stage has opened is true until something is changed; after Back nothing is.
    const opened = queryWith(keepParts(location.search, OPENING));
    if (sameQuery(location.search, opened)) return;
    const query = change === "same" ? opened : queryWith("");
    const address = `${location.pathname}?${query}${location.hash}`;
    const edited = history.state?.edited === true;
    if (change === "entry") history.pushState({}, "", address);
    else if (change === "edit" && !edited) history.pushState({ edited: true }, "", address);
    else history.replaceState(history.state, "", address);
  }

  remove() {
    removeEventListener("popstate", this.#visited);
  }
}
