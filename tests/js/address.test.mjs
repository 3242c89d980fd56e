/**
 * The address names what is shown, whatever is written in it; Back returns to places, and past edits to their place.
 */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

let turn = null;
globalThis.addEventListener = (_, act) => (turn = act);
globalThis.location = { pathname: "/", search: "", hash: "" };
const go = (address) => (location.search = address.slice(address.indexOf("?")));
globalThis.history = {
  pushState: (state, _, address) => {
    entries.push(address);
    history.state = state;
    go(address);
  },
  replaceState: (state, _, address) => {
    entries[entries.length - 1] = address;
    history.state = state;
    go(address);
  },
};
let entries;
beforeEach(() => {
  entries = ["/"];
  history.state = null;
  location.search = "";
});

const { Address } = await import(`${process.env.MODULES}/stage/wire/address.js`);
const { sameQuery, decode, keepParts, parts, namesScenario } = await import(
  `${process.env.MODULES}/stage/wire/query.js`
);
const { lessonAddress, shared } = await import(`${process.env.MODULES}/stage/wire/places.js`);
const NONE = { inside: null, hidden: [], slots: [0, 1] };

test("going back to an address without a scenario turns to none", () => {
  const visits = [];
  new Address((query) => visits.push(query));
  for (const search of ["", "?utm=1", "?embed=true", "?surface=hump&utm=1", "?run=sgd"]) {
    location.search = search;
    turn();
  }
  assert.deepEqual(visits, ["surface=hump&utm=1", "run=sgd"]);
});

for (const search of ["?surface=hump&x=100%", "?noise=5%", "?%=%&run=sgd", "?surface=%ff%2", "?embed=true&%E0%A4%A"]) {
  test(`a stray percent sign in ${search} is read`, () => {
    location.search = search;
    const address = new Address(() => {});
    turn();
    address.identity(2);
    address.write("surface=hump&start=1e21,0", "same", NONE);
    const stays = search.includes("embed") ? "&embed=true" : "";
    assert.equal(location.search, `?surface=hump&start=1e21,0${stays}`);
    assert.equal(lessonAddress("hump"), `/?lesson=hump${stays}`);
  });
}

test("an escaped separator is a separator, and percent signs are decoded where they are codes", () => {
  assert.deepEqual(
    parts("?surface=hump&amp;steps=5").map(({ name }) => name),
    ["surface", "steps"],
  );
  assert.equal(namesScenario("a=1&amp;run=sgd"), true);
  assert.equal(decode("%41%zz%C3%A9%ff%"), "A%zzé\ufffd%");
  assert.equal(sameQuery("?start=1%2C2", "start=1,2"), true);
  assert.equal(
    keepParts("embed=true&x=1&embed_options=a&embed_options=b", ["embed", "embed_options"]),
    "embed=true&embed_options=a&embed_options=b",
  );
});

test("the words of the frame and of the presenter's view stay, and are in no link for somebody else", () => {
  location.search = "?surface=hump&embed=true&present=true&utm_source=mail";
  new Address(() => {}).write("surface=trap", "entry", { ...NONE, hidden: [1] });
  assert.equal(location.search, "?surface=trap&hidden=2&embed=true&present=true");
  const link = "https://a.test/x/?surface=trap&run=sgd:lr=0.1&hidden=2";
  assert.equal(shared(`${link}&embed=true&amp;embed_options=dark_theme&present=true#top`), link);
  assert.equal(shared("https://a.test/lessons?lesson=hump&embed=true"), "https://a.test/lessons?lesson=hump");
  assert.equal(shared("https://a.test/?embed=true"), "https://a.test/");
});

test("what is picked is a place; all edits after it make one more, and Back returns to the state before them", () => {
  const address = new Address(() => {});
  address.write("a", "same", NONE);
  assert.deepEqual(entries, ["/?a"]);
  for (const link of ["b", "c", "d"]) address.write(link, "edit", NONE);
  assert.deepEqual(entries, ["/?a", "/?d"]);
  address.write("picked", "entry", NONE);
  address.write("picked", "same", { ...NONE, inside: 0 });
  for (const link of ["e", "f"]) address.write(link, "edit", NONE);
  assert.deepEqual(entries, ["/?a", "/?d", "/?picked&inside=1", "/?f"]);
});

test("an edit that changes nothing makes no entry", () => {
  const address = new Address(() => {});
  address.write("a", "same", NONE);
  address.write("a", "edit", NONE);
  assert.deepEqual(entries, ["/?a"]);
});

test("opening and closing the inside are places, and another run in it, a step or a line is none", () => {
  const address = new Address(() => {});
  address.write("a", "same", NONE);
  address.write("a", "entry", { ...NONE, inside: 0 });
  address.write("a", "same", { ...NONE, inside: 1 });
  for (const link of ["b", "c"]) address.write(link, "edit", { ...NONE, inside: 1 });
  address.write("c", "entry", NONE);
  assert.deepEqual(entries, ["/?a", "/?a&inside=2", "/?c&inside=2", "/?c"]);
});
