/** Names on the map: not on each other, inside the area, off the lines, and the same each time. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { crosses, linesOf, Placer } = await import(`${process.env.MODULES}/stage/draw/placer.js`);
const { overlap } = await import(`${process.env.MODULES}/kit/boxes.js`);

const AREA = { left: 0, top: 0, width: 800, height: 500 };
const TOOLS = { x: 0, y: 0, w: 190, h: 40 };
const SIZE = { w: 60, h: 16 };
const FROM = [400, 250];

const inside = ({ x, y, w, h }) => x >= 0 && y >= 0 && x + w <= AREA.width && y + h <= AREA.height;

/** Names for the tips of arrows of all lengths and directions from one point with a box around it. */
function named(arrows) {
  const placer = new Placer(AREA, [TOOLS]);
  const tips = arrows.map(([x, y]) => [FROM[0] + x, FROM[1] + y]);
  for (const tip of tips) placer.line(FROM, tip);
  placer.outline({ x: 380, y: 235, w: 40, h: 30 });
  return tips.map((tip, index) => ({ tip, box: placer.place(tip, SIZE, Math.atan2(...[...arrows[index]].reverse())) }));
}

const ARROWS = {
  alone: [[-200, -8]],
  piled: [
    [9, 1],
    [10, 2],
    [11, 1],
    [-150, -6],
  ],
  many: [
    [100, 0],
    [98, 4],
    [-60, 30],
    [0, 90],
    [2, 95],
    [-3, -40],
  ],
};

for (const [name, arrows] of Object.entries(ARROWS)) {
  test(`no name is struck through, lies on another or leaves the area: ${name}`, () => {
    const placed = named(arrows);
    for (const [index, { tip, box }] of placed.entries()) {
      assert.ok(inside(box));
      assert.ok(placed.every((other) => !crosses([...FROM, ...other.tip], box)));
      assert.ok(placed.slice(0, index).every((other) => !overlap(box, other.box)));
      assert.ok(Math.hypot(box.x + SIZE.w / 2 - tip[0], box.y + SIZE.h / 2 - tip[1]) < 110);
    }
    assert.deepEqual(placed, named(arrows), "the same input gives the same places");
  });
}

test("a name keeps inside the area in every corner, and off what is taken", () => {
  for (const corner of [
    [1, 1],
    [799, 1],
    [1, 499],
    [799, 499],
    [100, 20],
  ]) {
    const box = new Placer(AREA, [TOOLS]).place(corner, SIZE, Math.PI / 2);
    assert.ok(inside(box), String(corner));
    assert.ok(!overlap(box, TOOLS), String(corner));
  }
});

test("there is no place where the area has none", () => {
  assert.equal(new Placer({ ...AREA, width: 40 }, []).place([20, 100], SIZE, 0), null);
});

test("without obstacles a name stands ahead, as near as it can", () => {
  const box = new Placer(AREA, []).place(FROM, SIZE, Math.PI / 2);
  assert.ok(Math.abs(box.x + SIZE.w / 2 - FROM[0]) < 1e-9);
  assert.ok(Math.abs(box.y - FROM[1] - 5) < 1e-9);
});

test("a line crosses a box, touches it, or misses it", () => {
  const box = { x: 10, y: 10, w: 20, h: 10 };
  assert.ok(crosses([0, 15, 40, 15], box));
  assert.ok(crosses([15, 12, 16, 13], box), "also from inside");
  assert.ok(crosses([0, 10, 40, 10], box), "also along its edge");
  assert.ok(!crosses([0, 9, 40, 9], box));
  assert.ok(!crosses([0, 0, 9, 40], box));
  assert.ok(!crosses([0, 15, 9, 15], box), "not where it ends before");
});

test("every second step is an obstacle too: a walk to and fro is one line", () => {
  // 8 000 steps between two points: a stride through them would see only one.
  const path = Array.from({ length: 8000 }, (_, step) => (step % 2 === 0 ? [100, 250] : [300, 250]));
  assert.deepEqual(linesOf(path, AREA), [[100, 250, 300, 250]]);
});

test("steps shorter than a name's distance are joined, and lines beyond the area are left out", () => {
  const path = Array.from({ length: 101 }, (_, step) => [100 + step, 250]);
  const lines = linesOf(path, AREA);
  assert.ok(lines.length <= 34 && lines.length >= 30);
  assert.ok(Math.max(...lines.map(([, , x]) => x)) >= 198);
  assert.deepEqual(
    linesOf(
      [
        [-50, -50],
        [-10, 600],
        [-90, 20],
      ],
      AREA,
    ),
    [],
  );
});
