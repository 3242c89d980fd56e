/** The parsing of fields, the place of the thumb of a slider, and the lr of a new run. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { exact, parse, refusal, short } = await import(`${process.env.MODULES}/panel/typed.js`);
const { nearest, stopsUpTo } = await import(`${process.env.MODULES}/panel/scale.js`);
const { newRun } = await import(`${process.env.MODULES}/panel/newrun.js`);
const { words } = await import(`${process.env.MODULES}/panel/words.js`);
const { contract } = await import(`${process.env.MODULES}/contract.js`);

const { steps, x } = contract.limits;
const whole = { name: "steps", low: 1, high: 20_000, whole: true };
const decimal = { name: "x", low: -1e9, high: 1e9 };

for (const [text, value] of [
  ["1,000", 1000],
  ["1,234,567", 1234567],
  ["1 000", 1000],
  ["1\u202f000", 1000],
  ["1'000", 1000],
  ["1.234.567", 1234567],
  ["1,5", 1.5],
  ["150", 150],
  ["1e3", 1000],
])
  test(`a whole-number field reads ${text} as ${value}`, () => assert.equal(parse(text, true), value));

for (const [text, value] of [
  ["1,5", 1.5],
  ["0,195", 0.195],
  ["-0,001", -0.001],
  ["1,0000", 1],
  ["1.000", 1],
  ["1,234.5", 1234.5],
  ["1.234,5", 1234.5],
  ["-1,234,567", -1234567],
  ["12 345.5", 12345.5],
  ["−3", -3],
  [".5", 0.5],
  ["2e-3", 0.002],
])
  test(`a decimal field reads ${text} as ${value}`, () => assert.equal(parse(text), value));

for (const text of ["", "abc", "1,00,000", "1,23.4", "1.2.3", "1,2,3", "12,34,567", "1 00", "0x10", "Infinity"])
  test(`no field takes “${text}”`, () => {
    assert.ok(Number.isNaN(parse(text)));
    assert.notEqual(refusal(text, decimal), null);
    assert.ok(Number.isNaN(parse(text, true)));
  });

test("what can mean two numbers is refused, and both are named", () => {
  for (const [text, record, one, other] of [
    ["1,000", decimal, "1", "1000"],
    ["-12,345", decimal, "-12.345", "-12345"],
    ["1.000", whole, "1", "1000"],
  ]) {
    assert.ok(Number.isNaN(parse(text, record.whole)));
    assert.equal(refusal(text, record), words.ambiguous(record.name, text, one, other));
  }
});

test("a refusal names the number and what is allowed", () => {
  assert.equal(refusal("1,000", steps), null);
  assert.equal(refusal("", steps), words.nothing("steps", true));
  assert.equal(refusal("abc", decimal), words.noNumber("x", false, "abc"));
  assert.equal(refusal("1.5", whole), words.outside("steps", true, "1", "20000", "1.5"));
  assert.equal(refusal("1e999", x), words.infinite("x", "1e999"));
});

test("a number at rest never has more characters than there is room", () => {
  for (const value of [10000.25, 9007199254740991, -1.7976931348623157e308, 1e-300, 0.1 + 0.2, -3.7000000000000002])
    assert.ok(short(value, 7).length <= 7, `${value}: ${short(value, 7)}`);
  assert.equal(parse(exact(0.1 + 0.2)), 0.1 + 0.2);
});

test("the thumb stands at the nearest stop", () => {
  const stops = [0, 1, 10, 100];
  assert.deepEqual(
    [-5, 0, 0.4, 0.6, 6, 99, 1e9].map((value) => nearest(stops, value)),
    [0, 0, 0, 1, 2, 3, 3],
  );
});

const optimizers = contract.optimizers;
const run = (optimizer, lr) => ({ optimizer, values: { ...optimizers[optimizer].defaults, lr } });
const stays = () => false;
const rate = optimizers.momentum.defaults.lr;

test("a new run has the lr of the first run to which the number means the same", () => {
  const { run: made, note } = newRun("momentum", optimizers, [run("adam", 0.3), run("sgd", 0.07)], stays);
  assert.deepEqual(made, { optimizer: "momentum", values: { ...optimizers.momentum.defaults, lr: 0.07 } });
  assert.equal(note, words.copiedRate(optimizers.sgd.label, "0.07"));
});

test("the lr of a run that left the map is not copied", () => {
  const runs = [run("sgd", 5), run("sgd", 0.07)];
  const left = (one) => one === runs[0];
  assert.equal(newRun("momentum", optimizers, runs, left).run.values.lr, 0.07);
  const { run: made, note } = newRun("momentum", optimizers, runs.slice(0, 1), left);
  assert.equal(made.values.lr, rate);
  assert.equal(note, words.defaultRateInstead(exact(rate), optimizers.sgd.label, "5"));
});

test("without a run of the same family a new run has torch's default", () => {
  const { run: made, note } = newRun("momentum", optimizers, [run("adam", 0.3)], stays);
  assert.deepEqual([made.values.lr, note], [rate, words.defaultRate(exact(rate))]);
});

test("the last stop of the batch is the number of examples, once", () => {
  const { stops } = contract.limits.batch;
  assert.deepEqual(stopsUpTo(stops, 50), [0, 1, 2, 4, 8, 16, 32, 50]);
  assert.deepEqual(stopsUpTo(stops, 32), [0, 1, 2, 4, 8, 16, 32]);
  assert.equal(stopsUpTo(stops, 2000).at(-1), 2000);
});
