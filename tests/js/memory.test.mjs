/** A browser without storage, or one that blocks it, works as on a first visit. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { recall, remember } = await import(`${process.env.MODULES}/stage/state/memory.js`);

/** Give the browser this storage. */
function storage(get) {
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get });
}
const refusing = (name) => () => {
  const refuse = () => {
    throw new DOMException("no", name);
  };
  return { getItem: refuse, setItem: refuse };
};

test("a stored value is read back", () => {
  const kept = new Map();
  storage(() => ({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) }));
  assert.equal(recall("hint"), null);
  remember("hint", "seen");
  assert.deepEqual([recall("hint"), [...kept.keys()]], ["seen", ["mradam.hint"]]);
});

const MISSING = {
  null: () => null,
  undefined: () => undefined,
  "a storage that must not be read": () => {
    throw new DOMException("no", "SecurityError");
  },
  "a storage that refuses": refusing("SecurityError"),
  "a full storage": refusing("QuotaExceededError"),
};
for (const [what, get] of Object.entries(MISSING)) {
  test(`with ${what} nothing is stored, and nothing fails`, () => {
    storage(get);
    remember("hint", "seen");
    assert.equal(recall("hint"), null);
  });
}

test("any other error is not hidden", () => {
  storage(() => {
    throw new TypeError("a mistake");
  });
  assert.throws(() => recall("hint"), TypeError);
});
