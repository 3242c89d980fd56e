/** Numbers, names and links as texts, where the comparison with Python does not reach: every branch once, by hand. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { contract } = await import(`${process.env.MODULES}/contract.js`);
const { brief, exact, significant, spell, tick } = await import(`${process.env.MODULES}/kit/numbers.js`);
const { runName, settings, distinctSettings } = await import(`${process.env.MODULES}/kit/runs.js`);
const { linkOf } = await import(`${process.env.MODULES}/stage/wire/link.js`);
const { minus, infinity, no_number: none } = contract.words;

test("values that are not finite have words", () => {
  assert.deepEqual([NaN, Infinity, -Infinity].map(brief), [none, infinity, minus + infinity]);
});

test("all digits read back, also of the smallest and the largest", () => {
  for (const value of [0.1 + 0.2, 5e-324, 1.7976931348623157e308, 1e21, 123456789, -1 / 3])
    assert.equal(Number(exact(value).replace(minus, "-")), value);
});

test("no number in a link has a plus, which a form reads as a space", () => {
  for (const value of [1e21, 1e-7, -1e300]) assert.doesNotMatch(spell(value, contract.spellings.link, "-"), /[+ ]/);
});

test("short spellings have few digits", () => {
  assert.deepEqual([0.5, 0, -0.25].map(tick), ["0.5", "0", `${minus}0.25`]);
  assert.ok(significant(Math.PI).startsWith("3.14"));
  assert.equal(significant(2), "2.000", "a number in a formula keeps its width");
});

const run = (optimizer, changed = {}) => ({
  optimizer,
  values: { ...contract.optimizers[optimizer].defaults, ...changed },
});
const [first, second] = Object.keys(contract.optimizers);

test("a run has a number only beside another of its optimizer", () => {
  const runs = [run(first), run(second), run(first, { lr: 0.5 })];
  const { label } = contract.optimizers[first];
  const names = runs.map((_, index) => runName({ runs }, index));
  assert.equal(new Set(names).size, 3);
  assert.equal(names[1], contract.optimizers[second].label);
  assert.ok(names[0].includes(label) && names[0].includes("1") && names[2].includes("3"));
});

test("of a run's settings, lr and those that differ are named", () => {
  const changed = run(first, { lr: 0.5 });
  assert.equal(distinctSettings(changed), settings(changed, ["lr"]));
  assert.ok(settings(changed).includes("0.5"));
});

test("a link leaves out what has its default", () => {
  const scenario = {
    surface: "hump",
    points: [],
    table: null,
    start: [1e21, -0.5],
    steps: 50,
    batch: 0,
    noise: 0,
    seed: 0,
    runs: [run(first)],
  };
  assert.equal(linkOf(scenario), `surface=hump&start=1e21,-0.5&steps=50&run=${first}`);
  const more = { ...scenario, noise: 0.25, seed: 3, runs: [run(first, { lr: 0.5 }), run(second)] };
  assert.ok(linkOf(more).endsWith(`&noise=0.25&seed=3&run=${first}:lr=0.5&run=${second}`));
});
