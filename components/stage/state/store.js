/**
 * The scenario of one stage, shared by everything on the page that shows or edits it.
 *
 * The stage, the panel of controls and the picker of surfaces are separate Streamlit components. They import this same
 * module, so an edit made in one is shown by the others at once. Python gets an edit when it is committed (a pointer
 * released, a value entered), and only from here.
 */

import { same } from "../../kit/sameness.js";
import { Curtain } from "./curtain.js";
import { Edits } from "./edits.js";
import { History } from "./history.js";
import { assign, fresh } from "./slots.js";

/** @import { Scenario } from "../../contract.js" */
/** @import { Acknowledgement, NumberedEdit } from "./edits.js" */
/** @import { Identity } from "../wire/identity.js" */

/** @import { Change, Identify, Listener, Origin, Shown } from "./changes.js" */

/** @type {Map<string, Store>} */
const stores = new Map();
/**
 * The slots of the runs of every scenario that a store has held: a scenario is never changed, only replaced.
 * @type {WeakMap<Scenario, number[]>}
 */
const slots = new WeakMap();

/**
 * The store of the stage with this key; made at first use.
 * @param {string} key
 */
export function storeOf(key) {
  const store = stores.get(key) ?? new Store();
  stores.set(key, store);
  return store;
}

/**
 * The slot of each run of a scenario that came from a store, in the scenario's order: it decides how a run looks.
 * @param {Scenario} scenario
 */
export function slotsOf(scenario) {
  return slots.get(scenario) ?? fresh(scenario.runs);
}

export class Store {
  /** What hides the walk until the learner has predicted; lifted where there is no question. */
  curtain = new Curtain();
  /** @type {?Scenario} */
  #scenario = null;
  /** @type {Set<number>} the slots of the runs that are switched off */
  #hidden = new Set();
  /** @type {?number} the slot of the run whose steps are looked into */
  #inside = null;
  /** @type {Set<Listener>} */
  #listeners = new Set();
  #edits = new Edits();
  /** @type {History<Shown>} */
  #history = new History();
  /** @type {?Shown} what was shown before the gesture that goes on */
  #before = null;
  /** @type {?{sequence: number, identify: Identify}} what the address of the link says that was sent to Python last */
  #visited = null;

  /** The scenario that is shown. It is there once Python has answered for the first time. */
  get scenario() {
    return /** @type {Scenario} */ (this.#scenario);
  }

  /** Indices of the runs that are switched off. */
  get hidden() {
    return this.#scenario === null ? new Set() : this.hiddenIn(this.#scenario);
  }

  /**
   * The same in another scenario of this store, such as that of a walk that was requested earlier.
   * @param {Scenario} scenario
   * @returns {Set<number>}
   */
  hiddenIn(scenario) {
    return new Set(slotsOf(scenario).flatMap((slot, index) => (this.#hidden.has(slot) ? [index] : [])));
  }

  /** The index of the run whose steps are looked into; null if there is none, or if it is switched off. */
  get inside() {
    if (this.#inside === null || this.#hidden.has(this.#inside)) return null;
    const index = this.#slots.indexOf(this.#inside);
    return index === -1 ? null : index;
  }

  /**
   * What the address says beside the scenario.
   * @returns {Identity}
   */
  get identity() {
    return { inside: this.inside, hidden: [...this.hidden], slots: this.#slots };
  }

  get #slots() {
    return this.#scenario === null ? [] : slotsOf(this.#scenario);
  }

  /**
   * Call a listener after every change until the returned function is called.
   * @param {Listener} listener
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {(edit: NumberedEdit) => void} sender carries edits to Python */
  connect(sender) {
    this.#edits.connect(sender);
  }

  /**
   * Take the scenario that Python has sent, unless it is older than our latest edit (see edits.js).
   * @param {Scenario} scenario
   * @param {Acknowledgement} acknowledgement
   * @param {Identify} identify what the address says of the runs, if the scenario comes from it
   */
  receive(scenario, acknowledgement, identify = () => null) {
    const verdict = this.#edits.judge(acknowledgement);
    if (verdict === "tell") this.#edits.send({ scenario: this.#scenario });
    if (verdict !== "take") return;
    const visited = this.#visited?.sequence === this.#edits.sequence ? this.#visited.identify : identify;
    this.#visited = null;
    const identity = visited(scenario.runs.length);
    // What we have sent comes back with every answer: then nothing changes.
    if (same(this.#scenario, scenario) && identity === null) return;
    this.#commit(() => this.#replace(scenario, { origin: "python", live: false }, identity));
  }

  /**
   * Change some of the settings. Runs that stay must be the same objects: by these their slots are known.
   * @param {Partial<Scenario>} part
   * @param {{origin: Origin, live?: boolean}} change
   */
  edit(part, { origin, live = false }) {
    const scenario = { ...this.scenario, ...part };
    const change = { origin, live };
    this.#visited = null;
    this.#before ??= this.#shown;
    const apply = () => {
      if ("surface" in part) return this.#replace(scenario, change);
      slots.set(scenario, assign(this.scenario.runs, this.#slots, scenario.runs));
      this.#put(scenario, change);
    };
    if (live) {
      apply();
      return;
    }
    this.#commit(apply);
    this.#edits.send({ scenario });
  }

  /**
   * Have Python turn to the scenario of a link.
   * @param {string} link
   * @param {Identify} identify what the link says of the runs
   */
  visit(link, identify = () => null) {
    this.#edits.send({ link });
    this.#visited = { sequence: this.#edits.sequence, identify };
  }

  /** Send the last edit again if Python has not seen it. */
  repeat() {
    this.#edits.repeat();
  }

  /** Return to what was shown before the last edit; false if there is nothing to undo. */
  undo() {
    return this.#turn((present) => this.#history.undo(present));
  }

  /** Return to what was undone last; false if there is nothing to do again. */
  redo() {
    return this.#turn((present) => this.#history.redo(present));
  }

  /**
   * Switch a run off or on. Nothing of a hidden run is computed or drawn.
   * @param {number} index
   */
  toggle(index) {
    const slot = this.#slots[index];
    this.#commit(() => {
      if (!this.#hidden.delete(slot)) this.#hidden.add(slot);
      if (this.#hidden.has(slot) && this.#inside === slot) this.#inside = null;
      this.#announce({ origin: "legend", live: false });
    });
  }

  /**
   * Look into the steps of the run with this index, or of none (null).
   * @param {?number} index
   */
  look(index) {
    this.begin(index);
    this.#announce({ origin: "inside", live: false });
  }

  /**
   * The same for a stage that has just been made, perhaps before its scenario has arrived.
   * @param {?number} index
   */
  begin(index) {
    this.#inside = index === null || this.#scenario === null ? index : (this.#slots[index] ?? null);
  }

  get #shown() {
    return this.#scenario === null ? null : { scenario: this.#scenario, hidden: new Set(this.#hidden) };
  }

  /**
   * Make a change that can be undone; a gesture that precedes it is part of it.
   * @param {() => void} apply
   */
  #commit(apply) {
    const before = this.#before ?? this.#shown;
    this.#before = null;
    apply();
    if (before !== null && !alike(before, this.#shown)) this.#history.note(before);
  }

  /**
   * Undo or redo: not while a gesture goes on, nor while a question hides the walk.
   * @param {(present: Shown) => ?Shown} find
   */
  #turn(find) {
    const present = this.#shown;
    if (present === null || this.#before !== null || this.curtain.down) return false;
    const state = find(present);
    if (state === null) return false;
    this.#hidden = new Set(state.hidden);
    this.#visited = null;
    this.#put(state.scenario, { origin: "undo", live: false });
    this.#edits.send({ scenario: state.scenario });
    return true;
  }

  /**
   * Turn to another scenario: its runs have the first slots, or those that the address gives. With the same optimizers,
   * hidden runs stay hidden.
   * @param {Scenario} scenario
   * @param {Change} change
   * @param {?Identity} identity
   */
  #replace(scenario, change, identity = null) {
    const { hidden, inside } = identity ?? this.#carried(scenario);
    const given = identity?.slots ?? fresh(scenario.runs);
    const next = { ...scenario };
    slots.set(next, given);
    this.#hidden = new Set([...hidden].map((index) => given[index]));
    this.#inside = inside === null ? null : (given[inside] ?? null);
    this.#put(next, change);
  }

  /**
   * Which runs of a new scenario are hidden and looked into, by what was so in the one before.
   * @param {Scenario} scenario
   */
  #carried(scenario) {
    if (this.#scenario === null) return { hidden: [], inside: this.#inside };
    const optimizers = (/** @type {Scenario} */ { runs }) => runs.map(({ optimizer }) => optimizer);
    const hidden = same(optimizers(this.#scenario), optimizers(scenario)) ? this.hidden : [];
    return { hidden, inside: this.inside };
  }

  /**
   * @param {Scenario} scenario whose slots are known
   * @param {Change} change
   */
  #put(scenario, change) {
    const before = this.#scenario;
    this.#scenario = scenario;
    // A slot that is free must not be hidden or looked into when another run gets it later.
    for (const slot of [...this.#hidden]) if (!this.#slots.includes(slot)) this.#hidden.delete(slot);
    if (this.#inside !== null && !this.#slots.includes(this.#inside)) this.#inside = null;
    if (!change.live || !same(before, scenario)) this.#announce(change);
  }

  /** @param {Change} change */
  #announce(change) {
    for (const listener of [...this.#listeners]) listener(this.scenario, change);
  }
}

/**
 * @param {Shown} a
 * @param {?Shown} b
 */
function alike(a, b) {
  return b !== null && same([a.scenario, [...a.hidden].sort()], [b.scenario, [...b.hidden].sort()]);
}
