/** What a lesson's scene sets is shown when the scene changes, and not again while the learner chooses otherwise. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { chooseScene, pictureParts, picturesOf } = await import(`${process.env.MODULES}/stage/wire/pictures.js`);

const views = (model = true, basins = null) => ({
  model: { choice: model },
  basins: { choice: basins },
  settings: { choice: null },
  seeds: { choice: false },
  window: { choice: null },
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

test("the part of the map that is shown is in the address", () => {
  for (const text of ["-1..2,0..1", "0.25..0.5,-1e-3..1e-3", "-4.5..-4.25,-2..-1"]) {
    const { window } = picturesOf(`surface=hump&window=${text}`);
    const [read] = pictureParts({ ...picturesOf(""), window }, [0]);
    assert.equal(window.surface, "hump");
    assert.deepEqual(picturesOf(read).window, { ...window, surface: null });
  }
  assert.deepEqual(picturesOf("window=-1..2,0..1").window, { x: [-1, 2], y: [0, 1], surface: null });
  for (const text of ["", "1", "1..0,0..1", "0..1", "0..1,0..x", "0..1,1..1", "0..1,0..Infinity", "..,.."]) {
    assert.equal(picturesOf(`window=${text}`).window, null);
  }
});
