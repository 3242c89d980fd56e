/** The way through the lessons: links that are places, so that they can be shared, opened beside, and gone back to. */

import { element } from "../kit/element.js";
import { same } from "../kit/sameness.js";
import { go, lessonAddress } from "../stage/wire/places.js";

const rows = new WeakMap();

/** Called by Streamlit at every change of data or theme. */
export function render({ parentElement, data }) {
  if (!rows.has(parentElement)) rows.set(parentElement, new Row(parentElement));
  rows.get(parentElement).show(data);
}

export function unmount(host) {
  rows.get(host)?.root.remove();
  rows.delete(host);
}

class Row {
  #data = null;
  #place = location.pathname;
  #shown = null;

  constructor(host) {
    this.root = element("nav", { class: "mradam-row" });
    this.root.addEventListener("click", this.#click);
    host.append(this.root);
  }

  show(data) {
    if (same(data, this.#data)) return;
    this.#data = data;
    const { lessons, current, shape } = data;
    this.root.dataset.shape = shape;
    this.root.setAttribute("aria-label", shape === "row" ? "Lessons" : "Neighboring lessons");
    const place = lessons.findIndex(({ key }) => key === current);
    const focused = this.root.contains(document.activeElement) ? document.activeElement.dataset.lesson : null;
    this.root.replaceChildren(
      ...(shape === "row"
        ? lessons.map((lesson, at) => number(lesson, at, lesson.key === current))
        : sides(lessons, place)),
    );
    if (focused !== null) this.root.querySelector(`[data-lesson="${focused}"]`)?.focus();
    if (shape === "row" && this.#shown !== current) this.#arrive(current);
  }

  /** Another lesson is there: it is read from its top, and its link is in the address. */
  #arrive(current) {
    if (this.#shown !== null) this.root.closest(".stMain, [data-testid=stMain]")?.scrollTo({ top: 0 });
    this.#shown = current;
    const asked = new URLSearchParams(location.search).get("lesson");
    if (location.pathname === this.#place && asked !== current)
      history.replaceState(history.state, "", lessonAddress(current));
  }

  #click = (event) => {
    const link = event.target.closest("a");
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.dataset.lesson === this.#data.current) return;
    go(link.href);
  };
}

function number({ key, title, done, begun }, at, current) {
  const state = done ? "done" : begun ? "begun" : "";
  const name = `Lesson ${at + 1}: ${title}${state && `, ${state}`}`;
  const made = element(
    "a",
    {
      href: lessonAddress(key),
      "data-lesson": key,
      "data-state": state,
      title: `${at + 1}. ${title}${state && ` (${state})`}`,
      "aria-label": name,
      "aria-current": current ? "page" : null,
    },
    String(at + 1),
  );
  return made;
}

function sides(lessons, place) {
  const side = (at, rel, words) => {
    const lesson = lessons[at];
    if (lesson === undefined) return element("span");
    return element(
      "a",
      { href: lessonAddress(lesson.key), rel, "data-lesson": lesson.key },
      element("span", { class: "which" }, words),
      element("span", { class: "title" }, lesson.title),
    );
  };
  return [side(place - 1, "prev", "← Previous lesson"), side(place + 1, "next", "Next lesson →")];
}
