/** Which minima are named, by the names that Python sends; and that a surface may have none. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { landmarks, lowestLoss } = await import(`${process.env.MODULES}/stage/draw/minima.js`);

const minimum = (value, name, global = false) => ({ x: value, y: 0, value, global, origin: "found", name });

test("few minima keep the names that Python sends", () => {
  const minima = [minimum(1, "global minimum (found)", true), minimum(2, "local minimum (found)")];
  assert.deepEqual(landmarks(minima), minima);
});

test("of many minima only the global ones are named", () => {
  const minima = [minimum(1, "global", true), ...[2, 3, 4, 5, 6].map((value) => minimum(value, "local"))];
  assert.deepEqual(
    landmarks(minima).map((mark) => mark.name),
    ["global", null, null, null, null, null],
  );
});

test("a surface without minima has no marks, and any loss of a walk is its lowest", () => {
  assert.deepEqual(landmarks([]), []);
  assert.equal(lowestLoss([minimum(2, ""), minimum(-3, "")]), -3);
  assert.equal(Math.min(lowestLoss([]), 5), 5);
});
