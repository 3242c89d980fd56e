/** What is requested about the examples of a step, for which step an answer is valid, and the order of the examples. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { recorded, socket, stream, version } from "./fake_socket.mjs";

const MODULES = process.env.MODULES;
const { ExampleSteps, placeOf } = await import(`${MODULES}/stage/state/example_steps.js`);
const { BatchOrder } = await import(`${MODULES}/stage/state/batch_order.js`);

const SCENARIO = { surface: "cars_raw", batch: 16, seed: 3, steps: 40, start: [0, 0], runs: [{}, {}] };

/** A stream that keeps what is sent. */
function fakeStream() {
  const sent = [];
  return {
    sent,
    request: (slot, request) => sent.push({ slot, request }),
    cancel: (slot) => sent.push({ slot, cancel: true }),
  };
}

function followed() {
  const fake = fakeStream();
  const examples = new ExampleSteps(fake, () => {});
  const asked = () => fake.sent.map((one) => (one.cancel ? "cancel" : one.request.message.step));
  const answer = () => examples.record(fake.sent.at(-1).request, { kind: "examples" });
  return { fake, examples, asked, answer };
}
const at = (step, scenario = SCENARIO, run = 0) => ({ scenario, run, step });

test("nothing is requested before something is switched on, and without a step", () => {
  const { examples, asked } = followed();
  examples.follow(at(3));
  examples.on.gradients = true;
  examples.follow(null);
  assert.deepEqual(asked(), []);
});

test("one request is under way at a time, and the next is for the step where the playhead is then", () => {
  const { examples, asked, answer } = followed();
  examples.on.gradients = true;
  for (const step of [3, 4, 5]) examples.follow(at(step));
  assert.deepEqual(asked(), [3]);
  answer();
  examples.follow(at(6));
  examples.follow(at(6));
  assert.deepEqual(asked(), [3, 6]);
});

test("an answer is valid for its own step, run and walk only", () => {
  const { examples, answer } = followed();
  examples.on.gradients = true;
  examples.follow(at(3));
  assert.equal(examples.at(at(3)), null);
  answer();
  assert.notEqual(examples.at(at(3)), null);
  for (const other of [at(4), at(3, { ...SCENARIO }), at(3, SCENARIO, 1)]) assert.equal(examples.at(other), null);
});

test("what is switched on later is requested, and what is switched off is not requested again", () => {
  const { fake, examples, asked, answer } = followed();
  Object.assign(examples.on, { gradients: true, landings: true });
  examples.follow(at(3));
  answer();
  examples.on.landings = false;
  examples.follow(at(3));
  assert.deepEqual(asked(), [3]);
  examples.on.losses = true;
  examples.follow(at(3));
  const { losses, landings } = fake.sent.at(-1).request.message;
  assert.deepEqual([asked(), losses, landings], [[3, 3], true, false]);
});

test("of an answer only what was requested counts: the rest is not known", () => {
  const { examples, answer } = followed();
  examples.on.gradients = true;
  examples.follow(at(3));
  answer();
  examples.on.landings = true;
  assert.deepEqual(examples.at(at(3)).on, { gradients: true, losses: false, landings: false });
  examples.follow(at(3));
  answer();
  assert.deepEqual(examples.at(at(3)).on, { gradients: true, losses: false, landings: true });
  Object.assign(examples.on, { gradients: false, landings: false });
  assert.equal(examples.at(at(3)), null);
});

test("a request for an older walk, or one that nobody wants any more, is cancelled", () => {
  const { examples, asked } = followed();
  examples.on.gradients = true;
  examples.follow(at(3));
  examples.follow(at(5, { ...SCENARIO, start: [1, 1] }));
  assert.deepEqual(asked(), [3, "cancel", 5]);
  examples.on.gradients = false;
  examples.follow(at(5));
  assert.deepEqual(asked(), [3, "cancel", 5, "cancel"]);
});

test("a refused step is not requested again, and its sentence goes when the playhead moves on", () => {
  const { examples, asked } = followed();
  examples.on.gradients = true;
  examples.follow(at(3));
  examples.refused("no");
  examples.follow(at(3));
  assert.deepEqual([asked(), examples.sentence], [[3], "no"]);
  examples.follow(at(4));
  assert.deepEqual([asked(), examples.sentence], [[3, 4], ""]);
});

test("the step begins at the playhead; at the end it is the last one if the inside of a step is open", () => {
  const run = (index, last) => ({ index, last });
  const runs = [run(0, 9), run(2, 4)];
  const walk = { scenario: SCENARIO, runs, run: (index) => runs.find((one) => one.index === index) ?? null };
  const found = (position, inside) => placeOf(walk, position, inside);
  assert.deepEqual(found(3.7, null), at(3, SCENARIO, 0));
  assert.deepEqual(found(9, null), at(9, SCENARIO, 0));
  assert.deepEqual(found(9, 0), at(8, SCENARIO, 0));
  assert.deepEqual(found(9, 2), at(3, SCENARIO, 2));
  assert.equal(placeOf({ ...walk, runs: [], run: () => null }, 3, null), null);
});

function ordered() {
  const fake = fakeStream();
  const order = new BatchOrder(fake, () => {});
  const asked = () => fake.sent.map((one) => (one.cancel ? "cancel" : one.request.message.first));
  const answer = (count) => {
    const { request } = fake.sent.at(-1);
    const { first } = request.message;
    order.record(request, { first, batches: Array.from({ length: count }, (_, place) => [first + place, 49]) });
  };
  return { fake, order, asked, answer };
}

test("the order of the examples is requested once, whatever the start and the runs", () => {
  const { order, asked, answer } = ordered();
  order.follow(SCENARIO, 50, 0, false);
  order.follow(SCENARIO, 50, 1, false);
  assert.deepEqual([asked(), order.at(0).size], [[0], 0]);
  answer(41);
  for (const step of [0, 7, 40]) order.follow({ ...SCENARIO, start: [step, 1], runs: [{}] }, 50, step, false);
  assert.deepEqual([asked(), [...order.at(7)]], [[0], [7, 49]]);
});

test("another seed, batch, surface or number of examples has another order", () => {
  for (const [change, count] of [
    [{ seed: 4 }, 50],
    [{ batch: 8 }, 50],
    [{ surface: "hubble" }, 24],
    [{}, 49],
  ]) {
    const { order, asked, answer } = ordered();
    order.follow(SCENARIO, 50, 0, false);
    answer(41);
    order.follow({ ...SCENARIO, ...change }, count, 5, false);
    assert.deepEqual([asked(), order.at(5).size], [[0, 5], 0]);
  }
});

test("during a gesture nothing is requested, and batches of other data are dropped", () => {
  const { order, asked, answer } = ordered();
  order.follow(SCENARIO, 50, 0, false);
  answer(41);
  order.follow(SCENARIO, 50, 5, true);
  assert.equal(order.at(5).size, 2);
  order.follow(SCENARIO, 49, 5, true);
  assert.deepEqual([asked(), order.at(5).size], [[0], 0]);
  order.follow(SCENARIO, 49, 5, false);
  assert.deepEqual(asked(), [0, 5]);
});

test("without batches nothing is requested, and what was under way is cancelled", () => {
  const { order, asked } = ordered();
  order.follow(SCENARIO, 50, 0, false);
  order.follow({ ...SCENARIO, batch: 0 }, 50, 0, false);
  assert.deepEqual([asked(), order.at(0).size], [[0, "cancel"], 0]);
});

test("the next stretch of a long walk is requested before the playhead reaches it, and old ones stay", () => {
  const { order, asked, answer } = ordered();
  const long = { ...SCENARIO, steps: 10_000 };
  order.follow(long, 50, 0, false);
  answer(100);
  order.follow(long, 50, 80, false);
  assert.deepEqual(asked(), [0]);
  order.follow(long, 50, 95, false);
  assert.equal(asked().length, 2);
  answer(100);
  assert.deepEqual([[...order.at(3)], order.at(asked()[1] + 3).size], [[3, 49], 2]);
});

test("an answer of one message ends its request on the stream", () => {
  socket().open();
  const message = { kind: "examples", scenario: { steps: 9, name: "a" } };
  stream.request("examples", { name: "a", live: false, message });
  stream.request("examples", { name: "b", live: false, message: { ...message, scenario: { steps: 9, name: "b" } } });
  assert.equal(socket().sent.length, 1);
  socket().receive({ kind: "examples", version, slot: "examples", id: 1 });
  assert.equal(socket().sent.length, 2);
  socket().receive({ kind: "batches", version, slot: "examples", id: 1 }); // it belongs to an older request
  socket().receive({ kind: "examples", version, slot: "examples", id: 2 });
  assert.deepEqual(recorded("record"), [
    ["a", "examples", 1],
    ["b", "examples", 2],
  ]);
});
