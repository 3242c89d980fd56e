/** The rules of all optimizers, as trees: fetched once, when somebody first looks inside a step. */

let loading = null;

/** `{key: {lines, rate}}`; see charts/formula.py. */
export async function rules(assets) {
  loading ??= fetch(`${assets}/optimizers.json`).then((answer) => {
    if (!answer.ok) throw new Error(`The rules of the optimizers did not load: the server answered ${answer.status}.`);
    return answer.json();
  });
  try {
    return await loading;
  } catch (failure) {
    loading = null;
    throw failure;
  }
}
