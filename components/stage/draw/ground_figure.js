/** Plotly's figure of the ground for a view: its axes have labels that fit, and letters as large as the view's. */

import { layOut, NARROW } from "./axes.js";
import { widthOf } from "./widths.js";

/** @import { Ticks } from "./axes.js" */
/** @import { Annotation, Axis, Font, SurfacePayload } from "./surface.js" */
/** @import { View } from "./view.js" */

/** The labels of the axes and the margins that they need. @param {SurfacePayload} payload @param {View} view */
export function axesOf({ figure }, view) {
  const { family } = figure.layout.font;
  const bar = figure.data[0].colorbar.ticktext;
  return layOut(view, view, bar, (text, size) => widthOf(text, `${size}px ${family}`));
}

/** Plotly's figure of the ground for a view. @param {SurfacePayload} payload @param {View} view */
export function figureOf(payload, view) {
  const { data, layout } = payload.figure;
  const { x, y, beyond } = axesOf(payload, view);
  const showscale = view.width >= NARROW;
  const grown = (/** @type {Font} */ font) => ({ ...font, size: font.size * view.scale });
  /** @type {(axis: Axis, ticks: Ticks, range: [number, number]) => object} */
  const axis = (of, { values, texts }, range) => ({
    ...of,
    range,
    autorange: false,
    tickmode: "array",
    tickvals: values,
    ticktext: texts,
    tickangle: 0,
    tickfont: grown(of.tickfont),
    title: { ...of.title, font: grown(of.title.font) },
  });
  /** @type {(name: Annotation) => object} the name of the color bar is beside the last label of x */
  const named = (name) => ({ ...name, font: grown(name.font), xshift: Math.max(name.xshift, beyond) });
  return {
    data: data.map((trace) => {
      const colorbar = { ...trace.colorbar, tickfont: grown(trace.colorbar.tickfont) };
      return { ...trace, colorbar, showscale };
    }),
    layout: {
      ...layout,
      width: view.width,
      height: view.height,
      autosize: false,
      margin: { ...view.margins, pad: 0, autoexpand: false },
      xaxis: axis(layout.xaxis, x, view.x),
      yaxis: axis(layout.yaxis, y, view.y),
      annotations: showscale ? layout.annotations.map(named) : [],
    },
  };
}
