/** What is requested of the map of basins and when, which map is shown, and how its frames are read. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";
import { recorded, socket, stream, version } from "./fake_socket.mjs";

const MODULES = process.env.MODULES;
const { BasinMap } = await import(`${MODULES}/stage/state/basin_map.js`);
const { readCells, readHeader } = await import(`${MODULES}/stage/wire/frame.js`);
const { KINDS } = await import(`${MODULES}/kit/outcomes.js`);
const { pictureParts, picturesOf } = await import(`${MODULES}/stage/wire/pictures.js`);
const { contract } = await import(`${MODULES}/contract.js`);

const RUNS = [{ optimizer: "sgd" }, { optimizer: "adam" }];
const SCENARIO = { surface: "hump", steps: 9, start: [0, 0], runs: RUNS };
const WINDOW = [
  [0, 6],
  [0, 4],
];

/** The bytes that Python has packed: rows 2 and 3, of 5, of two runs with three columns. */
const PACKED = Buffer.from(JSON.parse(readFileSync(process.env.FRAMES, "utf-8")).cells, "hex");

/** A map on a stream that keeps what is sent. */
function followed() {
  const sent = [];
  const clock = { now: 0 };
  const fake = {
    request: (slot, request) => sent.push({ slot, request }),
    cancel: (slot) => sent.push({ slot, cancel: true }),
  };
  let changes = 0;
  const map = new BasinMap(
    fake,
    () => (changes += 1),
    () => clock.now,
  );
  const wanted = { scenario: SCENARIO, runs: [1], window: WINDOW, rows: 200, columns: 300, live: false };
  return {
    map,
    sent,
    clock,
    changes: () => changes,
    follow: (part = {}) => map.follow({ ...wanted, ...part }),
    asked: () => sent.map((one) => (one.cancel ? "cancel" : one.request.message.rows)),
    request: () => sent.at(-1).request,
  };
}

/** Some rows of a map whose cells all have one value. */
function strip(first, count, rows, columns = 3, value = 5) {
  const size = count * columns;
  const run = {
    steps: new Float32Array(size),
    losses: new Float32Array(size),
    cells: new Uint8Array(size).fill(value),
  };
  return { first, count, rows, columns, runs: [run] };
}

const mapped = (rows, part = {}) => ({ kind: "mapped", rows, columns: 3, coarse: false, wait: null, ...part });

test("a frame of Python is read as rows of a map of two runs", () => {
  const buffer = PACKED.buffer.slice(PACKED.byteOffset, PACKED.byteOffset + PACKED.length);
  const cells = readCells(buffer, readHeader(buffer));
  const { first, count, rows, columns, runs } = cells;
  assert.deepEqual([first, count, rows, columns, runs.length], [2, 2, 5, 3, 2]);
  assert.deepEqual([...runs[1].steps], [10, 11, 12, 13, 14, 15]);
  assert.deepEqual([...runs[1].losses], [-1, -0.75, -0.5, -0.25, 0, 0.25]);
  const [still, left] = ["still_moving", "left_the_map"].map((kind) => KINDS.indexOf(kind));
  assert.deepEqual([...runs[0].cells], [KINDS.length, KINDS.length + 1, still, still, still, still]);
  assert.deepEqual([...runs[1].cells].slice(2), [left, left, left, left]);
  assert.equal(readCells(buffer, { ...readHeader(buffer), kind: contract.wire.frame_kinds.steps }), null);
});

test("a map is requested once, in its slot, and a moved start or another run requests nothing", () => {
  const { sent, follow } = followed();
  follow();
  follow();
  follow({ scenario: { ...SCENARIO, start: [3, 3] } });
  follow({ scenario: { ...SCENARIO, start: [3, 4] }, live: true });
  follow({ scenario: { ...SCENARIO, runs: [{ optimizer: "momentum" }, RUNS[1]] } });
  assert.equal(sent.length, 1);
  assert.equal(sent[0].slot, "map");
  const { kind, runs, window, rows, columns, live } = sent[0].request.message;
  assert.deepEqual([kind, runs, window, rows, columns, live], ["map", [1], WINDOW, 200, 300, false]);
});

test("while a slider is dragged a map of few rows is requested for each value, and at rest the finest", () => {
  const { follow, asked, request } = followed();
  follow();
  for (const lr of [1, 2]) follow({ scenario: { ...SCENARIO, runs: [RUNS[0], { lr }] }, live: true });
  assert.deepEqual(asked(), [200, 32, 32]);
  assert.deepEqual([request().message.live, request().message.columns], [true, 48]);
  follow({ scenario: { ...SCENARIO, runs: [RUNS[0], { lr: 2 }] } });
  assert.deepEqual(asked(), [200, 32, 32, 200]);
  assert.equal(request().message.live, false);
});

test("the maps of a gesture have as many rows as arrive in time", () => {
  const { map, clock, follow, asked, request } = followed();
  let lr = 0;
  for (const took of [200, 200, 10, 10, 10, 100, 600, 100]) {
    lr += 1;
    follow({ scenario: { ...SCENARIO, runs: [RUNS[0], { lr }] }, live: true });
    clock.now += took;
    map.record(request(), mapped(64));
  }
  assert.deepEqual(asked(), [32, 16, 16, 32, 64, 64, 64, 16]);
});

test("switched off, the request is canceled, and nothing of it is shown", () => {
  const { map, follow, asked, request } = followed();
  follow();
  map.follow(null);
  map.follow(null);
  assert.deepEqual(asked(), [200, "cancel"]);
  map.cells(request ? { settings: "" } : null, strip(0, 1, 1));
  assert.equal(map.grid, null);
});

test("a map is shown when all of its rows have arrived, and a coarser one does not replace it", () => {
  const { map, follow, request, changes } = followed();
  follow();
  map.cells(request(), strip(0, 2, 2));
  assert.equal(map.grid.rows, 2);
  assert.equal(map.arriving, null);
  map.cells(request(), strip(0, 3, 5));
  assert.equal(map.grid.rows, 2);
  assert.deepEqual([map.arriving.filled, map.arriving.grid.rows, map.mapped], [3, 5, null]);
  assert.deepEqual([...map.arriving.rows(1, 3)[0].cells], Array(6).fill(5));
  map.cells(request(), strip(3, 2, 5, 3, 6));
  assert.equal(map.arriving, null);
  assert.deepEqual([map.grid.rows, ...map.grid.ends[0].cells], [5, ...Array(9).fill(5), ...Array(6).fill(6)]);
  assert.equal(changes(), 3);
  map.cells(request(), strip(0, 2, 2));
  assert.equal(map.grid.rows, 5);
  map.cells(request(), strip(0, 1, 2));
  assert.equal(map.arriving, null, "it is coarser");
});

test("another view is requested when it has rested; the map before stays until one that is as fine arrives", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { map, follow, asked, request } = followed();
  follow();
  map.cells(request(), strip(0, 5, 5));
  const inner = [
    [1, 4],
    [1, 3],
  ];
  follow({ window: inner });
  t.mock.timers.tick(100);
  follow({ window: inner });
  t.mock.timers.tick(49);
  follow({ window: inner });
  assert.deepEqual(asked(), [200]);
  t.mock.timers.tick(1);
  follow({ window: inner });
  follow({ window: inner });
  assert.deepEqual(asked(), [200, 200]);
  map.cells(request(), strip(0, 2, 2));
  assert.deepEqual(map.grid.window, WINDOW);
  map.cells(request(), strip(0, 4, 4));
  assert.deepEqual(map.grid.window, inner);
});

test("a slightly different number of rows is no other map", () => {
  const { follow, asked } = followed();
  follow();
  follow({ rows: 180, columns: 270 });
  assert.deepEqual(asked(), [200]);
});

test("a coarse map is requested again after the time that the server sends", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { map, follow, asked, request } = followed();
  follow();
  map.record(request(), mapped(50, { coarse: true, wait: 3 }));
  follow();
  assert.deepEqual(asked(), [200]);
  assert.equal(map.mapped.wait, 3);
  t.mock.timers.tick(3000);
  follow();
  assert.deepEqual(asked(), [200, 200]);
});

test("without a budget the map of other settings is not shown for the present ones", () => {
  const { map, follow, asked, request } = followed();
  follow();
  map.cells(request(), strip(0, 5, 5));
  follow({ scenario: { ...SCENARIO, steps: 8 }, live: true });
  assert.notEqual(map.grid, null);
  map.record(request(), mapped(0, { coarse: true, wait: 1 }));
  assert.equal(map.grid, null);
  follow({ scenario: { ...SCENARIO, steps: 7 }, live: true });
  assert.deepEqual(asked(), [200, 32, 16]);
});

test("a sentence of the server takes the place of the map", () => {
  const { map, follow, request } = followed();
  follow();
  map.cells(request(), strip(0, 5, 5));
  map.refused("No.");
  assert.deepEqual([map.grid, map.sentence, map.pending], [null, "No.", false]);
  follow({ scenario: { ...SCENARIO, steps: 8 } });
  assert.equal(map.sentence, "");
});

/** A request for a map as the stream sends it. */
const requestOf = (name, live) => ({ name, live, message: { kind: "map", scenario: { name, steps: 9 }, live } });
const sentMaps = () => socket().sent.map(({ kind, scenario }) => `${kind} ${scenario?.name ?? ""}`.trim());

function arrive(id, last = true) {
  const buffer = PACKED.buffer.slice(PACKED.byteOffset, PACKED.byteOffset + PACKED.length);
  const place = contract.wire.header_fields.indexOf("id");
  new Uint32Array(buffer)[place] = id;
  socket().receive(buffer);
  if (last) socket().receive({ ...mapped(5), version, slot: "map", id });
}

test("each map of a gesture arrives before the next is requested; one at rest is replaced at once", () => {
  mock.timers.reset();
  socket().open();
  stream.request("map", requestOf("a", true));
  stream.request("map", requestOf("b", true));
  stream.request("map", requestOf("c", true));
  assert.deepEqual(sentMaps(), ["map a"]);
  arrive(1);
  assert.deepEqual(sentMaps(), ["map a", "map c"]);
  arrive(2);
  stream.request("map", requestOf("d", false));
  stream.request("map", requestOf("e", true));
  assert.deepEqual(sentMaps(), ["map a", "map c", "map d", "map e"]);
  arrive(3);
  arrive(4);
  assert.deepEqual(recorded("cells"), [
    ["a", 2],
    ["c", 2],
    ["e", 2],
  ]);
  assert.deepEqual(
    recorded("record").map(([name, kind]) => [name, kind]),
    [
      ["a", "mapped"],
      ["c", "mapped"],
      ["e", "mapped"],
    ],
  );
});

test("the address has the index of the run, which is found again by its slot", () => {
  const pictures = (slot, model) => ({
    model,
    basins: { slot, compared: null, shows: "outcome" },
    settings: null,
    window: null,
  });
  assert.deepEqual(pictureParts(pictures(4, true), [0, 4]), ["basins=2"]);
  assert.deepEqual(pictureParts(pictures(3, false), [0, 4]), ["model=off"], "the run has been removed");
  assert.equal(picturesOf("run=sgd&run=adam&slots=1,5&basins=2").basins.slot, 4);
  assert.equal(picturesOf("run=sgd&run=adam&basins=2").basins.slot, 1);
  for (const query of ["run=sgd", "basins=0", "basins=x", "basins=9", "basins=3&slots=1,5"]) {
    assert.equal(picturesOf(query).basins, null, query);
  }
});
