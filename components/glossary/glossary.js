/** The button "What is this?" and the panel that it opens beside the page, which stays open until it is closed. */

import { element, freshId } from "../kit/element.js";
import { same } from "../kit/sameness.js";
import { words } from "./words.js";

/** @import { Component } from "../kit/types.js" */
/**
 * @typedef {{assets: string, about: string, paper: string, screen: string[], words: [string, string][]}} GlossaryData
 */

/** @type {WeakMap<HTMLElement, Glossary>} */
const glossaries = new WeakMap();

/** Called by Streamlit at every change of data or theme. @param {Component<GlossaryData>} component */
export function render({ parentElement, data }) {
  if (same(glossaries.get(parentElement)?.data, data)) return;
  unmount(parentElement);
  glossaries.set(parentElement, new Glossary(parentElement, data));
}

/** @param {HTMLElement} host */
export function unmount(host) {
  glossaries.get(host)?.root.remove();
  glossaries.delete(host);
}

class Glossary {
  /** @param {HTMLElement} host @param {GlossaryData} data */
  constructor(host, data) {
    this.data = data;
    const id = freshId();
    /** @type {HTMLButtonElement} */
    this.button = element(
      "button",
      {
        type: "button",
        class: "open",
        title: words.tooltip,
        "aria-expanded": "false",
        "aria-controls": id,
        click: () => this.#toggle(),
      },
      words.open,
    );
    /** @type {HTMLButtonElement} */
    this.close = element(
      "button",
      { type: "button", class: "close", "aria-label": words.close, click: () => this.#toggle() },
      "×",
    );
    /** @type {HTMLElement} */
    this.panel = element(
      "aside",
      // A popover is in the browser's top layer, above the page; "manual": a click outside does not close it.
      { id, popover: "manual", "aria-label": words.title, tabindex: "-1" },
      element("header", {}, element("h2", {}, words.title), this.close),
      element("p", {}, data.about),
      element("ul", {}, ...data.screen.map((sentence) => element("li", {}, sentence))),
      element("h3", {}, words.glossary),
      element(
        "dl",
        {},
        ...data.words.flatMap(([word, meaning]) => [element("dt", {}, word), element("dd", {}, meaning)]),
      ),
      element("h3", {}, words.paper),
      element("p", {}, data.paper),
    );
    this.panel.addEventListener("toggle", () => this.#showState());
    /** @type {HTMLElement} */
    this.root = element(
      "div",
      {
        class: "mradam-glossary",
        "data-testid": "glossary",
        keydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
      },
      this.button,
      this.panel,
    );
    host.append(this.root);
  }

  get #open() {
    return this.panel.matches(":popover-open");
  }

  #toggle() {
    this.panel.togglePopover();
    (this.#open ? this.close : this.button).focus();
  }

  #showState() {
    this.button.setAttribute("aria-expanded", String(this.#open));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || !this.#open) return;
    event.stopPropagation();
    this.#toggle();
  }
}
