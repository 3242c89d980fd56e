/** The dialog that makes a link: which controls and parts its page offers, a title, and how the stage opens. */

import { contract } from "../contract.js";
import { copy } from "../kit/copy.js";
import { element, freshId, verbatim } from "../kit/element.js";
import { keepKeys } from "../kit/keys.js";
import { frameOf, offeringAddress } from "../stage/wire/offer.js";
import { codeOf, fitsCode } from "./code.js";
import { words } from "./words.js";

/** @import { Offer } from "../contract.js" */
/** @import { Look } from "../stage/wire/offer.js" */
/** @import { Store } from "../stage/state/store.js" */

const { link: texts } = words;
const { optimizers, offers } = contract;
/** The code is drawn again after this many milliseconds without a change. */
const PAUSE = 400;

export class LinkDialog {
  #root = element("dialog", { class: "mradam-present-link", "aria-labelledby": "mradam-present-link-title" });
  #store;
  #address = element("textarea", { readonly: "", rows: "3", "aria-label": texts.address, translate: "no" });
  #frame = element("textarea", { readonly: "", rows: "3", "aria-label": texts.frame, translate: "no" });
  #code = element("div", { class: "code" });
  #status = element("p", { class: "status", role: "status" });
  #title = element("input", { type: "text", maxlength: String(offers.title), id: freshId(), autocomplete: "off" });
  /** @type {Map<string, HTMLInputElement>} */
  #switches = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => Store} store the store of the stage whose link is made */
  constructor(store) {
    this.#store = store;
    this.#root.addEventListener("click", (event) => event.target === this.#root && this.#root.close());
    this.#root.addEventListener("input", () => this.#write());
    keepKeys(this.#root);
    document.body.append(this.#root);
  }

  /** @param {Offer} offer what the present page offers: the switches begin with it @param {boolean} dark */
  show(offer, dark) {
    this.#root.style.colorScheme = dark ? "dark" : "light";
    this.#status.textContent = "";
    this.#switches.clear();
    this.#title.value = offer.title;
    const close = element(
      "button",
      { type: "button", class: "close", click: () => this.#root.close(), "aria-label": texts.close },
      "×",
    );
    const controls = controlsOf(this.#store()).map((name) =>
      this.#switch(`control:${name}`, texts.controls[name] ?? name, offer.controls?.includes(name) ?? true),
    );
    const parts = offers.parts.map((name) =>
      this.#switch(`part:${name}`, texts.parts[name] ?? name, !offer.hide.includes(name)),
    );
    const look = this.#look;
    const choices = element(
      "div",
      { class: "choices" },
      element("div", { class: "titled" }, element("label", { for: this.#title.id }, texts.pageTitle), this.#title),
      group(texts.controlsTitle, controls),
      group(texts.partsTitle, parts),
      group(texts.openingTitle, [
        this.#switch("moves", texts.moves, !offer.lock.includes("start")),
        ...(look === null ? [] : [this.#switch("look", texts.asNow(look.step, look.steps), !look.playing)]),
      ]),
    );
    const made = element(
      "div",
      { class: "made" },
      element("div", { class: "field" }, this.#address, this.#copier(texts.copy, this.#address)),
      element("div", { class: "field" }, this.#frame, this.#copier(texts.copyFrame, this.#frame)),
      element("p", { class: "note" }, texts.frameNote, verbatim("code", {}, "MR_ADAM_FRAME_ANCESTORS"), "."),
      this.#code,
      this.#status,
    );
    const title = element("h2", { id: "mradam-present-link-title" }, texts.title);
    this.#root.replaceChildren(element("div", {}, close, title, element("div", { class: "both" }, choices, made)));
    this.#write();
    this.#root.showModal();
  }

  remove() {
    clearTimeout(this.#timer);
    this.#root.remove();
  }

  /** @returns {Look | null} */
  get #look() {
    const look = this.#store().look?.() ?? null;
    if (look === null) return null;
    const folds = /** @type {NodeListOf<HTMLDetailsElement>} */ (
      document.querySelectorAll(".mradam-panel .run details")
    );
    return { ...look, open: [...folds].flatMap((fold, index) => (fold.open && !fold.hidden ? [index] : [])) };
  }

  /** What is chosen. @returns {Offer} */
  get #offer() {
    const on = (/** @type {string} */ name) => this.#switches.get(name)?.checked ?? true;
    const controls = controlsOf(this.#store());
    const chosen = controls.filter((name) => on(`control:${name}`));
    return {
      controls: chosen.length === controls.length ? null : chosen,
      hide: offers.parts.filter((name) => !on(`part:${name}`)),
      title: this.#title.value.trim().replace(/\s+/g, " "),
      lock: on("moves") ? [] : ["start"],
    };
  }

  /** Write the link and the frame of what is chosen. */
  #write() {
    const offer = this.#offer;
    const address = offeringAddress(location.href, offer, this.#switches.get("look")?.checked ? this.#look : null);
    this.#address.value = address;
    this.#frame.value = frameOf(address, offer.title || texts.appName);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#code.replaceChildren(fitsCode(address) ? codeOf(address) : element("p", {}, texts.tooLong));
    }, PAUSE);
  }

  /** @param {string} name @param {string} label @param {boolean} on */
  #switch(name, label, on) {
    const box = element("input", { type: "checkbox", "data-switch": name });
    box.checked = on;
    this.#switches.set(name, box);
    return element("label", {}, box, label);
  }

  /** A button that copies the text of a field. @param {string} label @param {HTMLTextAreaElement} field */
  #copier(label, field) {
    const act = async () => {
      try {
        await copy(field.value);
        this.#status.textContent = texts.copied;
      } catch (failure) {
        this.#status.textContent = /** @type {Error} */ (failure).message;
      }
    };
    return element("button", { type: "button", click: act }, label);
  }
}

/** @param {string} name @param {HTMLElement[]} switches */
function group(name, switches) {
  return element("fieldset", {}, element("legend", {}, name), ...switches);
}

/**
 * The controls that a scenario has: the hyperparameters of its runs, and the settings that all runs share.
 * @param {Pick<Store, "scenario">} store
 */
function controlsOf({ scenario }) {
  const own = scenario.runs.flatMap(({ optimizer }) => optimizers[optimizer].hyperparameters.map(({ name }) => name));
  const data = contract.examples[scenario.surface] !== undefined;
  const shared = offers.shared.filter((name) => data || !["batch", "data"].includes(name));
  return [...new Set([...own, ...shared])];
}
