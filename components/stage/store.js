/**
 * The scenario of one stage, shared by everything on the page that shows or edits it.
 *
 * The stage, the panel of controls and the surface picker are separate Streamlit components, but they
 * import this same module, so they meet here: an edit made in one is seen by the others at once, and
 * Python hears of it only when it is committed (a pointer released, a value entered).
 */

import { Curtain } from "./curtain.js";

const stores = new Map();

/** The store of the stage with this key; made at first use. */
export function storeOf(key) {
  if (!stores.has(key)) stores.set(key, new Store());
  return stores.get(key);
}

/** Whether two scenarios, or parts of them, hold the same settings. */
export function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

class Store {
  /** @type {?{surface: string, start: number[], steps: number, noise: number, seed: number, runs: {optimizer: string, values: Object<string, number>}[]}} */
  scenario = null;
  /** Indices of the runs that the legend has switched off. */
  hidden = new Set();
  /** What hides the walk until its learner has predicted; up, where nobody asks. */
  curtain = new Curtain();
  #listeners = new Set();
  #sender = null;
  #sequence = 0;
  #visit = null;

  /**
   * Call `listener(scenario, change)` after every change until the returned function is called.
   * `change` is `{origin, live}`: who made it ("python", "map", "panel", ...), and whether more of the
   * same gesture is to come (a drag that goes on).
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Name the function that carries committed edits to Python: `sender({sequence, scenario})` or `sender({sequence, link})`. */
  connect(sender) {
    this.#sender = sender;
  }

  /**
   * Take the scenario that Python holds. `acknowledged` is the last edit of ours that Python had seen
   * when it spoke: if we have edited since, its word is old and ours stands. A `visit` of another name is
   * another Python, after a restart of the server: while it is `untouched`, it is told what we show.
   */
  receive(scenario, { visit, acknowledged, untouched }) {
    const restarted = this.#visit !== null && this.#visit !== visit;
    this.#visit = visit;
    if (restarted && untouched) {
      this.#send({ scenario: this.scenario });
      return;
    }
    if (!restarted && acknowledged < this.#sequence) return;
    this.#sequence = acknowledged;
    // What we sent comes back with every answer: an echo is no change.
    if (!same(this.scenario, scenario)) this.#put(scenario, { origin: "python", live: false });
  }

  /** Change some of the settings: `edit({start: [1, 2]}, {origin: "map", live: true})`. */
  edit(part, { origin, live = false }) {
    const scenario = { ...this.scenario, ...part };
    this.#put(scenario, { origin, live });
    if (!live) this.#send({ scenario });
  }

  /** Ask Python to turn to the scenario of a link. */
  visit(link) {
    this.#send({ link });
  }

  #send(edit) {
    this.#sequence += 1;
    this.#sender?.({ sequence: this.#sequence, ...edit });
  }

  /** Switch a run off or on; nothing of a hidden run is computed or drawn. */
  toggle(index) {
    if (!this.hidden.delete(index)) this.hidden.add(index);
    this.#tell({ origin: "legend", live: false });
  }

  #put(scenario, change) {
    const before = this.scenario;
    this.scenario = scenario;
    const names = (s) => s?.runs.map((run) => run.optimizer);
    if (before !== null && !same(names(before), names(scenario))) this.hidden.clear();
    if (!same(before, scenario) || !change.live) this.#tell(change);
  }

  #tell(change) {
    for (const listener of [...this.#listeners]) listener(this.scenario, change);
  }
}
