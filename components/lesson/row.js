/** The list of lessons as links: so a lesson can be shared, opened in a new tab, and reached by going back. */

import { element } from "../kit/element.js";
import { same } from "../kit/sameness.js";
import { go, lessonAddress } from "../stage/wire/places.js";
import { words } from "./words.js";

/** @import { Component } from "../kit/types.js" */
/** @import { LessonEntry, RowData } from "./types.js" */

/** @type {WeakMap<HTMLElement, Row>} */
const rows = new WeakMap();

/** Called by Streamlit at every change of data or theme. @param {Component<RowData>} component */
export function render({ parentElement, data }) {
  const row = rows.get(parentElement) ?? new Row(parentElement);
  rows.set(parentElement, row);
  row.show(data);
}

/** @param {HTMLElement} host */
export function unmount(host) {
  rows.get(host)?.root.remove();
  rows.delete(host);
}

class Row {
  /** @type {RowData | null} */
  #data = null;
  #place = location.pathname;
  /** @type {string | null} */
  #shown = null;

  /** @param {HTMLElement} host */
  constructor(host) {
    /** @type {HTMLElement} */
    this.root = element("nav", { class: "mradam-row" });
    this.root.addEventListener("click", this.#click);
    host.append(this.root);
  }

  /** @param {RowData} data */
  show(data) {
    if (same(data, this.#data)) return;
    this.#data = data;
    const { lessons, current, shape } = data;
    this.root.dataset.shape = shape;
    this.root.setAttribute("aria-label", shape === "row" ? words.row.lessons : words.row.neighbors);
    const place = lessons.findIndex(({ key }) => key === current);
    const active = document.activeElement;
    const focused = active instanceof HTMLElement && this.root.contains(active) ? active.dataset.lesson : undefined;
    this.root.replaceChildren(
      ...(shape === "row" ? lessons.map((lesson) => numbered(lesson, lesson.key === current)) : sides(lessons, place)),
    );
    /** @type {HTMLElement | null} */
    const again = focused === undefined ? null : this.root.querySelector(`[data-lesson="${focused}"]`);
    again?.focus();
    if (shape === "row" && this.#shown !== current) this.#arrive(current);
  }

  /** Scroll to the top when another lesson is shown, and write its link into the address. @param {string} current */
  #arrive(current) {
    if (this.#shown !== null) this.root.closest(".stMain, [data-testid=stMain]")?.scrollTo({ top: 0 });
    this.#shown = current;
    const asked = new URLSearchParams(location.search).get("lesson");
    if (location.pathname === this.#place && asked !== current)
      history.replaceState(history.state, "", lessonAddress(current));
  }

  #click = (/** @type {MouseEvent} */ event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.dataset.lesson === this.#data?.current) return;
    go(link.href);
  };
}

/** @param {LessonEntry} lesson @param {boolean} current */
function numbered({ key, number, title, done, begun }, current) {
  const state = done ? "done" : begun ? "begun" : "";
  const shown = state === "" ? "" : words.row[state];
  const made = element(
    "a",
    {
      href: lessonAddress(key),
      "data-lesson": key,
      "data-state": state,
      title: words.row.tooltip(number, title, shown),
      "aria-label": words.row.name(number, title, shown),
      "aria-current": current ? "page" : null,
    },
    element("span", {}, String(number)),
    ...(current ? [element("span", { class: "name" }, title)] : []),
  );
  return made;
}

/** @param {LessonEntry[]} lessons @param {number} place */
function sides(lessons, place) {
  const side = (/** @type {number} */ at, /** @type {string} */ rel, /** @type {string} */ which) => {
    const lesson = lessons[at];
    if (lesson === undefined) return element("span");
    return element(
      "a",
      { href: lessonAddress(lesson.key), rel, "data-lesson": lesson.key },
      element("span", { class: "which" }, which),
      element("span", { class: "title" }, lesson.title),
    );
  };
  return [side(place - 1, "prev", words.row.previous), side(place + 1, "next", words.row.next)];
}
