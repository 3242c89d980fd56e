/** The address speaks of a scenario only if it names a part of one. */

import assert from "node:assert/strict";
import { test } from "node:test";

let turn = null;
globalThis.addEventListener = (_, act) => (turn = act);
globalThis.location = { pathname: "/", search: "" };

const { Address } = await import(`${process.env.MODULES}/stage/wire/address.js`);

test("going back to an address without a scenario turns to none", () => {
  const visits = [];
  new Address((query) => visits.push(query));
  for (const search of ["", "?utm=1", "?embed=true", "?surface=hump&utm=1", "?run=sgd"]) {
    location.search = search;
    turn();
  }
  assert.deepEqual(visits, ["surface=hump&utm=1", "run=sgd"]);
});
