/** Addresses of the page: which words stay when the visitor goes elsewhere, and how the page goes there. */

import { contract } from "../../contract.js";
import { kept } from "./query.js";

/** Words of the address that stay wherever the visitor goes: those of the frame and of the presenter's view. */
const { stay: STAY } = contract.link;

/** The words of the present address that stay, as a query; empty if there are none. */
export function staying() {
  return kept(location.search, STAY);
}

/** The words that stay in a link for somebody else: without those of the presenter's view. */
export function shared() {
  return kept(
    location.search,
    STAY.filter((name) => name !== "present"),
  );
}

/**
 * The address of a lesson on this page.
 * @param {string} key
 */
export function lessonAddress(key) {
  return `${location.pathname}?${[`lesson=${key}`, staying()].filter(Boolean).join("&")}`;
}

/**
 * Go to an address of this page as a new entry of the history. Streamlit listens for `popstate` and runs the page once.
 * @param {string} address
 */
export function go(address) {
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}
