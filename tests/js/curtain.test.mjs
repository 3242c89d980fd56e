/** A prediction is chosen or placed, then run or skipped once, by any of the buttons or keys. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { Curtain } = await import(`${process.env.MODULES}/stage/state/curtain.js`);

/** A curtain that hides a walk, the answers that were sent, and how often its listeners were called. */
function hung(choices) {
  const curtain = new Curtain();
  const seen = { answers: [], changes: 0 };
  curtain.offer(choices, (answer) => seen.answers.push(answer));
  curtain.receive(true);
  curtain.subscribe(() => (seen.changes += 1));
  return { curtain, seen };
}

test("an answer is chosen by its index, and sent once when it is run", () => {
  const { curtain, seen } = hung(3);
  curtain.run();
  assert.deepEqual([curtain.prediction, seen.answers, curtain.down], [null, [], true]);
  for (const choice of [3, -1]) curtain.choose(choice);
  assert.equal(curtain.chosen, null, "there is no such answer");
  curtain.choose(1);
  curtain.choose(1);
  assert.equal(seen.changes, 1);
  curtain.choose(2);
  curtain.run();
  curtain.run();
  curtain.skip();
  assert.deepEqual([seen.answers, curtain.down], [[{ option: 2 }], false]);
  curtain.choose(0);
  assert.equal(curtain.chosen, 2, "after the walk the prediction stays");
});

test("a flag is a prediction once it is placed", () => {
  const { curtain, seen } = hung(0);
  curtain.ask([0, 0]);
  assert.equal(curtain.prediction, null);
  curtain.placeFlag([1, 2]);
  curtain.run();
  assert.deepEqual(seen.answers, [{ flag: [1, 2] }]);
  curtain.placeFlag([3, 4]);
  assert.deepEqual(curtain.flag, { point: [1, 2], placed: true });
});

test("skipping sends an empty answer", () => {
  const { curtain, seen } = hung(2);
  curtain.choose(1);
  curtain.skip();
  assert.deepEqual([seen.answers, curtain.down], [[{}], false]);
});

test("a message from Python lowers the curtain once; later messages can only lift it", () => {
  const { curtain } = hung(2);
  curtain.skip();
  curtain.receive(true);
  assert.equal(curtain.down, false);
  const other = hung(2).curtain;
  other.receive(false);
  assert.deepEqual([other.down, other.ended], [false, true]);
});

test("a question is asked again when Python has taken the answer back", () => {
  const { curtain, seen } = hung(2);
  curtain.askAgain();
  assert.deepEqual(seen.answers, [], "it is not answered yet");
  curtain.choose(1);
  curtain.run();
  curtain.end();
  curtain.askAgain();
  assert.deepEqual([seen.answers.at(-1), curtain.down], [{ again: true }, false]);
  curtain.receive(false);
  assert.equal(curtain.down, false, "an earlier message of Python");
  curtain.receive(true);
  assert.deepEqual([curtain.down, curtain.ended, curtain.prediction], [true, false, null]);
  curtain.skip();
  curtain.receive(true);
  assert.equal(curtain.down, false, "Python has not yet received that it was skipped");
});

test("a flag of a question that is asked again is in the corner", () => {
  const { curtain } = hung(0);
  curtain.ask([0, 0]);
  curtain.placeFlag([1, 2]);
  curtain.run();
  curtain.askAgain();
  curtain.receive(true);
  assert.deepEqual([curtain.flag, curtain.prediction], [{ point: [0, 0], placed: false }, null]);
});

test("a question that was removed from the page receives no answer, and its successor receives all", () => {
  const { curtain, seen } = hung(2);
  const answers = [];
  const second = (answer) => answers.push(answer);
  curtain.offer(2, second);
  curtain.withdraw(() => {});
  curtain.skip();
  assert.deepEqual([answers, seen.answers], [[{}], []]);
  const { curtain: third } = hung(2);
  third.offer(2, second);
  third.withdraw(second);
  third.skip();
  assert.equal(answers.length, 1);
});

test("a warning, the truth and the end are each announced once", () => {
  const { curtain, seen } = hung(2);
  curtain.warn(true);
  curtain.warn(true);
  curtain.end();
  assert.deepEqual([seen.changes, curtain.ended], [1, false]);
  curtain.skip();
  curtain.end();
  curtain.end();
  assert.deepEqual([seen.changes, curtain.ended], [3, true]);
});
