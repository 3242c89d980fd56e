/** Addresses within the app: which parts of the query are kept when the visitor changes the page, and going there. */

import { contract } from "../../contract.js";
import { keepParts, parts } from "./query.js";

/** Names of the parts that are kept on every page: those of embedding and of the presenter's view. */
const { stay: STAY } = contract.link;

/** The parts of the present address that are kept, as a query; empty if there are none. */
export function staying() {
  return keepParts(location.search, STAY);
}

/**
 * An address as a link for somebody else: without the words of the frame and of the presenter's view.
 * @param {string} address
 */
export function shared(address) {
  const [path, query = ""] = address.split("#")[0].split("?");
  const rest = parts(query).filter(({ name }) => !STAY.includes(name));
  return rest.length === 0 ? path : `${path}?${rest.map(({ part }) => part).join("&")}`;
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
