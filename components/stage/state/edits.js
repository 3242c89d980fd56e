/**
 * The one way of edits to Python, and of Python's state to the browser.
 *
 * Every committed edit has a number. Python says which number it has seen last. State that Python sent before it saw
 * our
 * latest edit is ignored. If Python repeats the same number, the connection may have lost the edit: it is sent again.
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
  /** The last edit that Python has seen. */
  #seen = 0;
  /** @type {?string} which of Python's sessions has answered last */
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

  /** Send the last edit again if Python has not seen it: a broken connection may have lost it. */
  repeat() {
    if (this.#seen < this.#sequence && this.#last !== null) this.#sender?.(this.#last);
  }

  /**
   * What to do with the state that Python has sent.
   *
   * After a restart of the server another session answers. While all that it knows is the address it has acknowledged
   * nothing (null): then it gets what the browser shows ("tell").
   * @param {Acknowledgement} acknowledgement
   * @returns {"take" | "ignore" | "tell"}
   */
  judge({ visit, acknowledged }) {
    const restarted = this.#visit !== null && this.#visit !== visit;
    this.#visit = visit;
    if (restarted && acknowledged === null) return "tell";
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
