/** What is requested of the fan of seeds and when, which fan is shown, how its frame is read, drawn and found. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";
import { requests, socket, stream, version } from "./fake_socket.mjs";

const MODULES = process.env.MODULES;
const { SeedFan, SEEDS } = await import(`${MODULES}/stage/state/seed_fan.js`);
const { readHeader } = await import(`${MODULES}/stage/wire/frame.js`);
const { readFan } = await import(`${MODULES}/stage/wire/fan_frame.js`);
const { drawFans, endOf } = await import(`${MODULES}/stage/draw/fan.js`);
const { fromLine, hitEnd, hitPath } = await import(`${MODULES}/stage/controls/fan_hit.js`);
const { legendOf, optionsOf } = await import(`${MODULES}/stage/controls/fan_entries.js`);
const { pictureParts, picturesOf } = await import(`${MODULES}/stage/wire/pictures.js`);
const { words } = await import(`${MODULES}/stage/words.js`);
const { contract } = await import(`${MODULES}/contract.js`);
const { KINDS } = await import(`${MODULES}/kit/outcomes.js`);

const SCENARIO = { surface: "hump", steps: 9, start: [0, 0], seed: 70, noise: 1, batch: 0, runs: [{}, {}] };
const PACKED = Buffer.from(JSON.parse(readFileSync(process.env.FRAMES, "utf-8")).fan, "hex");
const buffer = () => PACKED.buffer.slice(PACKED.byteOffset, PACKED.byteOffset + PACKED.length);

/** A fan on a stream that keeps what is sent. */
function followed() {
  const sent = [];
  const clock = { now: 0 };
  const fake = {
    request: (slot, request) => sent.push({ slot, request }),
    cancel: (slot) => sent.push({ slot, cancel: true }),
  };
  const fan = new SeedFan(
    fake,
    () => {},
    () => clock.now,
  );
  const wanted = { scenario: SCENARIO, runs: [0, 1], live: false };
  return {
    fan,
    sent,
    clock,
    follow: (part = {}) => fan.follow({ ...wanted, ...part }),
    request: () => sent.at(-1).request,
    message: () => sent.at(-1).request.message,
  };
}

const walksOf = (run) => ({ ...readFan(buffer(), readHeader(buffer())), run });
function arrive(fan, request, run) {
  fan.record(request, { kind: "fan", run, count: 3, arrived: 1, clouds: [] });
  fan.fan(request, walksOf(run));
}
const end = (fan, request, wait = null) => fan.record(request, { kind: "fanned", runs: [0, 1], wait });
const moved = (start) => ({ ...SCENARIO, start });

test("a frame is read as Python has packed it", () => {
  const { run, count, begins, points, steps, outcomes } = walksOf(1);
  assert.deepEqual([run, count, [...begins]], [1, 3, [0, 4, 6, 10]]);
  assert.deepEqual([...points.subarray(0, 4)], [0, 0.25, 0.5, 0.75]);
  assert.deepEqual([...steps], [2, 1, 3]);
  assert.deepEqual([...outcomes], [KINDS.length + 1, KINDS.indexOf("diverged"), KINDS.indexOf("still_moving")]);
  assert.deepEqual(endOf(walksOf(1), 1), [2.5, 2.75]);
  const header = readHeader(buffer());
  assert.equal(readFan(buffer(), { ...header, kind: 1 }), null);
});

test("the seeds are the block of the scenario's seed, so another seed of it requests nothing", () => {
  const { follow, sent, message } = followed();
  follow();
  assert.equal(message().scenario.seed, SEEDS);
  assert.deepEqual([message().kind, message().count, message().runs], ["seeds", SEEDS, [0, 1]]);
  follow({ scenario: { ...SCENARIO, seed: 127 } });
  assert.equal(sent.length, 1);
  follow({ scenario: { ...SCENARIO, seed: 128 } });
  assert.equal(message().scenario.seed, 128);
});

test("every change of the scenario is requested, and at rest again with all points", () => {
  const { fan, follow, sent, request, message } = followed();
  follow({ scenario: moved([1, 1]), live: true });
  const { points } = message();
  follow({ scenario: moved([1, 1]), live: true });
  assert.equal(sent.length, 1);
  follow({ scenario: moved([1, 1]) });
  assert.ok(message().points > points);
  follow({ scenario: moved([1, 1]), runs: [1] });
  assert.deepEqual(request().message.runs, [1]);
  fan.follow(null);
  assert.deepEqual(sent, [...sent.slice(0, 3), { slot: "seeds", cancel: true }]);
});

test("at rest a run is shown when it arrives; in a gesture all runs change together", () => {
  const { fan, follow, request } = followed();
  follow({ live: true });
  arrive(fan, request(), 0);
  assert.equal(fan.fans, null);
  arrive(fan, request(), 1);
  end(fan, request());
  assert.deepEqual([...fan.fans.runs.keys()], [0, 1]);
  assert.equal(fan.pending, false);
  follow({});
  const before = fan.fans.runs.get(1);
  arrive(fan, request(), 0);
  assert.deepEqual([...fan.fans.runs.keys()], [0, 1]);
  assert.equal(fan.fans.runs.get(1), before, "of the same settings");
  follow({ scenario: moved([2, 2]) });
  assert.ok(fan.outdated);
  arrive(fan, request(), 0);
  assert.deepEqual([...fan.fans.runs.keys()], [0], "of other settings");
  assert.ok(!fan.outdated);
});

test("slow answers get fewer seeds, which the fan says; quick ones get all again", () => {
  const { fan, clock, follow, request, message } = followed();
  const answered = (start, took) => {
    follow({ scenario: moved([start, 0]), live: true });
    arrive(fan, request(), 0);
    clock.now += took;
    end(fan, request());
  };
  answered(1, 200);
  answered(2, 500);
  assert.equal(fan.fans.count, SEEDS / 2);
  assert.equal(legendOf(fan.fans, [], null, 0).notes[0], words.fan.fewer(SEEDS / 2, SEEDS));
  answered(3, 10);
  assert.equal(fan.fans.count, 16);
  answered(4, 10);
  answered(5, 10);
  assert.equal(message().count, SEEDS);
  answered(6, 500);
  follow({ scenario: moved([6, 0]) });
  assert.equal(message().count, SEEDS, "at rest");
});

test("what the budget does not allow is requested again after its time", () => {
  const { fan, sent, follow, request } = followed();
  follow();
  arrive(fan, request(), 0);
  end(fan, request(), 3);
  const [note] = legendOf(fan.fans, [], fan.fanned, 1).notes;
  assert.equal(note, words.fan.later(1, 3));
  mock.timers.tick(3001);
  follow();
  assert.equal(sent.length, 2);
});

test("a refusal is shown in place of the fan, and nothing arrives after it is switched off", () => {
  const { fan, follow, request } = followed();
  follow();
  const asked = request();
  fan.refused("no");
  assert.equal(fan.sentence, "no");
  fan.follow(null);
  assert.equal(fan.sentence, "");
  arrive(fan, asked, 0);
  end(fan, asked);
  assert.equal(fan.fans, null);
});

test("the stream passes the frames on, and the next request of a gesture waits for the end of the answer", () => {
  const log = [];
  const record = (_, { kind }) => log.push(kind);
  stream.answer("seeds", { fan: ({ name }, { run }) => log.push(`${name} ${run}`), record });
  socket().open();
  for (const name of ["a", "b", "c"]) {
    stream.request("seeds", { name, live: true, message: { kind: "seeds", scenario: { name } } });
  }
  const answered = (kind, id) => socket().receive({ kind, version, slot: "seeds", id, run: 1, runs: [1], wait: null });
  answered("fan", 1);
  const frame = buffer();
  new Uint32Array(frame, 0, contract.wire.header_fields.length)[contract.wire.header_fields.indexOf("id")] = 1;
  socket().receive(frame);
  assert.deepEqual(requests(), ["seeds 1 a"]);
  answered("fanned", 1);
  assert.deepEqual(log, ["fan", "a 1", "fanned"]);
  assert.deepEqual(requests(), ["seeds 1 a", "seeds 2 c"]);
});

const view = {
  area: { left: 0, top: 0, width: 100, height: 100 },
  project: (x, y) => [10 * x, 10 * y],
  projectInto: (pixels, at, x, y) => pixels.set([10 * x, 10 * y], at),
  holds: (px, py) => px >= 0 && px <= 100 && py >= 0 && py <= 100,
};
const drawn = (own = -1) => ({
  fan: { facts: { arrived: 1, count: 3, clouds: [] }, walks: walksOf(0) },
  look: { color: "red" },
  own,
  arrives: (walk) => walk === 0,
  bounds: [
    [0, 10],
    [0, 10],
  ],
  name: "SGD",
});

test("the end under a pixel is found before a path, and never that of the walk on the screen", () => {
  assert.deepEqual(hitEnd([15, 19], [drawn()], view), { at: 0, walk: 0 });
  assert.equal(hitEnd([15, 19], [drawn(0)], view), null);
  assert.equal(hitEnd([90, 10], [drawn()], view), null);
  assert.deepEqual(hitPath([6, 8], [drawn(1)], view), { at: 0, walk: 0 });
  assert.equal(hitPath([6, 8], [drawn(0)], view), null);
  assert.equal(fromLine([0, 5], [0, 0, 10, 0]), 5);
  assert.equal(fromLine([3, 4], [0, 0, 0, 0]), 5);
});

/** A context that keeps the names of what is called, with the style of each stroke and fill. */
function context() {
  const calls = [];
  const target = { calls };
  return new Proxy(target, {
    get: (_, name) =>
      name in target
        ? target[name]
        : (...values) => calls.push([name, ...values, target.fillStyle, target.strokeStyle]),
    set: (_, name, value) => Reflect.set(target, name, value),
  });
}

test("an end that arrives is a dot, another one a ring; a line outside of map and view is left out", () => {
  const shown = context();
  drawFans(shown, [drawn()], view, { page: "white", scale: 1 });
  const fills = shown.calls.filter(([name]) => name === "fill").map((call) => call.at(-2));
  assert.deepEqual(fills, ["red", "white", "white"]);
  const far = drawn();
  far.fan.walks = {
    ...far.fan.walks,
    count: 1,
    begins: Uint32Array.of(0, 3),
    points: Float32Array.of(1, 1, 20, 20, -20, 9),
  };
  const other = context();
  drawFans(other, [far], view, { page: "white", scale: 1 });
  assert.deepEqual(
    other.calls.filter(([name]) => name === "lineTo").map((call) => call.slice(1, 3)),
    [[200, 200]],
  );
});

test("the list of seeds tells how each run ends", () => {
  const minima = [{ global: true }, { global: false }];
  const [first] = optionsOf({ first: 64, count: 3 }, [drawn()], minima);
  const ends = words.fan.ends("SGD", "local_minimum", 2);
  assert.deepEqual(first, { seed: 64, text: words.fan.option(64, [ends]) });
});

test("the address has the word only while the fan is shown", () => {
  assert.ok(pictureParts({ ...picturesOf(""), seeds: true }, [0]).includes("seeds=64"));
  assert.deepEqual(pictureParts(picturesOf(""), [0]), []);
  assert.equal(picturesOf("surface=hump&seeds=64").seeds, true);
  for (const odd of ["seeds=63", "seeds=", "seeds=64x", "seeds=true"]) assert.equal(picturesOf(odd).seeds, false);
});
