/** What a lesson's scene sets is shown when the scene changes, and not again while the learner chooses otherwise. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { chooseScene, pictureParts, picturesOf } = await import(`${process.env.MODULES}/stage/wire/pictures.js`);

const views = (model = true, basins = null) => ({
  model: { choice: model },
  basins: { choice: basins },
  settings: { choice: null },
  seeds: { choice: false },
});

test("a scene switches a map on, and the next one off", () => {
  const shown = views();
  chooseScene(shown, "basins=1");
  assert.deepEqual(shown.basins.choice, { slot: 0, compared: null, shows: "outcome" });
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

test("the map of basins is in the address with its comparison and its colors", () => {
  const query = "run=sgd&run=adam";
  for (const text of ["1", "2", "2,1", "1,steps", "1,2,loss"]) {
    assert.deepEqual(pictureParts(picturesOf(`${query}&basins=${text}`), [0, 1]), [`basins=${text}`]);
  }
  for (const text of ["0", "9", "1,", "1,1x", "1,outcome", "1;2", ""]) {
    assert.equal(picturesOf(`${query}&basins=${text}`).basins, null);
  }
  assert.equal(picturesOf(`${query}&basins=1,1`).basins.compared, null);
});
