/** The drawing of a step: arrows head to tail at true length or at a factor, and the sentences about both. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { stepOf } from "./inside_step.mjs";

const { Overlays } = await import(`${process.env.MODULES}/stage/step/overlays.js`);
const { drawnLengths } = await import(`${process.env.MODULES}/stage/step/drawn_lengths.js`);
const { rounded } = await import(`${process.env.MODULES}/stage/step/factors.js`);
const { brief } = await import(`${process.env.MODULES}/kit/numbers.js`);
const { words } = await import(`${process.env.MODULES}/stage/words.js`);

/** A canvas that only notes where lines go. */
function paper() {
  const lines = [];
  let pen = null;
  const note = {
    measureText: () => ({ width: 10 }),
    moveTo: (x, y) => {
      pen = [x, y];
    },
    lineTo: (x, y) => {
      lines.push([...pen, x, y]);
      pen = [x, y];
    },
  };
  const context = new Proxy(note, { get: (to, name) => to[name] ?? (() => {}), set: () => true });
  return { lines, context };
}
globalThis.window = { devicePixelRatio: 1 };
globalThis.document = { createElement: () => ({ getContext: () => paper().context }) };

/** Draw some lines of a step on a map with 100 pixels for one unit. */
function drawn(step, keys, lit) {
  const area = { left: 0, top: 0, width: 1000, height: 1000 };
  const overlays = new Overlays({ area, project: (x, y) => [100 * x, -100 * y] });
  const inks = Object.fromEntries(step.rule.lines.map(({ ink }) => [ink, ink]));
  const theme = { page: "#fff", ink: "#000", inks, scale: 1, font: "sans-serif" };
  const wanted = step.rule.lines.filter(({ key }) => keys.includes(key));
  const { lines, context } = paper();
  const factors = overlays.draw(context, step, wanted, lit, theme, { measured: wanted, taken: [] });
  const starts = new Set(lines.map(([x, y]) => [x, y].map((at) => at.toFixed(6)).join()));
  // An arrow's head is drawn from its tip.
  const tipAt = ([x, y]) => starts.has([100 * x, -100 * y].map((at) => at.toFixed(6)).join());
  return { factors, lines, tipAt, sentences: drawnLengths(step, wanted, factors) };
}

test("arrows stand head to tail at true length", () => {
  const before = [2, -3];
  const values = { lr: 0.3, weight_decay: 0.3 };
  const step = stepOf("adamw", { gradient: [0.9, -1.1], before, values, past: 0.4 });
  const { factors, tipAt } = drawn(step, ["m", "update"], "m");
  assert.deepEqual(factors, { gradient: 1, move: 1, own: null });
  const from = (vector) => vector.map((length, axis) => before[axis] + length);
  const kept = [0, 1].map((axis) => step.value("beta1") * 0.4 * (axis + 1));
  const whole = [0, 1].map((axis) => step.part("m", axis));
  const decay = [0, 1].map((axis) => step.part("decay", axis));
  assert.ok(tipAt(from(kept)), "what is kept of the memory begins where the step begins");
  assert.ok(tipAt(from(whole)), "with the new gradient's share it ends where m ends");
  assert.ok(tipAt(from(decay)));
  assert.ok(tipAt([step.after(0), step.after(1)]), "decay and the rest add up to the step");
  assert.ok(!tipAt(from([0.123, 0.456])));
});

test("what is too small to be seen is drawn longer by a round factor, and the panel names it", () => {
  const step = stepOf("adam", { gradient: [0.02, 0.01], before: [1, 1], values: { lr: 1e-4 }, past: 0.01 });
  const { factors, sentences } = drawn(step, ["g", "update"], null);
  for (const factor of [factors.gradient, factors.move]) assert.match(String(factor), /^[125]0*$/);
  const { drawn: sentence, short } = sentences;
  assert.ok(sentence.includes(words.step.lengths.times(factors.move.toLocaleString("en"))));
  assert.equal(short, "");
});

test("what is too large for the map is drawn at a factor below one", () => {
  const step = stepOf("sgd", { gradient: [400, 300], before: [1, 1], values: { lr: 0.01 } });
  const { factors, sentences } = drawn(step, ["g", "update"], null);
  assert.equal(factors.gradient, 0.005);
  assert.ok(sentences.drawn.includes("0.005"));
});

test("what is too short is not drawn, and the panel names it", () => {
  const step = stepOf("sgd", { gradient: [1e-9, 1e-9], before: [1, 1], values: { lr: 0.1 } });
  const { factors, lines, sentences } = drawn(step, ["g", "update"], null);
  assert.deepEqual({ factors, lines }, { factors: { gradient: null, move: null, own: null }, lines: [] });
  const { short } = sentences;
  assert.ok(short.includes(words.step.lengths.faint("g", "1.4e−9")));
  assert.ok(short.includes("1,000,000"));
});

test("the panel states that a step has length zero", () => {
  const step = stepOf("sgd", { gradient: [0, 0], before: [1, 1], values: { lr: 0.1 } });
  assert.ok(drawn(step, ["g", "update"], null).sentences.short.startsWith(words.step.lengths.still));
});

test("a selected line that could not be seen has a multiple of its own, and the panel names the multiple", () => {
  const step = stepOf("adam", { gradient: [3, 0], before: [2, -3], values: { beta1: 0.999 }, past: 0 });
  const m = [step.part("m", 0), step.part("m", 1)];
  assert.equal(drawn(step, ["g", "m"], null).factors.own, null, "without a selected line all have one multiple");
  const { factors, tipAt, sentences } = drawn(step, ["g", "m"], "m");
  assert.equal(factors.gradient, 1);
  assert.equal(factors.own.key, "m");
  assert.match(String(factors.own.factor), /^[125]0+$/);
  assert.ok(tipAt([2 + 3, -3]), "the gradient keeps its length");
  assert.ok(tipAt([2 + m[0] * factors.own.factor, -3 + m[1] * factors.own.factor]));
  const { parts, times, true: full } = words.step.lengths;
  assert.ok(sentences.drawn.includes(parts(["g"], [], full)));
  assert.ok(sentences.drawn.includes(parts(["m"], [], times(rounded(factors.own.factor)))));
});

test("a selected line that can be seen is drawn as before", () => {
  const step = stepOf("adam", { gradient: [3, 0], before: [2, -3], past: 0 });
  assert.equal(drawn(step, ["g", "m"], "m").factors.own, null);
});

test("a selected arrow ends within the map", () => {
  const step = stepOf("sgd", { gradient: [3, 0], before: [9, -3] });
  const { factors, tipAt } = drawn(step, ["g"], "g");
  assert.deepEqual(factors.own, { key: "g", factor: 0.2 });
  assert.ok(tipAt([9 + 3 * 0.2, -3]));
});

test("a selected line that is too short is not drawn, and the panel states its length", () => {
  const values = { beta1: 1 - 1e-12 };
  const step = stepOf("adam", { gradient: [3, 0], before: [2, -3], values, past: 0 });
  const { factors, tipAt, sentences } = drawn(step, ["g", "m"], "m");
  assert.deepEqual(factors.own, { key: "m", factor: null });
  assert.ok(tipAt([5, -3]));
  assert.equal(
    sentences.short,
    words.step.lengths.shortLine("m", "1,000,000", brief(Math.hypot(step.part("m", 0), step.part("m", 1)))),
  );
  const still = stepOf("adam", { gradient: [3, 0], before: [2, -3], values: { beta1: 1 }, past: 0 });
  assert.equal(drawn(still, ["g", "m"], "m").sentences.short, words.step.lengths.zeroLine("m"));
});
