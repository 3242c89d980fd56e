/** The playhead: where on the walk the stage stands, and how it moves. It knows steps and time, nothing of pictures. */

export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, Infinity];

/** Seconds that a whole walk takes at speed 1: short walks are slowed, long ones hurried, so that each can be followed. */
export function duration(steps) {
  return 3 + 5 * Math.min(1, steps / 300);
}

export class Playback {
  /** Where it stands, in steps; between two whole numbers while it moves. */
  position = 0;
  playing = false;
  speed = 1;
  loop = false;
  steps = 0;
  received = -1;
  /** Whether it stands at the end of what has arrived and goes along with what still arrives. */
  following = false;
  #last = null;

  /** @param {Function} changed called whenever something moved or began or ceased to move. */
  constructor(changed) {
    this.changed = changed;
  }

  get step() {
    return Math.floor(this.position + 1e-9);
  }

  get atEnd() {
    return this.position >= this.steps;
  }

  /** A new walk has begun to arrive, or more of the same: the playhead keeps its place as far as it can. */
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

  seek(step) {
    this.following = false;
    this.playing = false;
    this.position = Math.max(0, Math.min(step, this.steps, Math.max(0, this.received)));
    this.changed();
  }

  by(steps) {
    this.seek(this.step + steps);
  }

  /** Turn to the step before or after the one that begins here; false if there is none. */
  stepBy(steps) {
    const next = Math.min(this.step, this.steps - 1) + steps;
    if (next < 0 || next >= Math.min(this.steps, this.received)) return false;
    this.seek(next);
    return true;
  }

  /** Go to the end and stay there, also while the end is still arriving. */
  toEnd() {
    this.seek(this.steps);
    this.following = this.position < this.steps;
  }

  /** Move on by the time that has passed; `now` in milliseconds. */
  tick(now) {
    if (!this.playing) return;
    const elapsed = this.#last === null ? 0 : Math.min(0.1, (now - this.#last) / 1000);
    this.#last = now;
    const rate = (this.steps / duration(this.steps)) * this.speed;
    const ahead = this.speed === Infinity ? this.steps : this.position + elapsed * rate;
    this.position = Math.min(ahead, this.steps, Math.max(0, this.received));
    if (!this.atEnd) return;
    if (this.loop && this.speed !== Infinity) this.position = 0;
    else this.playing = false;
  }
}
