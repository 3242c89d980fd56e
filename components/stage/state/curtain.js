/**
 * What a lesson hides until its learner has predicted, and the flag that a prediction can be made with. It hangs in the
 * store of a stage, where the question beside the stage and the stage itself meet.
 */

export class Curtain {
  /** Whether the walk is hidden, and with it everything held that would tell of it. */
  down = false;
  /** The flag `{point, placed}`; null where none is asked for. */
  flag = null;
  /** Where the run went whose end was to be guessed: `{point, words}`; null while that is not known or not to be seen. */
  truth = null;
  /** The scenario whose end was to be guessed: over another one a flag would say nothing. */
  guessed = null;
  /** Whether the playhead has been at the end since the curtain was lifted. */
  ended = false;
  /** How many answers there are to choose from; none where a flag is asked for. */
  choices = 0;
  /** Whether a presenter was about to run without a prediction: the next time it is meant. */
  warned = false;
  #hung = false;
  #listeners = new Set();

  /** Call `listener()` after every change until the returned function is called. */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hang it as Python says; once: whether it has been lifted since, the browser knows best. */
  hang(down) {
    if (this.#hung && (down || !this.down)) return;
    this.#hung = true;
    this.down = down;
    this.ended = !down;
    this.#tell();
  }

  lift() {
    if (!this.down) return;
    this.down = false;
    this.#tell();
  }

  /** Ask for a flag, which waits at `point`, or show again where it was planted. */
  ask(point, placed = false) {
    this.flag ??= { point, placed };
    this.#tell();
  }

  plant(point) {
    if (!this.down || this.flag === null) return;
    this.flag = { point, placed: true };
    this.#tell();
  }

  /** Offer so many answers to choose from. */
  offer(choices) {
    if (this.choices === choices) return;
    this.choices = choices;
    this.#tell();
  }

  /** Say that nothing is predicted yet, or no longer. */
  warn(warned) {
    if (this.warned === warned) return;
    this.warned = warned;
    this.#tell();
  }

  reveal(truth) {
    this.truth = truth;
    this.#tell();
  }

  end() {
    if (this.down || this.ended) return;
    this.ended = true;
    this.#tell();
  }

  #tell() {
    for (const listener of [...this.#listeners]) listener();
  }
}
