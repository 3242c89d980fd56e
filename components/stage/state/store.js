/**
 * The scenario of one stage, shared by everything on the page that shows or edits it.
 *
 * The stage, the panel of controls and the surface picker are separate Streamlit components, but they
 * import this same module, so they meet here: an edit made in one is seen by the others at once, and
 * Python hears of it only when it is committed (a pointer released, a value entered), and only from here.
 */

import { same } from "../../kit/sameness.js";
import { Curtain } from "./curtain.js";
import { assign, fresh } from "./slots.js";

const stores = new Map();
/** The slots of the runs of every scenario that a store has held: a scenario is never changed, only replaced. */
const slots = new WeakMap();

/** The store of the stage with this key; made at first use. */
export function storeOf(key) {
  if (!stores.has(key)) stores.set(key, new Store());
  return stores.get(key);
}

/** The slot of each run of a scenario that came from a store, in the scenario's order: it decides how a run looks. */
export function slotsOf(scenario) {
  return slots.get(scenario) ?? fresh(scenario.runs);
}

export class Store {
  /**
   * @type {?{surface: string, start: number[], steps: number, noise: number, seed: number,
   *   runs: {optimizer: string, values: Object<string, number>}[]}}
   */
  scenario = null;
  /** What hides the walk until its learner has predicted; up, where nobody asks. */
  curtain = new Curtain();
  /** The slots of the runs that the legend has switched off. */
  #hidden = new Set();
  /** The slot of the run into whose steps one looks, or null. */
  #inside = null;
  #listeners = new Set();
  #sender = null;
  #sequence = 0;
  /** The last edit that was sent, and the last that Python said it had seen. */
  #last = null;
  #heard = 0;
  #visit = null;

  /** Indices of the runs that are switched off. */
  get hidden() {
    return new Set(this.#slots.flatMap((slot, index) => (this.#hidden.has(slot) ? [index] : [])));
  }

  /** The index of the run into whose steps one looks; null if there is none, or if it is switched off. */
  get inside() {
    const index = this.#hidden.has(this.#inside) ? -1 : this.#slots.indexOf(this.#inside);
    return index === -1 ? null : index;
  }

  get #slots() {
    return this.scenario === null ? [] : slotsOf(this.scenario);
  }

  /**
   * Call `listener(scenario, change)` after every change until the returned function is called.
   * `change` is `{origin, live}`: who made it ("python", "map", "panel", ...), and whether more of the
   * same gesture is to come (a drag that goes on).
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Name the function that carries edits to Python: `sender({sequence, scenario})` or `sender({sequence, link})`. */
  connect(sender) {
    this.#sender = sender;
  }

  /**
   * Take the scenario that Python holds. `acknowledged` is the last edit of ours that Python had seen
   * when it spoke: if we have edited since, its word is old and ours stands; if it says the same once more, our
   * edit is sent again, for the line may have lost it. A `visit` of another name is another Python, after a restart
   * of the server: while all that it knows is the address, it has acknowledged nothing (null), and is sent what we
   * show.
   */
  receive(scenario, { visit, acknowledged }) {
    const restarted = this.#visit !== null && this.#visit !== visit;
    this.#visit = visit;
    if (restarted && acknowledged === null) {
      this.#send({ scenario: this.scenario });
      return;
    }
    const seen = acknowledged ?? 0;
    const again = seen === this.#heard;
    this.#heard = seen;
    if (!restarted && seen < this.#sequence) {
      if (again) this.repeat();
      return;
    }
    this.#sequence = seen;
    // What we sent comes back with every answer: an echo is no change.
    if (!same(this.scenario, scenario)) this.#replace(scenario, { origin: "python", live: false });
  }

  /**
   * Change some of the settings: `edit({start: [1, 2]}, {origin: "map", live: true})`. Runs that stay must be the same
   * objects, by which their slots are known.
   */
  edit(part, { origin, live = false }) {
    const scenario = { ...this.scenario, ...part };
    if ("surface" in part) this.#replace(scenario, { origin, live });
    else {
      slots.set(scenario, assign(this.scenario.runs, this.#slots, scenario.runs));
      this.#put(scenario, { origin, live });
    }
    if (!live) this.#send({ scenario });
  }

  /** Have Python turn to the scenario of a link. */
  visit(link) {
    this.#send({ link });
  }

  /** Send the last edit again if Python has not said that it has seen it: a line that broke may have lost it. */
  repeat() {
    if (this.#heard < this.#sequence) this.#sender?.(this.#last);
  }

  #send(edit) {
    this.#sequence += 1;
    this.#last = { sequence: this.#sequence, ...edit };
    this.#sender?.(this.#last);
  }

  /** Switch a run off or on; nothing of a hidden run is computed or drawn. */
  toggle(index) {
    const slot = this.#slots[index];
    if (!this.#hidden.delete(slot)) this.#hidden.add(slot);
    if (this.#hidden.has(this.#inside)) this.#inside = null;
    this.#tell({ origin: "legend", live: false });
  }

  /** Look into the steps of the run with this index, or of none (null). */
  look(index) {
    this.begin(index);
    this.#tell({ origin: "inside", live: false });
  }

  /** The same for a stage that has just come, perhaps before its scenario. */
  begin(index) {
    this.#inside = index === null || this.scenario === null ? index : (this.#slots[index] ?? null);
  }

  /** Turn to another scenario: its runs have the first slots. With the same optimizers, what is hidden stays so. */
  #replace(scenario, change) {
    const { hidden } = this;
    const inside = this.scenario === null ? this.#inside : this.inside;
    const keys = (of) => of?.runs.map(({ optimizer }) => optimizer);
    const alike = same(keys(this.scenario), keys(scenario));
    slots.set(scenario, fresh(scenario.runs));
    this.#hidden = new Set(alike ? hidden : []);
    this.#inside = inside;
    this.#put(scenario, change);
  }

  #put(scenario, change) {
    const before = this.scenario;
    this.scenario = scenario;
    // A run that comes later must not be hidden, or looked into, since another one was that has left.
    for (const slot of [...this.#hidden]) if (!this.#slots.includes(slot)) this.#hidden.delete(slot);
    if (!this.#slots.includes(this.#inside)) this.#inside = null;
    if (!same(before, scenario) || !change.live) this.#tell(change);
  }

  #tell(change) {
    for (const listener of [...this.#listeners]) listener(this.scenario, change);
  }
}
