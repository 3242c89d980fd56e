/** Addresses within the app: which parts of the query are kept when the visitor changes the page, and going there. */

import { contract } from "../../contract.js";
import { keepParts } from "./query.js";

/** Names of the parts that are kept on every page: those of embedding and of the presenter's view. */
const { stay: STAY } = contract.link;

/** The parts of the present address that are kept, as a query; empty if there are none. */
export function staying() {
  return keepParts(location.search, STAY);
}

/** The parts that are kept in a link to be shared: without the presenter's view. */
export function shared() {
  return keepParts(
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
