/** The presenter's view: a class on the page that enlarges the stage, and keys such as a remote control sends. */

import { element } from "../kit/element.js";
import { takesText } from "../kit/keys.js";
import { presented, VIEW } from "../kit/presented.js";
import { isDark } from "../kit/theme.js";
import { storeOf } from "../stage/state/store.js";
import { go, lessonAddress } from "../stage/wire/places.js";
import { Blank } from "./blank.js";
import { Help } from "./help.js";
import { Invitation } from "./invite.js";
import { actOf } from "./keys.js";
import { Legend } from "./legend.js";
import { LinkDialog } from "./make_link.js";
import { focus, press } from "./page.js";
import { read, reads } from "./reading.js";
import { RunKeys } from "./run_keys.js";
import { StageSize } from "./size.js";
import { words } from "./words.js";

/** @import { Component } from "../kit/types.js" */
/** @import { PresentData } from "../contract.js" */
/** @import { Act, KeyState } from "./keys.js" */

/** @type {WeakMap<HTMLElement, Presenter>} */
const presenters = new WeakMap();

/**
 * Called by Streamlit at every change of data or theme.
 * @param {Component<PresentData>} component
 */
export function render({ parentElement, data }) {
  const presenter = presenters.get(parentElement) ?? new Presenter(parentElement, data);
  presenters.set(parentElement, presenter);
  presenter.show(data);
}

/** @param {HTMLElement} host */
export function unmount(host) {
  presenters.get(host)?.remove();
  presenters.delete(host);
}

class Presenter {
  #data;
  /** @type {?string} the stage that was shown last */
  #stage = null;
  /** @type {?MutationObserver} */
  #waiting = null;
  #legend = new Legend();
  #size = new StageSize(this.#legend.root);
  #invitation = new Invitation();
  #blank = new Blank();
  #help = new Help();
  #runs = new RunKeys(() => this.#store);
  /** Ends the subscriptions to the store of the present stage. */
  #unsubscribe = () => {};
  #present = element(
    "button",
    { type: "button", click: () => this.#enter(true), title: words.view.presentHelp, "data-do": "present" },
    words.view.present,
  );
  #invite = element(
    "button",
    { type: "button", click: () => this.#invitation.toggle(), title: words.view.inviteHelp, "data-do": "invite" },
    words.view.invite,
  );
  #links = new LinkDialog(() => this.#store);
  #root = element("div", { class: "mradam-present" }, this.#present, this.#invite);
  #bar = element(
    "div",
    { class: "mradam-present-bar" },
    this.#legend.root,
    element("button", { type: "button", click: () => this.#leave(), "aria-label": words.view.leave }, "×"),
  );

  /**
   * @param {HTMLElement} host
   * @param {PresentData} data
   */
  constructor(host, data) {
    this.#data = data;
    host.append(this.#root);
    document.body.append(this.#bar);
    // In the capture phase: in this view the keys work wherever the focus is.
    document.addEventListener("keydown", this.#pressed, true);
    document.addEventListener("keyup", this.#released, true);
    document.addEventListener("fullscreenchange", this.#screenChanged);
  }

  get #on() {
    return presented();
  }

  get #store() {
    return storeOf(this.#data.stage);
  }

  /** @returns {KeyState} */
  get #state() {
    const { curtain, inside, hidden } = this.#store;
    const { down, choices, answered } = curtain;
    const { before, after, scenes, scene } = this.#data;
    return {
      down,
      choices,
      answered,
      inside: inside !== null,
      more: (this.#store.scenario?.runs.length ?? 0) - hidden.size > 1,
      before: before !== null,
      after: after !== null,
      scenes: scenes.length,
      scene: scene ?? -1,
      runs: this.#store.scenario?.runs.length ?? 0,
      text: document.querySelector(".st-key-lesson-idea") !== null,
      reads: reads(),
    };
  }

  /** @param {PresentData} data */
  show(data) {
    this.#data = data;
    this.#runs.offered = (name) => data.offer?.controls?.includes(name) ?? true;
    this.#invitation.makeLink = data.offer === null ? null : () => this.#makeLink();
    const turned = this.#stage !== data.stage;
    if (turned && reads()) read(false);
    this.#stage = data.stage;
    // The bar is outside the element that has Streamlit's theme.
    this.#bar.style.colorScheme = isDark(this.#root) ? "dark" : "light";
    const wanted = this.#on || new URLSearchParams(location.search).get("present") === "true";
    if (wanted && turned) this.#enter(false);
    else if (this.#on) this.#legend.show(this.#state);
  }

  /** @param {boolean} pressed whether the visitor has pressed the button: only then a browser allows the full screen */
  #enter(pressed) {
    document.documentElement.classList.add(VIEW);
    this.#write(true);
    // If the browser refuses, the view fills the window.
    if (pressed) document.documentElement.requestFullscreen?.().catch(() => {});
    this.#follow();
  }

  #makeLink() {
    if (this.#data.offer !== null) this.#links.show(this.#data.offer, isDark(this.#root));
  }

  #leave() {
    if (reads()) read(false);
    document.documentElement.classList.remove(VIEW);
    this.#blank.hide();
    this.#size.stop();
    this.#write(false);
    if (document.fullscreenElement !== null) document.exitFullscreen();
    this.#present.focus();
  }

  /**
   * Write to the address whether the page is presented.
   * @param {boolean} on
   */
  #write(on) {
    const query = location.search
      .slice(1)
      .split("&")
      .filter((part) => part !== "" && !part.startsWith("present="));
    const all = (on ? [...query, "present=true"] : query).join("&");
    history.replaceState(history.state, "", `${location.pathname}${all && `?${all}`}${location.hash}`);
  }

  /** Follow the store of this page's stage; wait for the stage's element and give it the focus. */
  #follow() {
    this.#waiting?.disconnect();
    this.#size.stop();
    this.#subscribe();
    const found = () => {
      const stage = document.querySelector(`.st-key-${CSS.escape(this.#data.stage)} .mradam-stage`);
      if (!(stage instanceof HTMLElement)) return false;
      focus(stage);
      this.#legend.show(this.#state);
      this.#size.follow(stage);
      return true;
    };
    if (found()) return;
    const waiting = new MutationObserver(() => found() && waiting.disconnect());
    waiting.observe(document.body, { childList: true, subtree: true });
    this.#waiting = waiting;
  }

  #subscribe() {
    this.#unsubscribe();
    const store = this.#store;
    const { curtain } = store;
    // Remove a warning from an earlier visit to this stage.
    curtain.warn(false);
    // A question needs the cards and a large map; once it is answered, the key I opens the same inside.
    const close = () => curtain.down && store.openInside(null);
    const show = () => {
      // Closed after all listeners have been told that it is open: the key I opens the one that was open last.
      if (curtain.down && store.inside !== null) queueMicrotask(close);
      this.#legend.show(this.#state);
    };
    const ends = [curtain.subscribe(show), store.subscribe(show)];
    // The inside may be open already: the stage can be on the page before this module, and the button opens the view
    // of a page that shows it. Then no change follows that would close it.
    show();
    this.#unsubscribe = () => {
      for (const end of ends) end();
    };
  }

  /**
   * Leaving the full screen leaves the view, unless Esc was meant for a text field, the invitation, the black screen
   * or a step.
   */
  #screenChanged = () => {
    const { activeElement } = document;
    const open = this.#invitation.open || this.#blank.shown || this.#store.inside !== null;
    const meant = takesText(activeElement) || open;
    if (this.#on && document.fullscreenElement === null && !meant) this.#leave();
  };

  /** @param {KeyboardEvent} event */
  #pressed = (event) => {
    if (!this.#on || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {Element} */ (event.target);
    const act = actOf(
      {
        name: event.key.length === 1 ? event.key.toLowerCase() : event.key,
        repeated: event.repeat,
        shift: event.shiftKey,
      },
      { ...this.#state, invited: this.#invitation.open, blank: this.#blank.shown, helped: this.#help.open },
      {
        text: takesText(target),
        list: target.matches("select"),
        button: target.matches(".mradam-predict button"),
      },
    );
    // The ring moves by its own keys.
    if (act === null || (act.do === "move" && target.matches(".handle"))) return;
    event.preventDefault();
    event.stopPropagation();
    if (act.do === "move") this.#runs.move("keydown", event.key);
    else this.#do(act);
  };

  /** The start rests when its key is released. @param {KeyboardEvent} event */
  #released = ({ key, shiftKey, target }) => {
    const onRing = target instanceof Element && target.matches(".handle");
    if (this.#on && !onRing && (shiftKey || key === "Shift"))
      this.#runs.move("keyup", key === "Shift" ? "ArrowUp" : key);
  };

  /** @param {Act} act */
  #do(act) {
    const { before, after } = this.#data;
    if (act.do === "invite") this.#invitation.toggle();
    if (act.do === "blank") this.#blank.show();
    if (act.do === "light") this.#blank.hide();
    if (act.do === "scene") press(this.#data.scenes[act.scene]);
    if (act.do === "leave") this.#leave();
    if (act.do === "next" && after !== null) go(lessonAddress(after));
    if (act.do === "previous" && before !== null) go(lessonAddress(before));
    if (act.do === "choose") this.#store.curtain.choose(act.choice);
    if (act.do === "again") this.#store.curtain.askAgain();
    if (act.do === "run") this.#run();
    if (act.do === "help") this.#help.toggle(isDark(this.#root));
    if (act.do === "text") read(!reads());
    if (act.do === "select") this.#runs.select(act.run);
    if (act.do === "change") this.#runs.change(act.setting, act.by);
  }

  /**
   * Run. Without a prediction the first attempt only warns: after the walk a class has nothing left to predict.
   */
  #run() {
    const { curtain } = this.#store;
    if (curtain.prediction !== null) curtain.run();
    else if (curtain.warned) curtain.skip();
    else curtain.warn(true);
  }

  remove() {
    this.#waiting?.disconnect();
    this.#size.stop();
    this.#unsubscribe();
    document.removeEventListener("keydown", this.#pressed, true);
    document.removeEventListener("keyup", this.#released, true);
    document.removeEventListener("fullscreenchange", this.#screenChanged);
    // Another page opens the presenter's view itself if its address says so.
    if (!document.querySelector(".mradam-present")) document.documentElement.classList.remove(VIEW);
    this.#root.remove();
    this.#bar.remove();
    this.#invitation.remove();
    this.#blank.remove();
    for (const part of [this.#links, this.#help, this.#runs]) part.remove();
  }
}
