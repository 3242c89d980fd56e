/** Examples in the picture of the model: which gestures drag and add one, and what changes the class of one. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { theme, widthOf } from "./fake_walk.mjs";

const { withNextClass } = await import(`${process.env.MODULES}/kit/data_rows.js`);
const { ExampleGesture } = await import(`${process.env.MODULES}/stage/controls/example_gesture.js`);
const { Examples } = await import(`${process.env.MODULES}/stage/controls/examples.js`);
const { Data } = await import(`${process.env.MODULES}/stage/model/data.js`);
const { Plot } = await import(`${process.env.MODULES}/stage/model/plot.js`);
const { linkOf } = await import(`${process.env.MODULES}/stage/wire/link.js`);

const PLACES = [
  [50, 50],
  [70, 50],
];

/** An element that has what these modules use. */
function element() {
  const attributes = {};
  return Object.assign(new EventTarget(), {
    attributes,
    style: {},
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
    setPointerCapture: () => {},
    focus: () => {},
    toggleAttribute: () => {},
    getAttribute: (name) => attributes[name],
    setAttribute: (name, value) => {
      attributes[name] = value;
    },
  });
}
const elements = () => ({ model: element(), modelCanvas: element(), example: element() });

/** A gesture over two examples, and what it has asked for. */
function gesture() {
  const parts = elements();
  const seen = [];
  let selected = null;
  const select = (at) => {
    selected = at;
    seen.push(["select", at]);
  };
  const plot = {
    pixel: (at) => PLACES[at],
    nearest: ([x, y], within) => {
      const away = PLACES.map(([px, py]) => Math.hypot(px - x, py - y));
      const least = Math.min(...away);
      return least <= within ? away.indexOf(least) : null;
    },
  };
  const told = (name) => (place) => seen.push(place === undefined ? [name] : [name, place]);
  const callbacks = { plot: () => plot, selected: () => selected, select };
  const made = new ExampleGesture(parts, {
    ...callbacks,
    drag: told("drag"),
    dragged: told("dragged"),
    add: told("add"),
  });
  const send = (target, type, [clientX, clientY], pointerType = "touch", pointerId = 1) => {
    const event = new Event(type, { cancelable: true });
    target.dispatchEvent(Object.assign(event, { clientX, clientY, pointerType, pointerId, button: 0 }));
  };
  return { made, parts, seen, send, select };
}

// A frame is drawn at once.
globalThis.requestAnimationFrame = (draw) => {
  draw();
  return null;
};

test("a finger that rests adds an example, also if it trembles; one that moves, leaves or is canceled does not", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const place = [150, 120];
  for (const [then, adds] of [
    [() => {}, true],
    [({ send, parts }) => send(parts.modelCanvas, "pointermove", [153, 124]), true],
    [({ send, parts }) => send(parts.modelCanvas, "pointermove", [150, 140]), false],
    [({ send, parts }) => send(parts.modelCanvas, "pointerup", place), false],
    [({ send, parts }) => send(parts.modelCanvas, "pointercancel", place), false],
    [({ send, parts }) => send(parts.modelCanvas, "pointerdown", [180, 120], "touch", 2), false],
  ]) {
    const made = gesture();
    made.send(made.parts.modelCanvas, "pointerdown", place);
    then(made);
    mock.timers.tick(5000);
    const added = made.seen.filter(([what]) => what === "add");
    assert.equal(added.length, Number(adds), String(then));
  }
  mock.timers.reset();
});

test("a mouse that rests adds nothing, and a double click adds an example", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { send, parts, seen } = gesture();
  send(parts.modelCanvas, "pointerdown", [150, 120], "mouse");
  mock.timers.tick(5000);
  assert.deepEqual(seen, [["select", null]]);
  send(parts.modelCanvas, "dblclick", [150, 120], "mouse");
  assert.deepEqual(seen.at(-1), ["add", [150, 120]]);
  mock.timers.reset();
});

test("a dragged example keeps its distance from the pointer, and a canceled drag ends at its last place", () => {
  for (const [end, last] of [
    ["pointerup", [90, 88]],
    ["pointercancel", [60, 68]],
  ]) {
    const { made, send, parts, seen } = gesture();
    send(parts.modelCanvas, "pointerdown", [54, 53]);
    assert.ok(!made.dragging);
    send(parts.modelCanvas, "pointermove", [64, 71]);
    assert.ok(made.dragging);
    send(parts.modelCanvas, end, [94, 91]);
    assert.ok(!made.dragging);
    assert.deepEqual(seen, [["select", 0], ["drag", [60, 68]], ["drag", last], ["dragged"]]);
  }
});

test("a press without a move selects only", () => {
  const { send, parts, seen } = gesture();
  send(parts.modelCanvas, "pointerdown", [52, 50], "mouse");
  send(parts.modelCanvas, "pointerup", [53, 50], "mouse");
  assert.deepEqual(seen, [["select", 0]]);
});

test("a finger on the ring takes the selected example, a mouse the nearest", () => {
  for (const [kind, taken] of [
    ["touch", 0],
    ["mouse", 1],
  ]) {
    const { send, parts, seen, select } = gesture();
    select(0);
    send(parts.example, "pointerdown", [61, 50], kind);
    assert.deepEqual(seen.at(-1), ["select", taken], kind);
  }
});

test("a second finger does not take over a drag", () => {
  const { send, parts, seen } = gesture();
  send(parts.modelCanvas, "pointerdown", [50, 50]);
  send(parts.modelCanvas, "pointerdown", [70, 50], "touch", 2);
  send(parts.modelCanvas, "pointermove", [90, 50], "touch", 2);
  assert.deepEqual(seen, [["select", 0]]);
});

test("after the last class comes the first", () => {
  assert.deepEqual(withNextClass([0.5, 0.25, 0], 3), [0.5, 0.25, 1]);
  assert.deepEqual(withNextClass([0.5, 0.25, 2], 3), [0.5, 0.25, 0]);
});

// Texts are measured on a canvas.
globalThis.document = { createElement: () => ({ getContext: () => ({ font: "", measureText: measured }) }) };
function measured(text) {
  return { width: widthOf(text, this.font) };
}

/** Examples on a made surface, with a store that holds its scenario. */
function examples(axes, rows) {
  const facts = { axes, rows, boundary: null, program: null, network: null, shift: [0, 0, 0], unit: [1, 1, 1] };
  const raw = { ...facts, input_scale: "raw", target_scale: "raw" };
  const picture = { editable: true, plot: new Plot(new Data(raw, rows), 400, 300, theme) };
  const edits = [];
  const store = {
    scenario: { surface: "two_moons", points: [], table: null },
    curtain: { down: false },
    edit(change, how) {
      Object.assign(this.scenario, change);
      edits.push(how);
    },
  };
  const parts = elements();
  const made = new Examples(parts, picture, store, { told: () => {}, requestFrame: () => {} });
  const press = (key, held = {}) => {
    const event = Object.assign(new Event("keydown", { cancelable: true }), { key, ...held });
    parts.example.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { made, store, edits, press, parts, picture };
}
const axis = (label, classes = []) => ({ label, unit: "", classes });
const MOONS = [axis("across"), axis("up"), axis("moon", ["upper", "lower"])];
const MOON_ROWS = [
  [0.5, 0.25, 0],
  [-1, 2, 1],
];

test("C and the button change the class of the selected example, as one edit in the link", () => {
  const { made, store, edits, press, parts } = examples(MOONS, MOON_ROWS);
  assert.equal(made.nextClass, null, "no example is selected");
  parts.example.dispatchEvent(new Event("focus"));
  press("PageDown");
  assert.equal(made.nextClass, "upper");
  made.place();
  assert.match(parts.example.attributes["aria-label"], /moon lower/);
  assert.ok(press("C"));
  assert.deepEqual(store.scenario.points, [{ example: 2, values: [-1, 2, 0] }]);
  assert.deepEqual(edits, [{ origin: "data", live: false }]);
  made.changeClass();
  assert.deepEqual(store.scenario.points, [{ example: 2, values: [-1, 2, 1] }], "it replaces the edit before");
  const rest = { start: [0, 0], steps: 10, batch: 0, noise: 0, seed: 0, runs: [] };
  assert.match(linkOf({ ...store.scenario, ...rest }), /point=2:-1,2,1(&|$)/);
});

test("the ring follows an example whose data change while the axes stay", () => {
  const { made, parts, picture } = examples(MOONS, MOON_ROWS);
  parts.example.dispatchEvent(new Event("focus"));
  made.place();
  const before = parts.example.style.transform;
  const { data } = picture.plot;
  picture.plot.data = new Data(data.facts, [[-0.5, 1, 0], MOON_ROWS[1]], data.ranges, data);
  made.place();
  assert.notEqual(parts.example.style.transform, before);
  assert.match(parts.example.attributes["aria-label"], /up 1\.000,/);
});

test("Ctrl+C does not change the class, and neither does C where the target is a number", () => {
  const moons = examples(MOONS, MOON_ROWS);
  moons.parts.example.dispatchEvent(new Event("focus"));
  assert.ok(!moons.press("c", { ctrlKey: true }));
  const line = examples(
    [axis("speed"), axis("distance")],
    [
      [1, 2],
      [3, 4],
    ],
  );
  line.parts.example.dispatchEvent(new Event("focus"));
  assert.equal(line.made.nextClass, null);
  assert.ok(!line.press("c"));
  for (const { store } of [moons, line]) assert.deepEqual(store.scenario.points, []);
});
