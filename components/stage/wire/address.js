/** The address bar is always the link of what is shown: reload, share, go back. */

import { contract } from "../../contract.js";
import { speaks } from "./link.js";

/** Words of the address that stay as they are. */
const KEPT = contract.link.stay;

export class Address {
  /** `visited(query)` is called when the visitor goes back or forward to a link; other addresses name no scenario. */
  constructor(visited) {
    // Who goes to another page leaves before the stage does.
    this.place = location.pathname;
    this.visited = () => this.here && speaks(location.search) && visited(location.search.slice(1));
    addEventListener("popstate", this.visited);
  }

  get here() {
    return location.pathname === this.place;
  }

  /**
   * Say where we are, and into which run one looks (null: none), counted from 1 as people do.
   * `leap`: as a new place, so that going back returns to the one before.
   */
  write(link, leap, inside) {
    if (!this.here) return;
    const kept = new URLSearchParams(location.search);
    for (const name of new Set(kept.keys())) if (!KEPT.includes(name)) kept.delete(name);
    if (inside !== null) kept.set("inside", String(inside + 1));
    const query = [link, kept.toString()].filter(Boolean).join("&");
    if (decodeURIComponent(location.search.slice(1)) === decodeURIComponent(query)) return;
    const address = `${location.pathname}?${query}${location.hash}`;
    if (leap) history.pushState({}, "", address);
    else history.replaceState(history.state, "", address);
  }

  remove() {
    removeEventListener("popstate", this.visited);
  }
}
