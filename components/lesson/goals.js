/** The goals of a lesson: a tick for each goal that Python has found reached, and buttons that copy a link. */

import { copy } from "../kit/copy.js";
import { element } from "../kit/element.js";
import { same } from "../kit/sameness.js";
import { words } from "./words.js";

/** @import { Component } from "../kit/types.js" */
/** @import { GoalData, GoalsData, PresentValue } from "./types.js" */

const { goals: text } = words;
/** @type {WeakMap<HTMLElement, Goals>} */
const lists = new WeakMap();
/** The address of the page that each link opens, relative to this page. @type {["lesson" | "playground", string][]} */
const PLACES = [
  ["lesson", ""],
  ["playground", "./"],
];

/** Called by Streamlit at every change of data or theme. @param {Component<GoalsData>} component */
export function render({ parentElement, data }) {
  const list = lists.get(parentElement) ?? new Goals(parentElement);
  lists.set(parentElement, list);
  list.show(data);
}

/** @param {HTMLElement} host */
export function unmount(host) {
  lists.get(host)?.root.remove();
  lists.delete(host);
}

class Goals {
  /** @type {GoalsData | null} */
  #data = null;
  /** @type {HTMLElement} */
  #list = element("ol", { class: "goals" });
  /** @type {HTMLElement} */
  #score = element("p", { class: "score" });
  /** @type {HTMLElement} */
  #copied = element("span", { class: "copied", role: "status" });
  /** @type {HTMLElement} */
  #links = element(
    "div",
    { class: "links" },
    ...PLACES.map(([name, page]) =>
      element("button", { type: "button", click: () => this.#copy(name, page) }, text[name]),
    ),
    this.#copied,
  );
  /** @type {HTMLElement} */
  #live = element("p", { class: "unseen", role: "status" });

  /** @param {HTMLElement} host */
  constructor(host) {
    /** @type {HTMLElement} */
    this.root = element("div", { class: "mradam-goals", "data-testid": "goals" });
    this.root.append(this.#list, this.#score, this.#links, this.#live);
    host.append(this.root);
  }

  /** @param {GoalsData} data */
  show(data) {
    const before = this.#data;
    if (same(before, data)) return;
    this.#data = data;
    this.#list.replaceChildren(...data.goals.map(goal));
    this.#score.hidden = data.most === 0;
    this.#score.textContent = text.score(data.score, data.most);
    this.#links.hidden = data.links.lesson === undefined;
    this.#copied.textContent = "";
    const fresh =
      before === null
        ? []
        : data.goals.filter((now) => now.done && before.goals.some((was) => was.text === now.text && !was.done));
    if (fresh.length > 0) this.#live.textContent = fresh.map((now) => text.reached(now.text, now.says)).join(" ");
  }

  /** @param {"lesson" | "playground"} name @param {string} page */
  async #copy(name, page) {
    const address = new URL(page, location.href);
    address.search = "";
    address.hash = "";
    try {
      await copy(`${address.href}?${this.#data?.links[name]}`);
      this.#copied.textContent = text.copied;
    } catch (refused) {
      this.#copied.textContent = refused instanceof Error ? refused.message : String(refused);
    }
  }
}

/**
 * The present values of what a goal gives ranges for, in words.
 * @param {PresentValue[]} values
 */
export function present(values) {
  if (values.length === 0) return "";
  const [{ value: only }] = values;
  const named = values.map(({ run, name, value }) => text.value(run, text.measures[name], value));
  return text.now(values.length === 1 ? only : named.join(", "));
}

/** @param {GoalData} goal */
function goal({ text: task, says, done, points, now }) {
  const worth = points === 0 ? [] : [element("span", { class: "points" }, text.points(points))];
  const value = now.length === 0 ? [] : [element("span", { class: "now" }, present(now))];
  const label = done ? text.done : text.open;
  const box = element("span", { class: "tick", role: "img", "aria-label": label }, done ? "✓" : "");
  const parts = element(
    "div",
    {},
    element("p", { class: "text" }, task, " ", ...worth, ...value),
    ...(says === "" ? [] : [element("p", { class: "says" }, says)]),
  );
  /** @type {HTMLElement} */
  const made = element("li", {}, box, parts);
  made.toggleAttribute("data-done", done);
  return made;
}
