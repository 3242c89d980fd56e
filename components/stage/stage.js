/** The stage: one scenario, its walk as it arrives, one playhead, and the hand that changes them. */

import { isDark } from "../theme.js";
import { Address } from "./address.js";
import { link } from "./format.js";
import { keys } from "./keys.js";
import { furnish } from "./layout.js";
import { recall, remember } from "./memory.js";
import { Playback } from "./playback.js";
import { Pointer } from "./pointer.js";
import { Screen } from "./screen.js";
import { Stream } from "./socket.js";
import { same, storeOf } from "./store.js";
import { Tools } from "./tools.js";
import { Walk } from "./walk.js";

/** Numbers change faster than they can be read: while anything moves, the cards follow at this pace, in milliseconds. */
const READ_EVERY = 80;
const stages = new WeakMap();

/** Called by Streamlit at every change of data or theme. */
export function render(component) {
  const host = component.parentElement;
  if (!stages.has(host)) stages.set(host, new Stage(host, component.data));
  stages.get(host).update(component);
}

/** Called when the stage has left the page. */
export function unmount(host) {
  stages.get(host)?.remove();
  stages.delete(host);
}

class Stage {
  #data;
  #root;
  #parts;
  #store;
  #screen;
  #pointer;
  #playback;
  #stream;
  #address = null;
  #unsubscribe;
  #walk = null;
  #asked = null;
  /** Whether a hand is on a control, so that more changes are to come. */
  #live = false;
  /** Whether the next walk to arrive is to be played from its start. */
  #playNext;
  #calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  #frame = null;
  #lastRead = 0;
  #error = "";
  #tools;
  #lost = false;

  constructor(host, data) {
    this.#root = Object.assign(document.createElement("section"), { className: "mradam-stage", tabIndex: -1 });
    this.#root.dataset.testid = "stage";
    this.#root.setAttribute("aria-label", "Stage");
    // Streamlit keeps our stylesheet in the host, too.
    host.append(this.#root);
    this.#parts = furnish(this.#root);
    this.#store = storeOf(data.stage);
    this.#playback = new Playback(() => this.#wake());
    this.#screen = new Screen(this.#parts, data.assets, this.#playback, {
      wake: () => this.#wake(),
      toggled: (index) => this.#store.toggle(index),
      failed: (failure) => this.#fail(failure),
    });
    this.#pointer = new Pointer(this.#parts.map, this.#parts.handle, this.#screen.view, this.#screen.ground, this);
    this.#stream = new Stream(new URL(data.socket, document.baseURI.replace(/^http/, "ws")).href, this);
    if (data.address) this.#address = new Address((query) => this.#store.visit(query));
    this.#unsubscribe = this.#store.subscribe((_, change) => this.#changed(change));
    this.#tools = new Tools(this.#parts.tools, {
      ground: this.#screen.ground,
      pointer: this.#pointer,
      save: () => this.#screen.save(this.#walk, this.#playback.step),
      wake: () => this.#wake(),
    });
    this.#root.addEventListener("keydown", keys(this.#playback));
    this.#parts.hint.hidden = recall("hint") !== null;
    this.#playNext = !this.#calm;
    if (this.#calm) this.#playback.following = true;
  }

  /** What Python has to say: the scenario, and the records it is drawn with. */
  update({ data, setTriggerValue }) {
    this.#data = data;
    this.#screen.records = data;
    this.#store.connect((edit) => setTriggerValue("edit", edit));
    const dark = isDark(this.#root);
    const repaint = this.#screen.dark !== dark && this.#screen.surface !== null;
    this.#screen.dark = dark;
    this.#store.receive(data.scenario, data);
    if (repaint) this.#scene();
  }

  // What the page, the hand or Python changed.

  #changed({ origin, live }) {
    const { scenario, hidden } = this.#store;
    // First of all: the backend steps while the rest is done here.
    this.#ask(scenario, scenario.runs.map((_, index) => index).filter((index) => !hidden.has(index)));
    const query = link(scenario, this.#data.optimizers);
    const arrived = this.#root.dataset.scenario !== undefined;
    this.#live = live;
    this.#root.dataset.scenario = query;
    this.#screen.cards(scenario, hidden);
    if (!live && origin !== "legend") this.#address?.write(query, arrived && (origin === "picker" || origin === "python"));
    if (this.#screen.surface?.key !== scenario.surface) this.#scene();
    if (arrived && (origin === "picker" || origin === "python")) this.#playNext = !this.#calm;
    if (arrived && !this.#parts.hint.hidden) {
      this.#parts.hint.hidden = true;
      remember("hint", "seen");
    }
    this.#wake();
  }

  /** Ask for the walk of the runs that are shown, unless it is the one we have. */
  #ask(scenario, shown) {
    if (shown.length === 0) {
      this.#walk = new Walk(scenario, []);
      this.#asked = null;
      return;
    }
    const wish = { scenario, shown };
    if (same(wish, this.#asked)) return;
    this.#asked = wish;
    this.#stream.request({ ...wish, message: { ...scenario, runs: shown.map((index) => scenario.runs[index]) } });
  }

  async #scene() {
    try {
      await this.#screen.show(this.#store.scenario.surface);
      this.#screen.cards(this.#store.scenario, this.#store.hidden);
    } catch (failure) {
      this.#fail(failure);
    }
    this.#wake();
  }

  #fail(failure) {
    this.#error = `${failure.message} Reload the page to try again.`;
    this.#wake();
  }

  // What the stream brings.

  chunk({ scenario, shown }, first, count, values) {
    if (first === 0) this.#walk = new Walk(scenario, shown);
    this.#walk.add(first, count, values);
    this.#error = "";
    this.#playback.extent(this.#walk.steps, this.#walk.received);
    if (first === 0 && this.#playNext) {
      this.#playNext = false;
      this.#playback.restart();
    }
    this.#wake();
  }

  done(_, { outcomes }) {
    this.#walk.finish(outcomes);
    this.#wake();
  }

  refused(_, sentence) {
    this.#error = sentence;
    this.#wake();
  }

  line(connected) {
    this.#lost = !connected;
    this.#root.dataset.line = connected ? "up" : "down";
    this.#wake();
  }

  // What the hand does on the map.

  start(point, { live, click }) {
    this.#tools.word = "";
    if (click && !this.#calm) this.#playNext = true;
    this.#store.edit({ start: point }, { origin: "map", live });
  }

  /** Move the start by some two-hundredths of the map, to where a pixel would be. */
  nudge([right, up], times) {
    const { view } = this.#screen;
    const { start } = this.#store.scenario;
    const [px, py] = view.toPixel(...start);
    const [x, y] = view.toData(px + (right * times * view.area.width) / 200, py - (up * times * view.area.height) / 200);
    this.start([right === 0 ? start[0] : x, up === 0 ? start[1] : y], { live: true, click: false });
  }

  settle() {
    this.#store.edit({}, { origin: "map" });
  }

  hover(point) {
    this.#screen.hover(this.#playback.playing ? null : point, this.#walk, this.#playback.step);
  }

  // One frame.

  #wake() {
    this.#frame ??= requestAnimationFrame((now) => this.#draw(now));
  }

  #draw(now) {
    this.#frame = null;
    this.#playback.tick(now);
    const moving = this.#live || this.#pointer.dragging;
    const position = moving && this.#walk !== null ? this.#walk.steps : this.#playback.position;
    const { playing } = this.#playback;
    const due = now - this.#lastRead > READ_EVERY || !(playing || moving);
    this.#screen.draw(this.#store.scenario, this.#walk, position, { moving, due });
    if (due) {
      this.#lastRead = now;
      this.#read(moving);
    }
    if (playing || !due) this.#wake();
  }

  #read(moving) {
    const { step, received } = this.#playback;
    const state = this.#state;
    Object.assign(this.#root.dataset, { state, step: String(step), received: String(Math.max(0, received)) });
    if (this.#walk !== null) this.#screen.read(this.#walk, moving ? this.#walk.steps : step);
    const { status } = this.#parts;
    const urgent = this.#urgent;
    const told = urgent || (state === "finished" && !moving && this.#walk.runs.length > 0 ? `${this.#screen.summary(this.#walk)}.` : "");
    // What came of the runs stands on the cards: there it is for eyes, here for screen readers.
    status.classList.toggle("unseen", urgent === "");
    status.toggleAttribute("data-error", this.#error !== "");
    if (status.textContent !== told) status.textContent = told;
  }

  get #state() {
    if (this.#error !== "") return "error";
    if (this.#playback.playing) return "playing";
    if (this.#walk === null || !(this.#walk.complete || this.#walk.runs.length === 0)) return "streaming";
    return this.#playback.atEnd ? "finished" : "paused";
  }

  /** What has to be seen wherever one looks. */
  get #urgent() {
    return this.#error || (this.#lost ? "The connection is lost; trying to get it back." : this.#tools.word);
  }

  remove() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#root.remove();
    this.#tools.remove();
    this.#unsubscribe();
    this.#address?.remove();
    this.#stream.close();
    this.#screen.remove();
  }
}
