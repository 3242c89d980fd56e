/** The playhead follows time, steps and what has arrived. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { duration, Playback } = await import(`${process.env.MODULES}/stage/state/playback.js`);

/** A playhead on a walk, and how often it has changed. */
function over(steps, received = steps) {
  const seen = { changes: 0 };
  const playback = new Playback(() => (seen.changes += 1));
  playback.extent(steps, received);
  return { playback, seen };
}

/** Let so many seconds pass, in frames of 50 ms. */
function pass(playback, seconds, from = 0) {
  for (let frame = 0; frame <= seconds * 20; frame += 1) playback.tick(from + 50 * frame);
}

test("a walk takes from 3 to 8 seconds, and stops at its end", () => {
  assert.deepEqual([duration(0), duration(300), duration(9000)], [3, 8, 8]);
  const { playback } = over(300);
  playback.play();
  pass(playback, 4);
  assert.ok(Math.abs(playback.position - 150) < 1e-6);
  pass(playback, 5, 4000);
  assert.deepEqual([playback.position, playback.playing, playback.atEnd], [300, false, true]);
  playback.play();
  assert.equal(playback.position, 0, "from the end it plays from the start");
});

test("a pause between frames is not made up for at once", () => {
  const { playback } = over(300);
  playback.play();
  playback.tick(0);
  playback.tick(60_000);
  assert.ok(playback.position < 4);
});

test("the playhead waits for steps that have not arrived", () => {
  const { playback } = over(300, 10);
  playback.play();
  pass(playback, 3);
  assert.deepEqual([playback.position, playback.playing], [10, true]);
  playback.seek(200);
  assert.equal(playback.position, 10);
});

test("at the end it stays at the end while a new walk arrives, until it is moved", () => {
  const { playback } = over(100);
  playback.toEnd();
  playback.extent(100, 20);
  assert.deepEqual([playback.position, playback.following], [20, true]);
  playback.extent(100, 100);
  assert.deepEqual([playback.position, playback.following], [100, false]);
  playback.seek(50);
  playback.extent(100, 60);
  assert.deepEqual([playback.position, playback.following], [50, false]);
});

test("a shorter walk takes the playhead along", () => {
  const { playback } = over(100);
  playback.seek(80);
  playback.extent(50, 50);
  assert.equal(playback.position, 50);
});

test("single steps end with the walk", () => {
  const { playback } = over(3);
  assert.deepEqual([playback.stepBy(-1), playback.stepBy(1), playback.step], [false, true, 1]);
  playback.toEnd();
  assert.deepEqual([playback.stepBy(1), playback.stepBy(-1), playback.step], [false, true, 1]);
  playback.by(-5);
  assert.equal(playback.position, 0);
});

test("at the highest speed all that has arrived is shown; a loop begins again", () => {
  const { playback } = over(100, 40);
  playback.speed = Infinity;
  playback.play();
  playback.tick(0);
  assert.equal(playback.position, 40);
  const { playback: again } = over(10);
  again.loop = true;
  again.seek(9.99);
  again.play();
  again.tick(0);
  again.tick(50);
  assert.deepEqual([again.playing, again.position], [true, 0]);
});

test("pausing stops at a whole step, and each change is announced", () => {
  const { playback, seen } = over(300);
  playback.toggle();
  pass(playback, 1);
  playback.toggle();
  assert.ok(Number.isInteger(playback.position));
  assert.equal(seen.changes, 2);
  playback.restart();
  assert.deepEqual([playback.position, playback.playing], [0, true]);
});

test("during a gesture a walk that is played stands still, and goes on from there", () => {
  const { playback } = over(300);
  playback.play();
  pass(playback, 2);
  const at = playback.position;
  playback.held = true;
  pass(playback, 5, 2000);
  playback.extent(300, 40);
  pass(playback, 1, 7000);
  assert.ok(at > 40, "the new walk has not arrived that far");
  assert.deepEqual([playback.position, playback.shown, playback.playing], [at, at, true]);
  playback.held = false;
  pass(playback, 1, 60_000);
  assert.equal(playback.position, at, "it waits for the new walk and does not go back");
  playback.extent(300, 300);
  pass(playback, 1, 90_000);
  assert.ok(playback.position > at && playback.position < at + 50);
});

test("during a gesture without playback each picture is a whole walk", () => {
  const { playback } = over(300);
  playback.seek(20);
  assert.equal(playback.shown, 20);
  playback.held = true;
  assert.deepEqual([playback.shown, playback.position], [300, 20]);
  playback.held = false;
  assert.equal(playback.shown, 20);
});
