/** The playhead: the position on the walk that the stage shows, and how it moves in time. */

export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, Infinity];

/**
 * Seconds that a whole walk takes at speed 1: from 3 to 8, so that a visitor can follow both short and long walks.
 * @param {number} steps
 */
export function duration(steps) {
  return 3 + 5 * Math.min(1, steps / 300);
}

export class Playback {
  /** The position in steps; a fraction while it moves from one step to the next. */
  position = 0;
  playing = false;
  speed = 1;
  loop = false;
  steps = 0;
  received = -1;
  /** Whether the playhead moves to the last step that has arrived whenever more steps arrive. */
  following = false;
  /** Whether the playhead does not move, because a gesture goes on; `playing` does not change. */
  held = false;
  /** @type {?number} the time of the last tick, in milliseconds; null before the first tick after `play` */
  #last = null;

  /** @param {() => void} changed called whenever the playhead moves, starts or stops */
  constructor(changed) {
    this.changed = changed;
  }

  get step() {
    return Math.floor(this.position + 1e-9);
  }

  /**
   * The position that is drawn: the playhead's. But while a gesture changes the walk and nothing is played, it is the
   * end, so that each picture is a whole walk.
   */
  get shown() {
    return this.held && !this.playing ? this.steps : this.position;
  }

  get atEnd() {
    return this.position >= this.steps;
  }

  /**
   * Set how long the walk is and how much of it has arrived. The playhead keeps its position if the walk is long
   * enough.
   * @param {number} steps of the whole walk
   * @param {number} received the last step that has arrived
   */
  extent(steps, received) {
    const ending = this.following || (this.steps > 0 && this.atEnd && !this.playing);
    this.steps = steps;
    this.received = received;
    const limit = Math.max(0, Math.min(steps, received));
    this.position = ending ? limit : Math.min(this.position, steps);
    this.following = ending && received < steps;
  }

  play() {
    if (this.atEnd) this.position = 0;
    this.following = false;
    this.playing = true;
    this.#last = null;
    this.changed();
  }

  pause() {
    this.playing = false;
    this.position = this.step;
    this.changed();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  restart() {
    this.position = 0;
    this.play();
  }

  /** @param {number} step */
  seek(step) {
    this.following = false;
    this.playing = false;
    this.position = Math.max(0, Math.min(step, this.steps, Math.max(0, this.received)));
    this.changed();
  }

  /** @param {number} steps */
  by(steps) {
    this.seek(this.step + steps);
  }

  /**
   * Move by whole steps, from the step that begins at the position.
   * @param {number} steps
   * @returns {boolean} false if there is no such step
   */
  stepBy(steps) {
    const next = Math.min(this.step, this.steps - 1) + steps;
    if (next < 0 || next >= Math.min(this.steps, this.received)) return false;
    this.seek(next);
    return true;
  }

  /** Go to the end, and stay there while more steps arrive. */
  toEnd() {
    this.seek(this.steps);
    this.following = this.position < this.steps;
  }

  /**
   * Move on by the time that has passed.
   * @param {number} now in milliseconds
   */
  tick(now) {
    if (!this.playing) return;
    if (this.held) {
      this.#last = null;
      return;
    }
    const elapsed = this.#last === null ? 0 : Math.min(0.1, (now - this.#last) / 1000);
    this.#last = now;
    const rate = (this.steps / duration(this.steps)) * this.speed;
    const ahead = this.speed === Infinity ? this.steps : this.position + elapsed * rate;
    // While a new walk arrives, the playhead may be ahead of it: then it waits.
    this.position = Math.max(this.position, Math.min(ahead, this.steps, this.received));
    if (!this.atEnd) return;
    if (this.loop && this.speed !== Infinity) this.position = 0;
    else this.playing = false;
  }
}
