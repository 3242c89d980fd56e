/** The inside of a step shows the lines that the step uses with the run's settings, and no others. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { rules, stepOf } from "./inside_step.mjs";

const { contract } = await import(`${process.env.MODULES}/contract.js`);
const { compute, stepFormula } = await import(`${process.env.MODULES}/stage/step/formula.js`);
const { usedRule } = await import(`${process.env.MODULES}/stage/step/used.js`);

/** The rule of an optimizer as it is shown with some settings. */
function shown(optimizer, values = {}) {
  const all = { ...contract.optimizers[optimizer].defaults, ...values };
  return usedRule(rules[optimizer], (name) => all[name]);
}

const keysOf = ({ lines }) => lines.map(({ key }) => key);

for (const optimizer of Object.keys(rules))
  test(`with its defaults ${optimizer} uses every line`, () => assert.equal(shown(optimizer), rules[optimizer]));

test("with the second moment off, neither v nor a division by 1 is shown", () => {
  const rule = shown("dissected", { second_moment: 0 });
  assert.deepEqual(keysOf(rule), ["g", "m", "m_hat", "update"]);
  assert.ok(!JSON.stringify(rule.lines.at(-1).formula).includes("denominator"));
});

test("other switches leave out only what the step does not use", () => {
  const all = keysOf(rules.dissected);
  for (const values of [{ first_moment: 0 }, { correct_m: 0 }, { correct_v: 0 }, { root: 0 }, { eps_inside: 1 }])
    assert.deepEqual(keysOf(shown("dissected", values)), all);
});

test("the shown lines compute the step of torch", () => {
  const values = { second_moment: 0, lr: 0.205 };
  const step = stepOf("dissected", { gradient: [1.5, -4], before: [-3, 2], values });
  const rule = shown("dissected", values);
  for (const axis of [0, 1]) {
    assert.equal(compute(rule.lines.at(-1).formula, step.lookup(axis)), step.after(axis));
    const added = compute(
      stepFormula(rule, (name) => step.value(name)),
      step.lookup(axis),
    );
    assert.equal(step.before(axis) + added, step.after(axis));
  }
});
