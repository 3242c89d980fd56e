/** The panel: a form over the scenario, live while a slider moves. The store is its only state. */

import { contract } from "../contract.js";
import { element } from "../kit/element.js";
import { keepKeys } from "../kit/keys.js";
import { same } from "../kit/sameness.js";
import { isDark } from "../kit/theme.js";
import { slotsOf, storeOf } from "../stage/state/store.js";
import { icon } from "./icons.js";
import { newRun, RunBlock } from "./run.js";
import { WalkSettings } from "./walk.js";

const { limits, optimizers, themes } = contract;
const READ_EVERY = 80;
const panels = new WeakMap();
/** Which runs of a stage were unfolded when its panel was last on the page. */
const unfolded = new Map();

/** Called by Streamlit at every change of data or theme. */
export function render({ parentElement, data }) {
  if (!same(panels.get(parentElement)?.data, data)) {
    unmount(parentElement);
    panels.set(parentElement, new Panel(parentElement, data));
  }
  panels.get(parentElement).paint();
}

export function unmount(host) {
  panels.get(host)?.close();
  panels.delete(host);
}

class Panel {
  #blocks = [];
  #walk;
  #runs = element("div", { class: "runs" });
  #add;
  #why = element("span");
  #store;
  #looks;
  #close;
  #timer = null;

  constructor(host, data) {
    this.data = data;
    this.#store = storeOf(data.stage);
    this.#walk = new WalkSettings(limits, (part, live) => this.#edit(part, live));
    this.#add = element(
      "button",
      { type: "button", class: "add", click: () => this.#append() },
      icon("add"),
      this.#why,
    );
    this.root = element("div", { class: "mradam-panel", "data-testid": "panel", hidden: "" });
    this.root.append(element("h2", {}, "Runs"), this.#runs, this.#add, element("h2", {}, "Walk"), this.#walk.root);
    keepKeys(this.root);
    host.append(this.root);
    this.#close = this.#store.subscribe((_, { origin, live }) =>
      live && origin === "map" ? this.#soon() : this.update(),
    );
  }

  /** While the start is dragged on the map every millisecond is the paths'; its numbers follow at a pace that can be read. */
  #soon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.update();
    }, READ_EVERY);
  }

  /** The theme may be another. */
  paint() {
    this.#looks = themes[isDark(this.root) ? "dark" : "light"].looks;
    this.update();
  }

  /** Make the form show the scenario, in place. */
  update() {
    const { scenario, hidden } = this.#store;
    if (scenario === null) return;
    const { runs } = scenario;
    while (this.#blocks.length > runs.length) this.#blocks.pop().root.remove();
    while (this.#blocks.length < runs.length)
      this.#insert(this.#blocks.length, unfolded.get(this.data.stage)?.[this.#blocks.length]);
    const slots = slotsOf(scenario);
    const room = runs.length < limits.runs;
    this.#blocks.forEach((block, index) => {
      block.set(runs[index], index);
      block.dress(this.#looks[slots[index]], hidden.has(index));
      block.allow({ remove: runs.length > 1, duplicate: room });
    });
    this.#add.setAttribute("aria-disabled", String(!room));
    this.#why.textContent = room ? "Add a run" : `${limits.runs} runs are the most`;
    this.#walk.set(scenario);
    this.root.hidden = false;
  }

  close() {
    this.#close();
    unfolded.set(
      this.data.stage,
      this.#blocks.map((block) => block.more.open),
    );
    clearTimeout(this.#timer);
    this.root.remove();
  }

  #edit(part, live) {
    this.#store.edit(part, { origin: "panel", live });
  }

  #replace(block, run, live) {
    this.#edit({ runs: this.#store.scenario.runs.with(this.#blocks.indexOf(block), run) }, live);
  }

  #insert(index, open = false) {
    const block = new RunBlock(optimizers, {
      edit: (changed, run, live) => this.#replace(changed, run, live),
      change: (changed, key) => this.#change(changed, key),
      duplicate: (copied) => this.#duplicate(copied),
      remove: (removed) => this.#remove(removed),
    });
    block.more.open = open;
    this.#runs.insertBefore(block.root, this.#blocks[index]?.root ?? null);
    this.#blocks.splice(index, 0, block);
    return block;
  }

  #change(block, key) {
    const index = this.#blocks.indexOf(block);
    const { runs } = this.#store.scenario;
    this.#replace(block, newRun(key, optimizers, [runs[index], ...runs]), false);
  }

  /** Add an optimizer that does not walk yet; another can be chosen at once, for that is where the focus goes. */
  #append() {
    const { runs } = this.#store.scenario;
    if (runs.length >= limits.runs) return;
    const unused = Object.keys(optimizers).find((key) => !runs.some((run) => run.optimizer === key));
    const run = newRun(unused ?? runs.at(-1).optimizer, optimizers, runs);
    this.#edit({ runs: [...runs, run] }, false);
    this.#blocks.at(-1).select.focus();
  }

  #duplicate(block) {
    const index = this.#blocks.indexOf(block);
    const { runs } = this.#store.scenario;
    const copy = this.#insert(index + 1, block.more.open);
    this.#edit({ runs: runs.toSpliced(index + 1, 0, structuredClone(runs[index])) }, false);
    copy.select.focus();
  }

  #remove(block) {
    const index = this.#blocks.indexOf(block);
    const { runs } = this.#store.scenario;
    this.#blocks.splice(index, 1);
    block.root.remove();
    this.#edit({ runs: runs.toSpliced(index, 1) }, false);
    const next = this.#blocks[Math.min(index, this.#blocks.length - 1)];
    (this.#blocks.length > 1 ? next.remove : next.select).focus();
  }
}
