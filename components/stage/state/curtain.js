/**
 * What a lesson hides until the learner has predicted, and the prediction itself.
 *
 * It belongs to the store of a stage: the question beside the stage, the stage and the presenter's keys share it.
 */

/** @import { Point } from "../../kit/types.js" */

/**
 * An answer as Python receives it: the index of a choice, the position of the flag, or nothing if it was skipped.
 * @typedef {{option?: number, flag?: Point}} Answer
 * @typedef {{point: Point, placed: boolean}} PlantedFlag
 * @typedef {{point: Point, words: string}} Truth
 */

export class Curtain {
  /** Whether the walk is hidden, and with it everything that would give away the answer. */
  down = false;
  /** @type {?PlantedFlag} the flag; null where the question asks for none */
  flag = null;
  /** @type {?Truth} where the run in question ended; null while that is unknown or must not be shown */
  truth = null;
  /** @type {unknown} the scenario that the flag was placed for: over another scenario it means nothing */
  guessed = null;
  /** Whether the playhead has been at the end since the curtain was lifted. */
  ended = false;
  /** How many answers there are to choose from; 0 where the question asks for a flag. */
  choices = 0;
  /** @type {?number} the index of the answer that is chosen */
  chosen = null;
  /** Whether a presenter has tried to run without a prediction; the second attempt runs. */
  warned = false;
  #hung = false;
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
   * Take Python's state. Only the first call lowers the curtain: later the browser knows best whether it was lifted.
   * @param {boolean} down
   */
  hang(down) {
    if (this.#hung && (down || !this.down)) return;
    this.#hung = true;
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
   * Ask for a flag, which waits at `point`; `placed` if the learner had placed it there before.
   * @param {Point} point
   */
  ask(point, placed = false) {
    this.flag ??= { point, placed };
    this.#changed();
  }

  /** @param {Point} point */
  plant(point) {
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
   * Stop sending answers to a question that has left the page.
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

  /** Send the prediction and lift the curtain. Without a prediction nothing happens. */
  run() {
    if (this.prediction !== null) this.#answer(this.prediction);
  }

  /** Lift the curtain without a prediction. */
  skip() {
    this.#answer({});
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
