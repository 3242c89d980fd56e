/** The picker: one radio button a surface, dressed as a picture of it. */

import { element, freshId } from "../kit/element.js";
import { keepKeys } from "../kit/keys.js";
import { same } from "../kit/sameness.js";
import { isDark } from "../kit/theme.js";
import { storeOf } from "../stage/state/store.js";

const pickers = new WeakMap();

/** Called by Streamlit at every change of data or theme. */
export function render({ parentElement, data }) {
  if (!same(pickers.get(parentElement)?.data, data)) {
    unmount(parentElement);
    pickers.set(parentElement, new Picker(parentElement, data));
  }
  pickers.get(parentElement).paint();
}

export function unmount(host) {
  pickers.get(host)?.close();
  pickers.delete(host);
}

class Picker {
  #store;
  #close;
  #choices;
  #shown = null;
  #print = null;
  #sight;

  constructor(host, data) {
    this.data = data;
    this.#store = storeOf(data.stage);
    const group = freshId();
    this.#choices = new Map(data.surfaces.map((surface) => [surface.key, this.#choice(surface, group)]));
    this.root = element("div", {
      class: "mradam-picker",
      "data-testid": "picker",
      role: "radiogroup",
      "aria-label": "Surface",
    });
    for (const family of new Set(data.surfaces.map((surface) => surface.family))) {
      const kin = data.surfaces.filter((surface) => surface.family === family);
      const grid = element("div", { class: "grid" }, ...kin.map(({ key }) => this.#choices.get(key).root));
      this.root.append(element("section", {}, element("h2", {}, family), grid));
    }
    keepKeys(this.root);
    host.append(this.root);
    this.#close = this.#store.subscribe((_, { live }) => live || this.update()); // no gesture picks a surface
    // In a closed sidebar there is nothing to measure: the chosen one is brought into view when the list itself comes.
    this.#sight = new IntersectionObserver(([{ isIntersecting }]) => {
      const chosen = this.#choices.get(this.#shown);
      if (isIntersecting && chosen !== undefined) this.#reveal(chosen.root);
    });
    this.#sight.observe(this.root);
  }

  /** The pictures have a light and a dark print; this module lies beside them. */
  paint() {
    const print = isDark(this.root) ? "dark" : "light";
    if (print !== this.#print) {
      for (const [key, { picture }] of this.#choices) {
        picture.src = new URL(`../thumbnails/${key}.${print}.png`, import.meta.url).href;
      }
    }
    this.#print = print;
    this.update();
  }

  /** Mark the surface of the scenario; bring it into view when it was not picked here. */
  update() {
    const key = this.#store.scenario?.surface;
    const choice = this.#choices.get(key);
    if (choice === undefined || key === this.#shown) return;
    this.#shown = key;
    if (choice.radio.checked) return;
    choice.radio.checked = true;
    this.#reveal(choice.root);
  }

  close() {
    this.#sight.disconnect();
    this.#close();
    this.root.remove();
  }

  #choice({ key, label, teaches }, group) {
    const [name, about] = [freshId(), freshId()];
    const radio = element("input", {
      type: "radio",
      name: group,
      value: key,
      "aria-labelledby": name,
      "aria-describedby": about,
      change: () => this.#pick(key),
    });
    const picture = element("img", {
      alt: `Map of ${label}`,
      width: "160",
      height: "100",
      loading: "lazy",
      decoding: "async",
      draggable: "false",
    });
    const words = [
      element("span", { class: "name", id: name }, label),
      element("span", { class: "about", id: about }, teaches),
    ];
    return {
      radio,
      picture,
      root: element("label", { class: "surface", title: `${label}. ${teaches}` }, radio, picture, ...words),
    };
  }

  #pick(key) {
    const { scenario } = this.data.surfaces.find((surface) => surface.key === key);
    this.#store.edit(scenario, { origin: "picker" });
  }

  /** Scroll the list and nothing else: scrollIntoView would move the sidebar too. */
  #reveal(chosen) {
    const outer = this.root.getBoundingClientRect();
    const inner = chosen.getBoundingClientRect();
    const out = inner.top < outer.top || inner.bottom > outer.bottom;
    if (out) this.root.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  }
}
