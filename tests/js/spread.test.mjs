import assert from "node:assert/strict";
import { test } from "node:test";
import { ellipse } from "../../components/stage/draw/spread.js";

test("the ellipse is two standard deviations along each main axis", () => {
  const r = Math.SQRT1_2;
  const axes = /** @type {[[number, number], [number, number]]} */ ([
    [r, r],
    [-r, r],
  ]);
  const corners = ellipse({ center: [1, 3], axes, predicted: [0.5, 0.1] });
  const along = corners.map(([x, y]) => (x - 1) * r + (y - 3) * r);
  const across = corners.map(([x, y]) => -(x - 1) * r + (y - 3) * r);
  assert.ok(Math.abs(Math.max(...along) - 1) < 1e-12);
  assert.ok(Math.abs(Math.max(...across) - 0.2) < 1e-12);
  for (const [at, a] of along.entries()) assert.ok(Math.abs((a / 1) ** 2 + (across[at] / 0.2) ** 2 - 1) < 1e-12);
});
