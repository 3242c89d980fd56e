/** The stage: one scenario, its walk as it arrives, one playhead, and the hand that changes them. */

import { resolve, resolveSocket } from "../kit/place.js";
import { same } from "../kit/sameness.js";
import { isDark } from "../kit/theme.js";
import { keys } from "./controls/keys.js";
import { Pointer } from "./controls/pointer.js";
import { tell } from "./controls/status.js";
import { Tools } from "./controls/tools.js";
import { Flag } from "./draw/flag.js";
import { furnish } from "./layout.js";
import { Screen } from "./screen.js";
import { Advisor } from "./state/advisor.js";
import { BY_HAND, PLACES } from "./state/changes.js";
import { recall, remember } from "./state/memory.js";
import { Playback } from "./state/playback.js";
import { storeOf } from "./state/store.js";
import { undoByKeys } from "./state/undo.js";
import { StepPanel } from "./step/panel.js";
import { Address } from "./wire/address.js";
import { identityOf } from "./wire/identity.js";
import { linkOf } from "./wire/link.js";
import { messageOf, Walk } from "./wire/record.js";
import { Stream } from "./wire/socket.js";

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
  #stepPanel;
  #pointer;
  #flag;
  #playback;
  #stream;
  #advisor;
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
  #trouble = "";

  constructor(host, data) {
    this.#root = Object.assign(document.createElement("section"), { className: "mradam-stage", tabIndex: -1 });
    this.#root.dataset.testid = "stage";
    this.#root.setAttribute("aria-label", "Stage");
    // Streamlit keeps our stylesheet in the host, too.
    host.append(this.#root);
    this.#parts = furnish(this.#root);
    this.#store = storeOf(data.stage);
    this.#store.begin(data.inside);
    const [wake, failed] = [() => this.#wake(), (failure) => this.#fail(failure)];
    const look = (index) => this.#store.look(index);
    this.#playback = new Playback(wake);
    this.#screen = new Screen(this.#parts, resolve(data.assets), this.#playback, {
      wake,
      toggled: (index) => this.#store.toggle(index),
      looked: (index) => look(index === this.#store.inside ? null : index),
      tried: (index) => this.#advisor.follow(this.#walk, index),
      failed,
    });
    this.#stepPanel = new StepPanel(this.#parts, this.#screen.view, this.#playback, { pick: look, wake, failed });
    this.#screen.stepPanel = this.#stepPanel;
    this.#pointer = new Pointer(this.#parts.map, this.#parts.handle, this.#screen.view, this.#screen.ground, this);
    this.#flag = new Flag(this.#root, this.#parts, this.#screen.view, this.#store, this.#pointer, {
      moved: wake,
      lifted: () => {
        this.#playNext = !this.#calm;
        this.#changed({ origin: "curtain", live: false });
      },
    });
    this.#stream = new Stream(resolveSocket(data.socket), this);
    this.#advisor = new Advisor(this.#store, this.#stream);
    if (data.address)
      this.#address = new Address((query) => this.#store.visit(query, (runs) => identityOf(query, runs)));
    const closed = [this.#store.subscribe((_, change) => this.#changed(change)), undoByKeys(this.#store)];
    this.#unsubscribe = () => closed.forEach((close) => void close());
    this.#tools = new Tools(this.#parts.tools, {
      ground: this.#screen.ground,
      pointer: this.#pointer,
      save: (format) => this.#screen.save(this.#walk, this.#playback.step, format),
      wake,
      focus: () => this.#stepPanel.place(this.#walk),
    });
    this.#root.addEventListener(
      "keydown",
      keys(this.#playback, this.#stepPanel, (open) => look(open ? 0 : null)),
    );
    this.#parts.hint.hidden = recall("hint") !== null;
    this.#playNext = !this.#calm;
    if (this.#calm) this.#playback.following = true;
  }

  /** What Python has to say: the scenario, and the records it is drawn with. */
  update({ data, setTriggerValue }) {
    this.#data = { ...data, assets: resolve(data.assets) };
    this.#screen.records = data;
    this.#advisor.wanted = data.advice;
    this.#store.connect((edit) => setTriggerValue("edit", edit));
    const dark = isDark(this.#root);
    const repaint = this.#screen.dark !== dark && this.#screen.surface !== null;
    this.#screen.dark = dark;
    this.#store.curtain.hang(data.curtain);
    const first = this.#root.dataset.scenario === undefined;
    this.#store.receive(data.scenario, data, (runs) => (first && this.#address?.identity(runs)) || null);
    // Back on a page whose scenario has not changed since: then nobody tells of it.
    if (this.#root.dataset.scenario === undefined) this.#changed({ origin: "python", live: false });
    if (repaint) this.#scene();
  }

  // What the page, the hand or Python changed.

  #changed({ origin, live }) {
    const { scenario, hidden } = this.#store;
    this.#walk = this.#walk?.without(this.#store.hiddenIn(this.#walk.scenario)) ?? null;
    // First of all: the backend steps while the rest is done here.
    this.#ask(scenario, this.#flag.down ? [] : [...scenario.runs.keys()].filter((index) => !hidden.has(index)), live);
    if (this.#flag.down) this.#playback.extent(scenario.steps, -1);
    const query = linkOf(scenario);
    const arrived = this.#root.dataset.scenario !== undefined;
    const turned = arrived && PLACES.includes(origin);
    this.#live = live;
    this.#root.dataset.scenario = query;
    if (!live) this.#stepPanel.look(this.#store, this.#data);
    this.#screen.cards(scenario, hidden);
    const edited = arrived && BY_HAND.includes(origin);
    if (!live) this.#address?.write(query, turned ? "place" : edited ? "edit" : "same", this.#store.identity);
    if (this.#screen.surface?.key !== scenario.surface) this.#scene();
    if (turned) this.#playNext = !this.#calm;
    if (arrived && !this.#parts.hint.hidden) {
      this.#parts.hint.hidden = true;
      remember("hint", "seen");
    }
    if (!live) this.#advisor.ask(this.#walk);
    this.#wake();
  }

  /** Ask for the walk of the runs that are shown, unless it is the one we have. */
  #ask(scenario, shown, live) {
    if (!live) this.#stream.rest("walk");
    if (shown.length === 0) {
      this.#stream.cancel("walk");
      [this.#walk, this.#asked] = [new Walk(scenario, []), null];
      return;
    }
    const inside = shown.includes(this.#store.inside) ? this.#store.inside : null;
    const wish = { scenario, shown, inside };
    if (same(wish, this.#asked)) return;
    this.#asked = wish;
    this.#root.dataset.pending = ""; // until its first chunk is on the screen
    this.#stream.request("walk", { ...wish, live, message: messageOf(wish, live) });
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
    this.refused(null, `${failure.message} Reload the page to try again.`);
  }

  // What the stream brings.

  chunk({ scenario, shown, inside }, frame) {
    if (frame.first === 0) this.#walk = new Walk(scenario, shown, inside).without(this.#store.hiddenIn(scenario));
    this.#walk.add(frame);
    this.#error = "";
    this.#playback.extent(this.#walk.steps, this.#walk.received);
    if (frame.first === 0 && this.#playNext) {
      this.#playNext = false;
      this.#playback.restart();
    }
    this.#wake();
  }

  done(_, { outcomes }) {
    this.#walk.finish(outcomes);
    if (!this.#live) this.#advisor.ask(this.#walk);
    this.#wake();
  }

  advice(_, message) {
    this.#walk.advise(message);
    this.#wake();
  }

  refused(_, sentence) {
    this.#error = sentence;
    this.#wake();
  }

  line(connected, word) {
    this.#trouble = word;
    if (connected && this.#root.dataset.line === "down") this.#store.repeat();
    this.#root.dataset.line = connected ? "up" : "down";
    this.#wake();
  }

  // What the hand does on the map.

  start(point, { live, click }) {
    if (this.#flag.down) {
      this.#store.curtain.plant(point);
      return;
    }
    this.#tools.word = "";
    if (click && !this.#calm) this.#playNext = true;
    this.#store.edit({ start: point }, { origin: "map", live });
  }

  /** Move the start by some two-hundredths of the map, to where a pixel would be. */
  nudge([right, up], times) {
    const { view } = this.#screen;
    const start = this.#flag.point ?? this.#store.scenario.start;
    const [px, py] = view.project(...start);
    const [x, y] = view.unproject(
      px + (right * times * view.area.width) / 200,
      py - (up * times * view.area.height) / 200,
    );
    this.start([right === 0 ? start[0] : x, up === 0 ? start[1] : y], { live: true, click: false });
  }

  settle() {
    if (!this.#flag.down) this.#store.edit({}, { origin: "map" });
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
    if (playing) this.#stepPanel.run();
    this.#screen.draw(this.#store.scenario, this.#walk, position, { moving, due, kept: this.#flag.kept });
    this.#flag.place(this.#screen.names);
    if (due) this.#read(moving, now);
    if (playing || !due) this.#wake();
  }

  #read(moving, now) {
    this.#lastRead = now;
    const { step, received } = this.#playback;
    const state = this.#state;
    if (state === "finished" && !moving) this.#store.curtain.end();
    Object.assign(this.#root.dataset, { state, step: String(step), received: String(Math.max(0, received)) });
    this.#root.toggleAttribute("data-pending", this.#asked !== null && this.#walk?.shown !== this.#asked.shown);
    if (this.#walk !== null) this.#screen.read(this.#walk, moving ? this.#walk.steps : step);
    // What came of the runs stands on the cards: there it is for eyes, here for screen readers.
    const quiet =
      state === "finished" && !moving && this.#walk.runs.length > 0 ? `${this.#screen.summary(this.#walk)}.` : "";
    // What has to be seen wherever one looks.
    const urgent = this.#error || this.#trouble || this.#tools.word;
    tell(this.#parts.status, { urgent, quiet, error: this.#error !== "" });
  }

  get #state() {
    if (this.#error !== "") return "error";
    if (this.#playback.playing) return "playing";
    if (this.#walk === null || !(this.#walk.complete || this.#walk.runs.length === 0)) return "streaming";
    return this.#playback.atEnd ? "finished" : "paused";
  }

  remove() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#root.remove();
    this.#tools.remove();
    this.#unsubscribe();
    this.#flag.remove();
    this.#address?.remove();
    this.#stream.close();
    this.#screen.remove();
  }
}
