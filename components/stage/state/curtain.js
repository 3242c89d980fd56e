/**
 * The curtain: hides the walk until the learner of a lesson has predicted its outcome, and holds the prediction.
 *
 * The store of a stage has one. The question beside the stage, the stage and the presenter's keys use it together.
 */

/** @import { Point } from "../../kit/types.js" */

/**
 * An answer as Python receives it: the index of a choice, the position of the flag, or neither if it was skipped.
 * `again`: the prediction is taken back.
 * @typedef {{option?: number, flag?: Point, again?: true}} Answer
 * @typedef {{point: Point, placed: boolean}} PlacedFlag
 * @typedef {{point: Point, words: string}} Truth
 */

export class Curtain {
  /** Whether the walk is hidden, and everything else that would show the answer. */
  down = false;
  /** @type {?PlacedFlag} the flag; null if the question needs none */
  flag = null;
  /** @type {?Truth} where the run in question ended; null while that is unknown or must not be shown */
  truth = null;
  /** @type {unknown} the scenario for which the flag was placed: for others it is not shown */
  guessed = null;
  /** Whether the playhead has been at the end since the curtain was lifted. */
  ended = false;
  /** How many answers there are to choose from; 0 if the question needs a flag. */
  choices = 0;
  /** @type {?number} the index of the answer that is chosen */
  chosen = null;
  /** Whether a presenter has tried to run without a prediction: the second attempt skips the question. */
  warned = false;
  #received = false;
  /** Whether Python has been told to take back the prediction, and has not yet answered. */
  #asking = false;
  /** @type {?Point} where the flag is until it is placed */
  #corner = null;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {?((answer: Answer) => void)} */
  #answered = null;

  /**
   * Call `listener()` after every change until the returned function is called.
   * @param {() => void} listener
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Set the state that Python has sent. Only the first call can lower the curtain, and the answer to `askAgain`: after
   * that the browser decides, since Python may not yet have received that it was lifted.
   * @param {boolean} down
   */
  receive(down) {
    if (down && this.#asking) {
      this.#lower();
      return;
    }
    if (this.#received && (down || !this.down)) return;
    this.#received = true;
    this.down = down;
    this.ended = !down;
    this.#changed();
  }

  lift() {
    if (!this.down) return;
    this.down = false;
    this.#changed();
  }

  /**
   * Show a flag to be placed, at first at `corner`. `planted`: where the learner has placed it before.
   * @param {Point} corner
   * @param {?Point} planted
   */
  ask(corner, planted = null) {
    this.#corner = corner;
    this.flag ??= { point: planted ?? corner, placed: planted !== null };
    this.#changed();
  }

  /** @param {Point} point */
  placeFlag(point) {
    if (!this.down || this.flag === null) return;
    this.flag = { point, placed: true };
    this.#changed();
  }

  /**
   * Offer a number of answers to choose from; `answered` receives the answer when the learner runs or skips.
   * @param {number} choices
   * @param {?((answer: Answer) => void)} answered
   */
  offer(choices, answered = null) {
    this.#answered = answered;
    if (this.choices === choices) return;
    this.choices = choices;
    this.#changed();
  }

  /**
   * Stop sending answers to a question that has been removed from the page.
   * @param {(answer: Answer) => void} answered the function that was offered
   */
  withdraw(answered) {
    if (this.#answered === answered) this.#answered = null;
  }

  /**
   * Choose an answer by its index.
   * @param {number} choice
   */
  choose(choice) {
    if (!this.down || choice < 0 || choice >= this.choices || choice === this.chosen) return;
    this.chosen = choice;
    this.#changed();
  }

  /** @returns {?Answer} the present prediction; null while there is none */
  get prediction() {
    if (this.choices > 0) return this.chosen === null ? null : { option: this.chosen };
    return this.flag?.placed ? { flag: this.flag.point } : null;
  }

  /** Send the prediction and lift the curtain; do nothing if there is no prediction. */
  run() {
    if (this.prediction !== null) this.#answer(this.prediction);
  }

  /** Lift the curtain without a prediction. */
  skip() {
    this.#answer({});
  }

  /** Whether the page has a question that is answered: it can be asked again. */
  get answered() {
    return !this.down && this.#answered !== null;
  }

  /** Take back the prediction and all edits. The curtain is lowered when Python has done so. */
  askAgain() {
    if (!this.answered) return;
    this.#asking = true;
    this.#answered?.({ again: true });
  }

  /** Hide the walk again, without a prediction. */
  #lower() {
    Object.assign(this, { down: true, ended: false, chosen: null, truth: null, guessed: null, warned: false });
    this.#asking = false;
    if (this.#corner !== null) this.flag = { point: this.#corner, placed: false };
    this.#changed();
  }

  /**
   * Show or hide the warning that there is no prediction yet.
   * @param {boolean} warned
   */
  warn(warned) {
    if (this.warned === warned) return;
    this.warned = warned;
    this.#changed();
  }

  /** @param {?Truth} truth */
  reveal(truth) {
    this.truth = truth;
    this.#changed();
  }

  /** The playhead has reached the end. */
  end() {
    if (this.down || this.ended) return;
    this.ended = true;
    this.#changed();
  }

  /** @param {Answer} answer */
  #answer(answer) {
    if (!this.down) return;
    this.#answered?.(answer);
    this.lift();
  }

  #changed() {
    for (const listener of [...this.#listeners]) listener();
  }
}
