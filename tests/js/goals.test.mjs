/** The present values beside a goal, in words. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { present } = await import(`${process.env.MODULES}/lesson/goals.js`);
const { words } = await import(`${process.env.MODULES}/lesson/words.js`);

const { goals: text } = words;
const value = (name, number, run = "") => ({ run, name, value: number });

test("a goal about one number needs no name, several numbers have theirs, and several runs too", () => {
  assert.equal(present([]), "");
  assert.equal(present([value("spread", "6.4 %")]), text.now("6.4 %"));
  const both = present([value("held", "1.0 %", "Adam"), value("accuracy", "100 %")]);
  assert.equal(both, text.now(`Adam: ${text.measures.held} 1.0 %, ${text.measures.accuracy} 100 %`));
});
