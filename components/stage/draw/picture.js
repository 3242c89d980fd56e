/** Paths and places as Plotly traces, for the picture that a visitor takes home. */

import { X, Y } from "../wire/record.js";

/** One line and one head a run, up to a step. */
export function traces(walk, step, looks, name, theme) {
  return walk.runs
    .filter((run) => run.last >= 0)
    .map((run) => {
      const to = Math.min(step, run.last);
      const column = (field) => Array.from({ length: to + 1 }, (_, at) => run.at(at, field));
      const look = looks[run.index];
      return {
        type: "scatter",
        mode: "lines+markers",
        x: column(X),
        y: column(Y),
        name: name(run.index),
        line: {
          color: look.color,
          width: 2.4,
          dash: look.dash.length > 0 ? look.dash.map((length) => `${length}px`).join(",") : "solid",
        },
        marker: {
          color: look.color,
          symbol: look.head,
          opacity: 1,
          size: Array.from({ length: to + 1 }, (_, at) => (at === to ? 12 : 0)),
          line: { color: theme.page, width: 2 },
        },
      };
    });
}

/** The start and the minima, with their names, as one trace. */
export function places(start, marks, theme) {
  const all = [{ ...start, name: "start" }, ...marks];
  return {
    type: "scatter",
    mode: "markers+text",
    x: all.map((mark) => mark.x),
    y: all.map((mark) => mark.y),
    text: all.map((mark) => mark.name ?? ""),
    textposition: "bottom center",
    textfont: { color: theme.ink, size: 13, weight: 600, shadow: `0 0 4px ${theme.page}` },
    marker: {
      opacity: 1,
      symbol: all.map((mark) => (mark.global ? "star" : "circle")),
      size: all.map((mark) => (mark.name === null ? 5 : mark.global ? 15 : 10)),
      color: theme.page,
      line: { color: theme.ink, width: 2 },
    },
    showlegend: false,
  };
}
