/** The height of losses is logarithmic where the loss chart's is, and a loss of 0 has a place and a note. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { theme, widthOf } from "./fake_walk.mjs";

const measured = { font: "", measureText: (text) => ({ width: widthOf(text, measured.font || "11px x") }) };
globalThis.document = { createElement: () => ({ getContext: () => measured }) };
const MODULES = process.env.MODULES;
const { lossScaleOf } = await import(`${MODULES}/stage/draw/loss_scale.js`);
const { SettingsPlot } = await import(`${MODULES}/stage/draw/settings_plot.js`);
const { SvgContext } = await import(`${MODULES}/stage/draw/svg_context.js`);

const of = (...losses) => lossScaleOf(Float64Array.from(losses));

test("losses over many powers of ten are logarithmic, with or without zeros", () => {
  assert.deepEqual(of(1e-32, 2, 1e-5), { low: 1e-32, high: 2, log: true, zeros: false });
  assert.deepEqual(of(0, 1e-32, 2), { low: 1e-32, high: 2, log: true, zeros: true });
});

test("tiny losses do not fill the height: the scale reaches up to where a loss counts as 0", () => {
  const { high, log } = of(0, 1e-32, 3e-32);
  assert.equal(log, true);
  assert.ok(high / 3e-32 > 1e20);
});

test("losses of about the same size, zeros only, and negative losses are linear", () => {
  assert.deepEqual(of(0, 1, 2), { low: 0, high: 2, log: false });
  assert.deepEqual(of(0, 0), { low: 0, high: 0, log: false });
  assert.deepEqual(of(-1.5, 1e-8, 4), { low: -1.5, high: 4, log: false });
  assert.equal(of(NaN), null);
});

test("a zero is drawn at the lower end of a logarithmic height, and the curve has no gap there", () => {
  const range = [0, 1];
  const axis = { slot: 0, name: "lr", run: 0, range, whole: range, scale: "linear" };
  const numbers = Float64Array.of(1e-30, 0, 1);
  const curve = { numbers, scale: lossScaleOf(numbers), title: "late loss", look: theme.looks[0] };
  const grid = { window: [range, range], rows: 1, columns: 3 };
  const content = {
    axes: [axis],
    titles: ["lr"],
    window: [range, range],
    grid,
    painted: null,
    curve,
    stars: [],
    limits: [],
  };
  const plot = new SettingsPlot();
  plot.view.resize(400, 200);
  const pen = new SvgContext(400, 200, widthOf);
  plot.draw(pen, content, theme, 1);
  const [, path] = new RegExp(`<path d="([^"]*)" fill="none" stroke="${theme.looks[0].color}"`).exec(pen.svg);
  assert.equal(path.match(/[ML]/g).join(""), "MLL");
  const { top, height } = plot.view.area;
  assert.ok(Math.abs(Number(path.match(/L[\d.]+ ([\d.]+)/)[1]) - (top + height)) < 0.01);
  assert.deepEqual(plot.handleAt([0.5], grid), [plot.view.project(0.5, 0)[0], top + height]);
});
