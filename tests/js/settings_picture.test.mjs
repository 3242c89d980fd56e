/** A saved picture has the chart of settings below the map: curve, last positions, theory, best cells, handle. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { theme, widthOf } from "./fake_walk.mjs";

/** Texts are measured on a canvas. */
const measured = { font: "", measureText: (text) => ({ width: widthOf(text, measured.font || "11px x") }) };
globalThis.document = { createElement: () => ({ getContext: () => measured }) };
const MODULES = process.env.MODULES;
const { SvgContext } = await import(`${MODULES}/stage/draw/svg_context.js`);
const { SettingsPicture } = await import(`${MODULES}/stage/draw/settings_picture.js`);
const { Picture } = await import(`${MODULES}/stage/draw/picture.js`);
const { pictureOf } = await import(`${MODULES}/stage/settings_content.js`);

const AXIS = { slot: 0, name: "lr", run: 0, range: [0, 1], whole: [0, 1], scale: "linear" };
const LOOK = theme.looks[0];
const WINDOW = [
  [0, 1],
  [0, 1],
];
const grid = { window: WINDOW, rows: 1, columns: 4 };
const numbers = [4, 2, 1, 3];
const curve = { numbers, scale: { low: 1, high: 4, log: false }, title: "late loss", look: LOOK };
const limits = [{ lines: [[[0.5, 0]]] }];
const content = {
  axes: [AXIS],
  titles: ["lr"],
  window: WINDOW,
  grid,
  painted: null,
  curve,
  stars: [{ cell: [0, 2], look: LOOK }],
  limits,
};
const handle = { places: [0.6], grid };
const SIZE = { width: 400, height: 200 };

function svgOf(shown, at = handle) {
  const pen = new SvgContext(SIZE.width, SIZE.height, widthOf);
  new SettingsPicture(shown, at, SIZE, theme).draw(pen);
  return pen.svg;
}

/** The paths with a color. */
const count = (svg, kind, color) => svg.match(new RegExp(`${kind}="${color}"`, "g"))?.length ?? 0;

test("the curve, the line of theory with its number, the star and the titles are in the picture", () => {
  const svg = svgOf(content);
  assert.equal(count(svg, "stroke", LOOK.color), 1, "the curve");
  assert.equal(count(svg, "fill", LOOK.color), 1, "the star");
  assert.match(svg, /stroke-dasharray/);
  for (const text of [">1<", ">lr<", ">late loss<"]) assert.ok(svg.includes(text), text);
});

test("the handle is where the screen has it, and is left out beyond the axes", () => {
  const here = svgOf(content);
  const away = svgOf(content, { ...handle, places: [1.5] });
  assert.notEqual(here, away);
  assert.ok(here.length > away.length);
  const moved = svgOf(content, { ...handle, places: [0.1] });
  assert.notEqual(here, moved);
});

test("the last positions are dots instead of the curve", () => {
  const orbits = { values: [0.25, 0.75], last: 2, tables: { x: [1, 2, 3, 4] }, kinds: [0, 0], periods: [2, 2] };
  const dots = { ...curve, numbers: [], orbits: { orbits, quantity: "x" } };
  const svg = svgOf({ ...content, curve: dots });
  assert.equal(count(svg, "fill", LOOK.color), 4);
});

test("a picture is higher by what is drawn below its map, and the chart grows with the picture", () => {
  const of = (below) =>
    new Picture({
      view: { width: 760, height: 500 },
      scene: () => ({ theme }),
      legend: [{ text: "SGD", look: LOOK }],
      beside: null,
      below,
      hatched: false,
      caption: "",
    });
  const chart = pictureOf({ content, handle }, { width: 380, height: 190 }, 760, theme);
  assert.equal(chart.height, 380);
  assert.ok(of([chart]).height >= of([]).height + 380);
});
