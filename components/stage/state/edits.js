/**
 * Sends edits to Python, and decides which state from Python is valid.
 *
 * Every committed edit has a number, and Python sends the last number that it has received. State that Python sent
 * before it received the latest edit is ignored. If Python sends the same number twice, the connection may have lost
 * the edit: it is sent again.
 */

/** @import { Scenario } from "../../contract.js" */
/** @typedef {{scenario: ?Scenario} | {link: string}} Edit */
/** @typedef {{sequence: number} & Edit} NumberedEdit */
/** @typedef {{visit: string, acknowledged: ?number}} Acknowledgement */

export class Edits {
  /** @type {?((edit: NumberedEdit) => void)} */
  #sender = null;
  /** The number of the last edit. */
  #sequence = 0;
  /** @type {?NumberedEdit} */
  #last = null;
  /** The number of the last edit that Python has received. */
  #seen = 0;
  /** @type {?string} the session of Python that has sent state last */
  #visit = null;

  /** @param {(edit: NumberedEdit) => void} sender carries edits to Python */
  connect(sender) {
    this.#sender = sender;
  }

  /** The number of the last edit. */
  get sequence() {
    return this.#sequence;
  }

  /** @param {Edit} edit */
  send(edit) {
    this.#sequence += 1;
    this.#last = { sequence: this.#sequence, ...edit };
    this.#sender?.(this.#last);
  }

  /** Send the last edit again if Python has not received it: a broken connection may have lost it. */
  repeat() {
    if (this.#seen < this.#sequence && this.#last !== null) this.#sender?.(this.#last);
  }

  /**
   * What to do with the state that Python has sent: take it, ignore it, or send Python the browser's state.
   *
   * After a restart of the server a new session sends state. If it has acknowledged no edit (null), it has only read
   * the address: it is sent the scenario that the browser shows.
   * @param {Acknowledgement} acknowledgement
   * @returns {"take" | "ignore" | "send"}
   */
  judge({ visit, acknowledged }) {
    const restarted = this.#visit !== null && this.#visit !== visit;
    this.#visit = visit;
    if (restarted && acknowledged === null) return "send";
    const seen = acknowledged ?? 0;
    const again = seen === this.#seen;
    this.#seen = seen;
    if (!restarted && seen < this.#sequence) {
      if (again) this.repeat();
      return "ignore";
    }
    this.#sequence = seen;
    return "take";
  }
}
