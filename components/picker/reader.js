/** Asks the server what a typed formula means. Only the answer to the latest text counts. */

import { resolve } from "../kit/place.js";

/** @import { FormulaReading } from "../contract.js" */

export class Reader {
  /** @type {AbortController | null} */
  #request = null;

  /**
   * Read a text. Resolves with null if another text was given meanwhile, or if the server cannot be reached.
   * @param {string} text
   * @returns {Promise<FormulaReading | null>}
   */
  async read(text) {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    try {
      const answer = await fetch(resolve("api/formula"), { method: "POST", body: text, signal: request.signal });
      if (!answer.ok || request.signal.aborted) return null;
      return /** @type {FormulaReading} */ (await answer.json());
    } catch (failure) {
      if (request.signal.aborted || failure instanceof TypeError) return null;
      throw failure;
    }
  }

  close() {
    this.#request?.abort();
  }
}
