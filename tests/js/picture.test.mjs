/** A saved picture has a title, the ground, the drawing of the screen, and a legend of all runs. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { theme, walkOf, widthOf } from "./fake_walk.mjs";

const { drawLegend, placeLegend } = await import(`${process.env.MODULES}/stage/draw/legend.js`);
const { captionLines } = await import(`${process.env.MODULES}/stage/draw/picture.js`);
const { SvgContext } = await import(`${process.env.MODULES}/stage/draw/svg_context.js`);

const entries = (count, text) => Array.from({ length: count }, (_, i) => ({ text: text(i), look: theme.looks[i] }));

for (const count of [0, 1, 4, 8]) {
  test(`a legend of ${count} runs names each of them, inside the picture`, () => {
    const { placed, height } = placeLegend(
      entries(count, (i) => `Momentum, run ${i + 1}, lr 0.01`),
      740,
      theme,
      widthOf,
    );
    assert.equal(placed.length, count);
    for (const { x, y, lines } of placed) {
      assert.ok(x >= 0 && x + 54 + widthOf(lines[0], "13px x") <= 740);
      assert.ok(y > 0 && y < height);
    }
    const places = new Set(placed.map(({ x, y }) => `${x} ${y}`));
    assert.equal(places.size, count);
  });
}

test("a run with many settings has several lines, with all settings", () => {
  const text = "Adam, run 8, lr 0.123456789, beta1 0.987654321, beta2 0.999, eps 1e−8, weight decay 0.01";
  const { placed, height } = placeLegend(
    entries(2, () => text),
    300,
    theme,
    widthOf,
  );
  assert.equal(placed[0].lines.join(" "), text);
  for (const line of placed[0].lines) assert.ok(54 + widthOf(line, "13px x") <= 300, line);
  assert.ok(placed[1].y > placed[0].y + 20 * (placed[0].lines.length - 1));
  assert.ok(height >= 40 * placed[0].lines.length);
});

test("a solid line has a whole sample in its run's color", () => {
  const pen = new SvgContext(300, 40, widthOf);
  drawLegend(
    pen,
    placeLegend(
      entries(1, () => "SGD"),
      300,
      theme,
      widthOf,
    ).placed,
    theme,
  );
  const samples = [...pen.svg.matchAll(/<path d="([^"]*)" fill="none" stroke="([^"]*)"([^>]*)>/g)];
  const [sample] = samples.filter(([, , color]) => color === theme.looks[0].color);
  assert.equal(sample[1], "M0 10L44 10");
  assert.doesNotMatch(sample[3], /dasharray/);
});

test("SVG: what is drawn under a moved, turned and clipped context lies where a canvas would put it", () => {
  const pen = new SvgContext(200, 100, widthOf);
  pen.beginPath();
  pen.rect(0, 0, 50, 50);
  pen.save();
  pen.clip();
  pen.translate(100, 20);
  pen.rotate(Math.PI / 2);
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.lineTo(10, 0);
  pen.strokeStyle = "#ff0000";
  pen.lineWidth = 3;
  pen.setLineDash([4, 2]);
  pen.stroke();
  pen.restore();
  pen.beginPath();
  pen.arc(20, 20, 5, 0, 2 * Math.PI);
  pen.fill();
  const { svg } = pen;
  assert.match(svg, /<clipPath id="mradam-clip-1"><path d="M0 0L50 0L50 50L0 50Z"\/><\/clipPath>/);
  assert.match(svg, /d="M100 20L100 30"[^>]*stroke="#ff0000"[^>]*stroke-dasharray="4,2"[^>]*url\(#mradam-clip-1\)/);
  assert.match(svg, /d="M25 20A5 5 0 1 1 15 20A5 5 0 1 1 25 20" fill="#000000"\/>/);
});

test("SVG: texts are texts, and their letters are escaped", () => {
  const pen = new SvgContext(200, 100, widthOf);
  pen.font = "600 12px 'Segoe UI', sans-serif";
  pen.textAlign = "center";
  pen.fillText('a < b & "c"', 10, 20);
  assert.match(
    pen.svg,
    /<text x="10" y="20" text-anchor="middle"[^>]*font-weight="600"[^>]*>a &lt; b &amp; &quot;c&quot;<\/text>/,
  );
  assert.match(pen.svg, /font-size="12"/);
});

test("SVG: an unsupported call throws an error", () => {
  const pen = new SvgContext(200, 100, widthOf);
  assert.throws(() => pen.arc(0, 0, 5, 0, 1));
  assert.throws(() => pen.lineTo(Infinity, 0));
  assert.throws(() => pen.ellipse(0, 0, 2, 1, 0, 0, 6));
});

test("SVG: restore restores the saved state", () => {
  const pen = new SvgContext(200, 100, widthOf);
  Object.assign(pen, { lineWidth: 2, strokeStyle: "#123456" });
  pen.save();
  Object.assign(pen, { lineWidth: 7, strokeStyle: "#ffffff" });
  pen.restore();
  assert.deepEqual([pen.lineWidth, pen.strokeStyle], [2, "#123456"]);
});

test("the ground is inserted at its place, without the head of its file", () => {
  const pen = new SvgContext(200, 100, widthOf);
  pen.embed('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 0, 41);
  assert.match(pen.svg, /<g transform="translate\(0 41\)"><svg xmlns/);
  assert.equal(walkOf([[0, 0, 0]]).steps, 0);
});

test("a caption has lines that fit, with all of its letters", () => {
  const link = `http://here/?f=${"x".repeat(7990)}`;
  const lines = captionLines(link, 100, (text) => text.length);
  assert.equal(lines.join(""), link);
  assert.deepEqual(new Set(lines.slice(0, -1).map((line) => line.length)), new Set([100]));
  assert.deepEqual(
    captionLines("ab", 0, () => 9),
    ["a", "b"],
  );
  assert.deepEqual(
    captionLines("", 100, () => 0),
    [],
  );
});
