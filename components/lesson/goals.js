/** What there is to break or to find: ticked when Python has seen it done, with a link to show others how. */

import { copy } from "../kit/copy.js";
import { element } from "../kit/element.js";
import { same } from "../kit/sameness.js";
import { shared } from "../stage/wire/places.js";

const lists = new WeakMap();
const PLACES = { lesson: ["Copy a link to my solution", ""], playground: ["Copy it as a playground link", "./"] };

/** Called by Streamlit at every change of data or theme. */
export function render({ parentElement, data }) {
  if (!lists.has(parentElement)) lists.set(parentElement, new Goals(parentElement));
  lists.get(parentElement).show(data);
}

export function unmount(host) {
  lists.get(host)?.root.remove();
  lists.delete(host);
}

class Goals {
  #data = null;
  #list = element("ol", { class: "goals" });
  #score = element("p", { class: "score" });
  #copied = element("span", { class: "copied", role: "status" });
  #links = element(
    "div",
    { class: "links" },
    ...Object.entries(PLACES).map(([name, [words]]) =>
      element("button", { type: "button", click: () => this.#copy(name) }, words),
    ),
    this.#copied,
  );
  #live = element("p", { class: "unseen", role: "status" });

  constructor(host) {
    this.root = element("div", { class: "mradam-goals", "data-testid": "goals" });
    this.root.append(this.#list, this.#score, this.#links, this.#live);
    host.append(this.root);
  }

  show(data) {
    const before = this.#data;
    if (same(before, data)) return;
    this.#data = data;
    this.#list.replaceChildren(...data.goals.map(goal));
    this.#score.hidden = data.most === 0;
    this.#score.textContent = `${data.score} of ${data.most} points`;
    this.#links.hidden = data.links.lesson === undefined;
    this.#copied.textContent = "";
    const fresh =
      before === null
        ? []
        : data.goals.filter(({ done, text }) => done && before.goals.some((was) => was.text === text && !was.done));
    if (fresh.length > 0) this.#live.textContent = fresh.map(({ text, says }) => `Done: ${text} ${says}`).join(" ");
  }

  async #copy(name) {
    const address = new URL(PLACES[name][1], location.href);
    address.search = "";
    address.hash = "";
    try {
      await copy(`${address.href}?${[this.#data.links[name], shared()].filter(Boolean).join("&")}`);
      this.#copied.textContent = "Copied";
    } catch (refused) {
      this.#copied.textContent = refused.message;
    }
  }
}

function goal({ text, says, done, points }) {
  const worth =
    points === 0 ? [] : [element("span", { class: "points" }, points === 1 ? "1 point" : `${points} points`)];
  const box = element("span", { class: "tick", role: "img", "aria-label": done ? "Done" : "Not yet" }, done ? "✓" : "");
  const words = element(
    "div",
    {},
    element("p", { class: "text" }, text, " ", ...worth),
    ...(says === "" ? [] : [element("p", { class: "says" }, says)]),
  );
  const made = element("li", {}, box, words);
  made.toggleAttribute("data-done", done);
  return made;
}
