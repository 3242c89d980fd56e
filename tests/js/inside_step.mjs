/**
 * What the tests of the inside of a step share: the rules as the server sends them, and a step of numbers of our own.
 */

import { readFileSync } from "node:fs";

const { contract } = await import(`${process.env.MODULES}/contract.js`);
const { compute } = await import(`${process.env.MODULES}/stage/step/formula.js`);

export const rules = JSON.parse(readFileSync(new URL(`${process.env.MODULES}/optimizers.json`), "utf-8"));

/** A step of an optimizer whose parts follow from its rule: `gradient` and `before` are those of the step. */
export function stepOf(optimizer, { gradient, before, values = {}, past = 0.1, number = 5 }) {
  const rule = rules[optimizer];
  const all = { ...contract.optimizers[optimizer].defaults, ...values };
  const parts = { g: gradient };
  const lookup = (axis) => (of) => {
    if (of[0] === "gradient") return gradient[axis];
    if (of[0] === "position") return before[axis];
    if (of[0] === "step") return number;
    if (of[0] === "value") return all[of[1]];
    return of[2] === 0 ? parts[of[1]]?.[axis] : past * (axis + 1);
  };
  for (const { key, formula } of rule.lines) parts[key] = [0, 1].map((axis) => compute(formula, lookup(axis)));
  const { update, ...inner } = parts;
  const part = (key, axis) => inner[key][axis];
  const after = (axis) => update[axis];
  const result = (line, axis) => (line.key === "update" ? after(axis) : part(line.key, axis));
  return {
    rule,
    number,
    lookup,
    part,
    result,
    before: (axis) => before[axis],
    after,
    value: (name) => all[name],
  };
}
