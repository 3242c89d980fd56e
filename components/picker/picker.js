/** The picker: a radio button for each surface, shown as a small map of it. */

import { element, freshId } from "../kit/element.js";
import { firstMap } from "../kit/first_map.js";
import { keepKeys } from "../kit/keys.js";
import { same } from "../kit/sameness.js";
import { isDark } from "../kit/theme.js";
import { storeOf } from "../stage/state/store.js";
import { OwnFormula } from "./own.js";
import { words } from "./words.js";

/** @import { Scenario } from "../contract.js" */
/** @import { Component } from "../kit/types.js" */
/** @import { Store } from "../stage/state/store.js" */
/** @typedef {{key: string, label: string, family: string, teaches: string, scenario: Scenario}} SurfaceEntry */
/** @typedef {{stage: string, assets: string, surfaces: SurfaceEntry[]}} PickerData */
/** The surface of typed formulas. */
const OWN = "own";
/** @typedef {{radio: HTMLInputElement, picture: HTMLImageElement, root: HTMLElement}} Choice */

/** @type {WeakMap<HTMLElement, Picker>} */
const pickers = new WeakMap();

/** Called by Streamlit at every change of data or theme. @param {Component<PickerData>} component */
export function render({ parentElement, data }) {
  let picker = pickers.get(parentElement);
  if (picker === undefined || !same(picker.data, data)) {
    unmount(parentElement);
    picker = new Picker(parentElement, data);
    pickers.set(parentElement, picker);
  }
  picker.paint();
}

/** @param {HTMLElement} host */
export function unmount(host) {
  pickers.get(host)?.close();
  pickers.delete(host);
}

class Picker {
  /** @type {Store} */
  #store;
  /** @type {() => void} */
  #close;
  /** @type {Map<string, Choice>} */
  #choices;
  /** @type {string | undefined} */
  #shown;
  /** @type {string | undefined} */
  #theme;
  #visibility;
  /** @type {OwnFormula | null} */
  #own = null;

  /** @param {HTMLElement} host @param {PickerData} data */
  constructor(host, data) {
    this.data = data;
    this.#store = storeOf(data.stage);
    const group = freshId();
    this.#choices = new Map(data.surfaces.map((surface) => [surface.key, this.#choice(surface, group)]));
    /** @type {HTMLElement} */
    this.root = element("div", {
      class: "mradam-picker",
      "data-testid": "picker",
      role: "radiogroup",
      "aria-label": words.surface,
    });
    for (const family of new Set(data.surfaces.map((surface) => surface.family))) {
      const members = data.surfaces.filter((surface) => surface.family === family);
      const roots = members.flatMap(({ key }) => this.#choices.get(key)?.root ?? []);
      const grid = element("div", { class: "grid" }, ...roots);
      this.root.append(element("section", {}, element("h2", {}, family), grid));
    }
    keepKeys(this.root);
    host.append(this.root);
    const own = data.surfaces.find(({ key }) => key === OWN);
    if (own !== undefined) {
      this.#own = new OwnFormula(this.#store, own.scenario, data.assets);
      keepKeys(this.#own.root);
      host.append(this.#own.root);
    }
    this.#close = this.#store.subscribe((_, { live }) => {
      this.#own?.update(this.#store.scenario);
      if (!live) this.update();
    });
    // In a closed sidebar the list has no size: scroll to the chosen surface when the list becomes visible.
    this.#visibility = new IntersectionObserver((entries) => {
      const chosen = this.#choices.get(this.#shown ?? "");
      if (entries[0]?.isIntersecting && chosen !== undefined) this.#reveal(chosen.root);
    });
    this.#visibility.observe(this.root);
  }

  /** Load the pictures for a light or a dark page; their folder is beside that of this module. */
  paint() {
    const theme = isDark(this.root) ? "dark" : "light";
    if (theme !== this.#theme) firstMap.then(() => this.#load());
    this.#theme = theme;
    this.#own?.update(this.#store.scenario);
    this.update();
  }

  #load() {
    for (const [key, { picture }] of this.#choices) {
      picture.src = new URL(`../thumbnails/${key}.${this.#theme}.png`, import.meta.url).href;
    }
  }

  /** Mark the surface of the scenario; scroll to it if it was not chosen here. */
  update() {
    const key = this.#store.scenario?.surface;
    const choice = key === undefined ? undefined : this.#choices.get(key);
    if (choice === undefined || key === this.#shown) return;
    this.#shown = key;
    if (choice.radio.checked) return;
    choice.radio.checked = true;
    this.#reveal(choice.root);
  }

  close() {
    this.#visibility.disconnect();
    this.#own?.close();
    this.#own?.root.remove();
    this.#close();
    this.root.remove();
  }

  /** @param {SurfaceEntry} surface @param {string} group @returns {Choice} */
  #choice({ key, label, teaches }, group) {
    const [name, about] = [freshId(), freshId()];
    /** @type {HTMLInputElement} */
    const radio = element("input", {
      type: "radio",
      name: group,
      value: key,
      "aria-labelledby": name,
      "aria-describedby": about,
      change: () => this.#choose(key),
    });
    /** @type {HTMLImageElement} */
    const picture = element("img", {
      alt: words.picture(label),
      width: "160",
      height: "100",
      loading: "lazy",
      decoding: "async",
      draggable: "false",
    });
    const texts = [
      element("span", { class: "name", id: name }, label),
      element("span", { class: "about", id: about }, teaches),
    ];
    return {
      radio,
      picture,
      root: element("label", { class: "surface", title: words.tooltip(label, teaches) }, radio, picture, ...texts),
    };
  }

  /** @param {string} key */
  #choose(key) {
    const surface = this.data.surfaces.find((each) => each.key === key);
    if (surface !== undefined) this.#store.edit(surface.scenario, { origin: "picker" });
  }

  /** Scroll only the list: scrollIntoView would scroll the sidebar, too. @param {HTMLElement} chosen */
  #reveal(chosen) {
    const outer = this.root.getBoundingClientRect();
    const inner = chosen.getBoundingClientRect();
    const out = inner.top < outer.top || inner.bottom > outer.bottom;
    if (out) this.root.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  }
}
