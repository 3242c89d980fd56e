/** The margins of the map fit the labels of its axes, at every zoom and size. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { layOut } = await import(`${process.env.MODULES}/stage/draw/axes.js`);

const widthOf = (text, size) => text.length * 0.6 * size;
const LAPTOP = { width: 740, height: 480, scale: 1 };
const PHONE = { width: 366, height: 300, scale: 1 };
const PROJECTOR = { width: 640, height: 500, scale: 1.5 };
const RANGES = {
  "the whole map": { x: [-6, 6], y: [-6, 6] },
  "zoomed to small numbers": { x: [-0.0013, -0.001], y: [-0.00131, -0.00102] },
  "zoomed beside a large number": { x: [1000.0001, 1000.0004], y: [-1000.0004, -1000.0001] },
  "far away": { x: [-1e21, 1e21], y: [-2e-7, 3e-7] },
};

for (const [zoom, ranges] of Object.entries(RANGES)) {
  for (const [name, size] of Object.entries({ laptop: LAPTOP, phone: PHONE, projector: PROJECTOR })) {
    test(`labels fit: ${zoom}, ${name}`, () => {
      const { x, y, margins } = layOut(ranges, size, ["−0.001", "1000"], widthOf);
      const letters = 12 * size.scale;
      assert.ok(y.values.length >= 2 && x.values.length >= 2, JSON.stringify([x, y]));
      // Between the labels and the edge there is a line for the axis's name.
      for (const text of y.texts) assert.ok(widthOf(text, letters) + 5 + letters <= margins.l, text);
      const room = size.width - margins.l - margins.r;
      const taken = x.texts.reduce((sum, text) => sum + widthOf(text, letters), 0);
      assert.ok(taken <= room, `${x.texts} in ${room} pixels`);
      assert.ok(widthOf(x.texts.at(-1), letters) / 2 <= margins.r);
      for (const texts of [x.texts, y.texts]) assert.equal(new Set(texts).size, texts.length, String(texts));
    });
  }
}

test("a number below zero has its minus sign", () => {
  const { y } = layOut(RANGES["zoomed to small numbers"], LAPTOP, [], widthOf);
  assert.ok(
    y.texts.every((text) => text.startsWith("−")),
    String(y.texts),
  );
});

test("the axes do not jump for labels that differ by little", () => {
  const left = (y) => layOut({ x: [0, 1], y }, LAPTOP, [], widthOf).margins.l;
  assert.equal(left([0, 1]), left([-6, 6]));
  assert.equal(left([-6, 6]), left([-0.5, 0.5]));
});

test("a text beside the last label of x does not touch it, wherever the label is", () => {
  const at = (end, scale) => layOut({ x: [0, end], y: [0, 1] }, { ...LAPTOP, scale }, ["1000"], widthOf);
  for (const scale of [1, 2]) {
    const half = widthOf("10", 12 * scale) / 2;
    assert.ok(at(10, scale).beyond > half, "the label is at the end of the axis");
    assert.ok(at(10.9, scale).beyond < 0, "the label ends before the axis does");
  }
});

test("a phone has no room for the color bar", () => {
  assert.ok(layOut(RANGES["the whole map"], PHONE, ["1000"], widthOf).margins.r < 20);
  assert.ok(layOut(RANGES["the whole map"], LAPTOP, ["100000000"], widthOf).margins.r > 64);
});
