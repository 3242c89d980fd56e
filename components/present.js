/** The presenter's view: one class on the page, the stage in front, and the keys of a clicker. */

import { Invitation } from "./invite.js";
import { element } from "./kit/element.js";
import { isDark } from "./kit/theme.js";
import { Legend } from "./legend.js";
import { storeOf } from "./stage/state/store.js";

const VIEW = "mradam-present-view";
const presenters = new WeakMap();

/** Called by Streamlit at every change of data or theme. */
export function render({ parentElement, data }) {
  if (!presenters.has(parentElement)) presenters.set(parentElement, new Presenter(parentElement, data));
  presenters.get(parentElement).show(data);
}

export function unmount(host) {
  presenters.get(host)?.remove();
  presenters.delete(host);
}

class Presenter {
  #data = null;
  #waiting = null;
  #sizes = new ResizeObserver(() => this.#fit());
  #legend = new Legend();
  /** What the line of keys depends on: whether a step is looked into, and the curtain. */
  #inside = new MutationObserver(() => this.#tellKeys());
  #curtain = { stage: null, forget: () => {} };

  constructor(host, data) {
    const enter = () => this.#enter(true);
    this.invitation = new Invitation(data);
    const invite = () => this.invitation.toggle();
    this.root = element(
      "div",
      { class: "mradam-present" },
      element(
        "button",
        { type: "button", click: enter, title: "For class: large type, keys only; Esc leaves", "data-do": "present" },
        "Present",
      ),
      element(
        "button",
        { type: "button", click: invite, title: "The address of this page, large, and as a code for phones" },
        "Invite",
      ),
    );
    host.append(this.root);
    this.bar = element(
      "div",
      { class: "mradam-present-bar" },
      this.#legend.root,
      element(
        "button",
        { type: "button", click: () => this.#leave(), "aria-label": "Leave the presenter's view" },
        "×",
      ),
    );
    document.body.append(this.bar);
    // Before anybody else: in this view the keys are the presenter's wherever the focus is.
    document.addEventListener("keydown", this.#key, true);
    document.addEventListener("fullscreenchange", this.#full);
  }

  get #on() {
    return document.documentElement.classList.contains(VIEW);
  }

  show(data) {
    const turned = this.#data?.stage !== data.stage;
    this.#data = data;
    // The bar lies outside of what Streamlit gives a theme.
    this.bar.style.colorScheme = isDark(this.root) ? "dark" : "light";
    if (this.#on || new URLSearchParams(location.search).get("present") === "true") turned && this.#enter(false);
  }

  #enter(asked) {
    document.documentElement.classList.add(VIEW);
    this.#tell(true);
    // Without a hand's asking a browser refuses; the view fills the window all the same.
    if (asked) document.documentElement.requestFullscreen?.().catch(() => {});
    this.#seek();
  }

  #leave() {
    document.documentElement.classList.remove(VIEW);
    this.#sizes.disconnect();
    this.#tell(false);
    if (document.fullscreenElement !== null) document.exitFullscreen();
    this.root.querySelector("[data-do=present]").focus();
  }

  /** Presenting or not is part of the address. */
  #tell(on) {
    const query = location.search
      .slice(1)
      .split("&")
      .filter((part) => part !== "" && !part.startsWith("present="));
    const all = on ? [...query, "present=true"] : query;
    history.replaceState(
      history.state,
      "",
      `${location.pathname}${all.length > 0 ? "?" : ""}${all.join("&")}${location.hash}`,
    );
  }

  /** Wait for the stage of this page, and hand it the focus. */
  #seek() {
    this.#waiting?.disconnect();
    this.#sizes.disconnect();
    this.#inside.disconnect();
    this.#hear();
    const found = () => {
      const stage = document.querySelector(`.st-key-${CSS.escape(this.#data.stage)} .mradam-stage`);
      if (stage === null) return false;
      this.#focus(stage);
      for (const part of [stage, document.querySelector(".stMainBlockContainer"), this.#legend.root])
        this.#sizes.observe(part);
      this.#inside.observe(stage, { attributeFilter: ["data-inside"] });
      this.#tellKeys();
      this.#fit();
      return true;
    };
    if (found()) return;
    this.#waiting = new MutationObserver(() => found() && this.#waiting.disconnect());
    this.#waiting.observe(document.body, { childList: true, subtree: true });
  }

  /** Follow the curtain of this stage; what another one warned of is over. */
  #hear() {
    const { curtain } = storeOf(this.#data.stage);
    curtain.warn(false);
    if (this.#curtain.stage === this.#data.stage) return;
    this.#curtain.forget();
    this.#curtain = { stage: this.#data.stage, forget: curtain.subscribe(() => this.#tellKeys()) };
  }

  #tellKeys() {
    const { stage, before, after } = this.#data;
    const { down, choices } = storeOf(stage).curtain;
    this.#legend.show({
      down,
      choices,
      inside: document.querySelector(".mradam-stage[data-inside]") !== null,
      before,
      after,
    });
  }

  #focus(stage) {
    const flag = stage.querySelector(".mradam-curtain-flag:not([hidden]):not(:disabled)");
    (flag ?? stage).focus({ preventScroll: true });
  }

  /** The map takes the height that title, question, transport and curve leave. */
  #fit() {
    const map = this.#on && document.querySelector(".mradam-stage .map");
    if (!map) return;
    const { top } = map.getBoundingClientRect();
    const main = map.closest(".main");
    const below = main.getBoundingClientRect().bottom - map.getBoundingClientRect().bottom;
    const foot = this.#legend.root.offsetHeight;
    const height = `${Math.max(220, Math.floor(innerHeight - foot - top - below - 8))}px`;
    const root = document.documentElement;
    if (root.style.getPropertyValue("--presented") !== height) root.style.setProperty("--presented", height);
  }

  #full = () => {
    if (this.#on && document.fullscreenElement === null) this.#leave();
  };

  #key = (event) => {
    if (!this.#on || event.ctrlKey || event.metaKey || event.altKey) return;
    // A key that is held is not pressed again: it would run what it has just warned of, and pause what it has just run.
    const act =
      event.repeat && event.key === " "
        ? () => {}
        : this.#act(event.key.length === 1 ? event.key.toLowerCase() : event.key, event.target);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  /** What a key does; null: nothing of ours, the stage may know it. */
  #act(key, target) {
    const press = (selector) => () => document.querySelector(selector)?.click();
    const { curtain } = storeOf(this.#data.stage);
    if (key === "q") return () => this.invitation.toggle();
    // Over all else; what is pressed there is its own.
    if (this.invitation.root.open) return null;
    // First the inside of a step is closed, then the view is left.
    if (key === "Escape") return document.querySelector(".mradam-stage[data-inside]") ? null : () => this.#leave();
    if (key === "n") return press(".mradam-row [rel=next]");
    if (key === "p") return press(".mradam-row [rel=prev]");
    if (!curtain.down) return null;
    if (/^[1-5]$/.test(key)) return press(`.mradam-predict .option:nth-child(${key}) input`);
    if (key === " " && !target.matches(".mradam-predict button")) return () => this.#run(curtain);
    return null;
  }

  /** Run what is predicted. Without a prediction only when asked twice: a class that sees it run has nothing left to guess. */
  #run(curtain) {
    const run = document.querySelector(".mradam-predict [data-do=run]:enabled");
    if (run !== null) run.click();
    else if (curtain.warned) document.querySelector(".mradam-predict [data-do=skip]")?.click();
    else curtain.warn(true);
  }

  remove() {
    this.#waiting?.disconnect();
    this.#sizes.disconnect();
    this.#inside.disconnect();
    this.#curtain.forget();
    document.removeEventListener("keydown", this.#key, true);
    document.removeEventListener("fullscreenchange", this.#full);
    // On to another page: it presents by itself, if its address says so.
    if (!document.querySelector(".mradam-present")) document.documentElement.classList.remove(VIEW);
    this.root.remove();
    this.bar.remove();
    this.invitation.remove();
  }
}
