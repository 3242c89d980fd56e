/** Formulas computed, settled and taken apart; and the step that a rule's last line adds to the position. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { rules, stepOf } from "./inside_step.mjs";

const { compute, factors, settings, settle, spelled, stacked, stepFormula, symbols, terms } = await import(
  `${process.env.MODULES}/stage/step/formula.js`
);

const number = (value) => ["number", String(value)];
const letter = (text) => ({ text, accent: null, sup: null, sub: null });
const value = (name) => ["symbol", letter(name), ["value", name]];
const lookup = settings((name) => ({ a: 2, b: 3 })[name]);

test("every kind of node is computed", () => {
  const [a, b] = [value("a"), value("b")];
  const cases = [
    [number("1e-8"), 1e-8],
    [["group", a], 2],
    [["root", number(9)], 3],
    [["abs", number(-4)], 4],
    [["max", a, b], 3],
    [["power", a, b], 8],
    [["fraction", a, b], 2 / 3],
    [["sum", ["+", a], ["-", b], ["+", number(10)]], 9],
    [["product", ["*", a], ["/", b], ["*", number(6)]], 4],
    [["cases", [a, [a, b]], [b, null]], 3],
    [["cases", [a, [b, a]], [b, null]], 2],
  ];
  for (const [node, result] of cases) assert.equal(compute(node, lookup), result, JSON.stringify(node));
});

test("an unknown symbol makes the result no number, not zero", () => {
  const unknown = ["symbol", letter("m"), ["part", "m", 0]];
  assert.equal(compute(["sum", ["+", number(1)], ["+", unknown]], lookup), Number.NaN);
  assert.equal(compute(["gradient"], lookup), Number.NaN);
});

test("a case is settled only where both sides are known", () => {
  const part = ["symbol", letter("r"), ["part", "rho", 0]];
  const node = ["root", ["cases", [value("a"), [part, number(5)]], [value("b"), null]]];
  assert.deepEqual(settle(node, lookup), node);
  assert.deepEqual(
    settle(node, (of) => (of[0] === "part" ? 6 : lookup(of))),
    ["root", value("a")],
  );
  assert.deepEqual(
    settle(node, (of) => (of[0] === "part" ? 5 : lookup(of))),
    ["root", value("b")],
  );
  const beyond = ["cases", [value("a"), [number(5), part]], [value("b"), null]];
  assert.deepEqual(settle(beyond, lookup), beyond);
});

test("terms, factors and symbols come in the order in which they are drawn", () => {
  const [a, b] = [value("a"), value("b")];
  assert.deepEqual(terms(["sum", ["+", a], ["-", b]]), [
    ["+", a],
    ["-", b],
  ]);
  assert.deepEqual(terms(a), [["+", a]]);
  assert.deepEqual(factors(["root", a]), [["*", ["root", a]]]);
  const nested = [
    "cases",
    [
      ["fraction", a, b],
      [b, a],
    ],
    [["power", b, number(2)], null],
  ];
  assert.deepEqual(
    symbols(nested).map((node) => node[1].text),
    ["a", "b", "b", "a", "b"],
  );
});

test("a symbol is spelled with its accent and without its index", () => {
  assert.equal(spelled({ text: "m", accent: "^", sup: null, sub: "t" }), "m\u0302");
  assert.equal(spelled({ text: "v", accent: null, sup: "max", sub: "t" }), "v max");
});

test("a division becomes a fraction without the parentheses that its bar replaces", () => {
  const [a, b] = [value("a"), value("b")];
  const sum = ["sum", ["+", a], ["+", b]];
  assert.deepEqual(stacked(["product", ["*", a], ["*", b], ["/", ["group", sum]]]), [
    "fraction",
    ["product", ["*", a], ["*", b]],
    sum,
  ]);
  assert.deepEqual(stacked(["sum", ["-", ["product", ["*", a], ["/", b]]]]), ["sum", ["-", ["fraction", a, b]]]);
  assert.deepEqual(stacked(["product", ["*", a], ["*", b]]), ["product", ["*", a], ["*", b]]);
});

for (const optimizer of Object.keys(rules)) {
  test(`the step of ${optimizer} is what its last line adds to the position`, () => {
    const step = stepOf(optimizer, { gradient: [0.75, -1.5], before: [0, 0] });
    const formula = stepFormula(step.rule, step.value);
    for (const axis of [0, 1]) {
      const added = compute(formula, step.lookup(axis));
      assert.ok(Number.isFinite(added) && added !== 0);
      assert.ok(Math.abs(added - step.after(axis)) <= 1e-15 * Math.abs(added));
      assert.ok(Math.abs(compute(stacked(formula), step.lookup(axis)) - added) <= 1e-15 * Math.abs(added));
    }
    assert.ok(symbols(formula).every(([, , of]) => of[0] !== "position"));
  });
}

test("Adam's denominator is written out, RAdam's is not: its cases depend on the step", () => {
  const lookup = ({ adam, radam }) => [adam, radam];
  const [adam, radam] = lookup(rules).map((rule) => symbols(stepFormula(rule, () => 0.5)).map(([, , of]) => of[1]));
  assert.deepEqual(adam, ["lr", "m_hat", "v_hat", "eps"]);
  assert.deepEqual(radam, ["lr", "r", "m_hat", "denominator"]);
});

test("a switch decides how the denominator is written", () => {
  const of = (changed) => {
    const { rule, value } = stepOf("dissected", { gradient: [1, 1], before: [0, 0], values: changed });
    return symbols(stepFormula(rule, value)).map(([, , meaning]) => meaning[1]);
  };
  assert.deepEqual(of({}), ["lr", "m_hat", "v_hat", "eps"]);
  assert.deepEqual(of({ second_moment: 0 }), ["lr", "m_hat"]);
});
