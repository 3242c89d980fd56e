/**
 * The address bar always holds the link of what is shown, for reloading, sharing and going back.
 *
 * What Back returns to: a surface, a preset or advice that was picked is a place of its own. Edits by hand (a moved
 * start,
 * a changed field, a run more or less) make one place, however many they are: the first edit after a place adds an
 * entry
 * to the browser's history, and every later one replaces it. So Back returns to the state before the edits, and does
 * not
 * leave the page; single edits are undone by Ctrl+Z. The entry carries a mark, since it may outlive a reload.
 */

import { contract } from "../../contract.js";
import { identityOf, written } from "./identity.js";
import { alike, kept, speaks } from "./query.js";

/** @import { Identity } from "./identity.js" */
/** @typedef {"same" | "place" | "edit"} Turn whether what is shown is the present place, a new one, or an edit of it */

/** Words of the address that stay as they are. */
const { stay: STAY } = contract.link;

export class Address {
  #visited;
  #place = location.pathname;

  /**
   * @param {(query: string, identify: (runs: number) => Identity) => void} visited is called when the visitor goes back
   * or
   *   forward to a link of a scenario, with what the link says of so many runs
   */
  constructor(visited) {
    this.#visited = () => {
      const query = location.search.slice(1);
      // The visitor may have left for another page before the stage is removed.
      if (this.#here && speaks(query)) visited(query, (runs) => identityOf(query, runs));
    };
    addEventListener("popstate", this.#visited);
  }

  get #here() {
    return location.pathname === this.#place;
  }

  /**
   * What the address says of this number of runs; null where it names no scenario.
   * @param {number} runs
   */
  identity(runs) {
    return this.#here && speaks(location.search) ? identityOf(location.search, runs) : null;
  }

  /**
   * Write the link of what is shown.
   * @param {string} link
   * @param {Turn} turn
   * @param {Identity} identity
   */
  write(link, turn, identity) {
    if (!this.#here) return;
    const query = [link, ...written(identity), kept(location.search, STAY)].filter(Boolean).join("&");
    if (alike(location.search, query)) return;
    const address = `${location.pathname}?${query}${location.hash}`;
    const edited = history.state?.edited === true;
    if (turn === "place") history.pushState({}, "", address);
    else if (turn === "edit" && !edited) history.pushState({ edited: true }, "", address);
    else history.replaceState(history.state, "", address);
  }

  remove() {
    removeEventListener("popstate", this.#visited);
  }
}
