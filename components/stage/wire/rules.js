/** The rules of all optimizers, as trees. They are fetched once, when the inside of a step is first opened. */

import { words } from "../words.js";

/** @import { Rule } from "../../contract.js" */

/** @type {?Promise<Object<string, Rule>>} */
let loading = null;

/**
 * Every optimizer's rule by the optimizer's key; see charts/formula.py.
 * @param {string} assets the address of the assets
 */
export async function rules(assets) {
  loading ??= fetch(`${assets}/optimizers.json`).then((answer) => {
    if (!answer.ok) throw new Error(words.wire.noRules(answer.status));
    return answer.json();
  });
  try {
    return await loading;
  } catch (failure) {
    loading = null;
    throw failure;
  }
}
