/** What a lesson's scene sets is shown when the scene changes, and not again while the learner chooses otherwise. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { chooseScene } = await import(`${process.env.MODULES}/stage/wire/pictures.js`);

const views = (model = true, basins = null) => ({
  model: { choice: model },
  basins: { choice: basins },
  settings: { choice: null },
  seeds: { choice: false },
});

test("a scene switches a map on, and the next one off", () => {
  const shown = views();
  chooseScene(shown, "basins=1");
  assert.equal(shown.basins.choice, 0);
  chooseScene(shown, "");
  assert.equal(shown.basins.choice, null);
  assert.equal(shown.model.choice, true);
});

test("while a scene stays, the learner's choice stays", () => {
  const shown = views();
  chooseScene(shown, "basins=1");
  shown.basins.choice = null;
  chooseScene(shown, "basins=1");
  assert.equal(shown.basins.choice, null);
});

test("a page without scenes leaves the choice of its address", () => {
  const shown = views(false, 2);
  chooseScene(shown, "");
  assert.deepEqual(shown, views(false, 2));
});
