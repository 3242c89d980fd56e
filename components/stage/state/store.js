/**
 * The scenario of one stage, shared by everything on the page that shows or edits it.
 *
 * The stage, the panel of controls and the picker of surfaces are separate Streamlit components. They all import this
 * module, so an edit made in one is shown by the others at once. Only this module sends edits to Python, and only when
 * they are committed (a pointer released, a value entered).
 */

import { same } from "../../kit/sameness.js";
import { carriesData, linkOf } from "../wire/link.js";
import { sameScenario } from "../wire/query.js";
import { alike } from "./changes.js";
import { Curtain } from "./curtain.js";
import { Edits } from "./edits.js";
import { History } from "./history.js";
import { RunsShown } from "./runs_shown.js";
import { assignSlots, firstSlots, setSlots, slotsOf } from "./slots.js";

export { slotsOf };

/** @import { Scenario } from "../../contract.js" */
/** @import { Acknowledgement, NumberedEdit } from "./edits.js" */
/** @import { Look } from "../wire/offer.js" */
/** @import { Identity } from "../wire/identity.js" */
/** @import { Change, Identify, Listener, Origin, Snapshot } from "./changes.js" */

/** @type {Map<string, Store>} */
const stores = new Map();

/**
 * The store of the stage with this key; made at first use.
 * @param {string} key
 */
export function storeOf(key) {
  const store = stores.get(key) ?? new Store();
  stores.set(key, store);
  return store;
}

export class Store {
  /** Hides the walk until the learner has predicted its outcome; it is never down where there is no question. */
  curtain = new Curtain();
  /** Whether the link of the page has locked the start. */
  locked = false;
  /** How the stage is shown now; null without a stage. @type {(() => Omit<Look, "open">) | null} */
  look = null;
  /** @type {?Scenario} */
  #scenario = null;
  #runs = new RunsShown();
  /** @type {Set<Listener>} */
  #listeners = new Set();
  #edits = new Edits();
  /** @type {History<Snapshot>} */
  #history = new History();
  /** @type {?Snapshot} what was shown before the present gesture */
  #before = null;
  /** @type {?{sequence: number, identify: Identify}} the last link sent to Python: its number, its identity */
  #visited = null;

  /** The scenario that is shown. Not null from Python's first answer on. */
  get scenario() {
    return /** @type {Scenario} */ (this.#scenario);
  }

  /** Indices of the hidden runs. */
  get hidden() {
    return this.#scenario === null ? new Set() : this.hiddenIn(this.#scenario);
  }

  /**
   * The same in another scenario of this store, such as that of a walk that was requested earlier.
   * @param {Scenario} scenario
   * @returns {Set<number>}
   */
  hiddenIn(scenario) {
    return this.#runs.hiddenIn(slotsOf(scenario));
  }

  /** The index of the run whose inside is open; null if there is none. */
  get inside() {
    return this.#runs.insideIn(this.#slots);
  }

  /**
   * What the address contains besides the scenario.
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
   * Take the scenario that Python has sent, unless Python sent it before it received our latest edit (see edits.js).
   * @param {Scenario} scenario
   * @param {Acknowledgement} acknowledgement
   * @param {Identify} identify the identity that the address sets, if the scenario comes from there
   */
  receive(scenario, acknowledgement, identify = () => null) {
    const verdict = this.#edits.judge(acknowledgement);
    if (verdict === "send") this.#edits.send({ scenario: this.#scenario });
    if (verdict !== "take") return;
    const visited = this.#visited?.sequence === this.#edits.sequence ? this.#visited.identify : identify;
    this.#visited = null;
    const identity = visited(scenario.runs.length);
    // Every answer of Python contains the scenario that we have sent: then nothing changes.
    if (same(this.#scenario, scenario) && identity === null) return;
    this.#commit(() => this.#replace(scenario, { origin: "python", live: false }, identity));
  }

  /**
   * Change some of the settings. A run that is not changed must stay the same object, since its slot is found by it.
   * @param {Partial<Scenario>} part
   * @param {{origin: Origin, live?: boolean}} change
   */
  edit(part, { origin, live = false }) {
    if (this.locked && "start" in part && !("surface" in part)) return;
    const [scenario, change] = [
      { ...this.scenario, ...part },
      { origin, live },
    ];
    this.#visited = null;
    this.#before ??= this.#shown;
    const apply = () => {
      if ("surface" in part) return this.#replace(scenario, change);
      setSlots(scenario, assignSlots(this.scenario.runs, this.#slots, scenario.runs));
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
   * Go to a link. If it names the scenario that is shown, only the identity changes. Otherwise the link is sent to
   * Python, which answers with its scenario.
   * @param {string} link
   * @param {Identify} identify the identity that the link sets
   */
  visit(link, identify = () => null) {
    const shown = this.#scenario;
    const known = shown !== null && this.#visited === null && carriesData(shown);
    if (known && sameScenario(link, linkOf(shown))) {
      this.#commit(() => this.#replace(shown, { origin: "place", live: false }, identify(shown.runs.length)));
      return;
    }
    this.#edits.send({ link });
    this.#visited = { sequence: this.#edits.sequence, identify };
  }

  /** Send the last edit again if Python has not received it. */
  repeat() {
    this.#edits.repeat();
  }

  /** Return to what was shown before the last edit; false if there is nothing to undo. */
  undo() {
    return this.#turn((present) => this.#history.undo(present));
  }

  /** Return to what was undone last; false if there is nothing to redo. */
  redo() {
    return this.#turn((present) => this.#history.redo(present));
  }

  /**
   * Hide a run, or show it again. A hidden run is neither computed nor drawn.
   * @param {number} index
   */
  toggle(index) {
    const slot = this.#slots[index];
    this.#commit(() => {
      this.#runs.toggle(slot);
      this.#announce({ origin: "legend", live: false });
    });
  }

  /**
   * Open the inside of the run with this index; null closes it.
   * @param {?number} index
   */
  openInside(index) {
    const before = this.inside;
    this.setInside(index);
    if (this.inside === before) return;
    const toggled = before === null || this.inside === null;
    this.#announce({ origin: toggled ? "inside" : "insideRun", live: false });
  }

  /**
   * Set the run whose inside is open, without an announcement: for a new stage, whose scenario may not have arrived.
   * @param {?number} index
   */
  setInside(index) {
    this.#runs.open(index === null || this.#scenario === null ? index : (this.#slots[index] ?? null));
  }

  /** @returns {?Snapshot} */
  get #shown() {
    if (this.#scenario === null) return null;
    return { scenario: this.#scenario, hidden: this.#runs.hidden, inside: this.#runs.inside, reopens: false };
  }

  /**
   * Make a change that can be undone. If it ends a gesture, one undo goes back to the state before the gesture.
   * @param {() => void} apply
   */
  #commit(apply) {
    const before = this.#before ?? this.#shown;
    this.#before = null;
    apply();
    if (before === null || alike(before, this.#shown)) return;
    before.reopens = this.#runs.closedSince(before);
    this.#history.note(before);
  }

  /**
   * Undo or redo: not while a gesture goes on, nor while a question hides the walk.
   * @param {(present: Snapshot) => ?Snapshot} find
   */
  #turn(find) {
    const present = this.#shown;
    if (present === null || this.#before !== null || this.curtain.down) return false;
    const state = find(present);
    if (state === null) return false;
    this.#runs.set(state.hidden, this.#runs.inside ?? (state.reopens ? state.inside : null));
    this.#visited = null;
    this.#put(state.scenario, { origin: "undo", live: false });
    present.reopens = this.#runs.closedSince(present);
    this.#edits.send({ scenario: state.scenario });
    return true;
  }

  /**
   * Show another scenario: its runs get the first slots, or those that the address sets. If its runs have the same
   * optimizers as before, hidden runs stay hidden.
   * @param {Scenario} scenario
   * @param {Change} change
   * @param {?Identity} identity
   */
  #replace(scenario, change, identity = null) {
    const { hidden, inside } = identity ?? this.#carried(scenario);
    const given = identity?.slots ?? firstSlots(scenario.runs);
    const next = { ...scenario };
    setSlots(next, given);
    const hiddenSlots = [...hidden].map((index) => given[index]);
    this.#runs.set(hiddenSlots, inside === null ? null : (given[inside] ?? null));
    this.#put(next, change);
  }

  /**
   * Which runs of a new scenario are hidden, and whose inside is open, according to the scenario before.
   * @param {Scenario} scenario
   */
  #carried(scenario) {
    if (this.#scenario === null) return { hidden: [], inside: this.#runs.inside };
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
    this.#runs.keep(this.#slots);
    if (!change.live || !same(before, scenario)) this.#announce(change);
  }

  /** @param {Change} change */
  #announce(change) {
    for (const listener of [...this.#listeners]) listener(this.scenario, change);
  }
}
