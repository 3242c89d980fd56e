"""The settings map: how a run ends for each pair of values of two settings, with the known limits."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from charts.figures.base import RUN, FigureSpec, number, pick_run, rising, whole, word
from charts.figures.drawing import (
    LINE,
    axis,
    empty_figure,
    exact,
    legend_below,
    legend_rows,
    name_axis,
    rounded,
    tinted,
)
from charts.figures.outcomes import kind_marker
from charts.figures.sweep import place, value_axis
from charts.theme import Theme
from charts.words import name_kind, say
from trajectories import KINDS, Scenario
from trajectories.axis import Axis, range_of
from trajectories.limits import Limit, limits
from trajectories.settings_map import SettingsMap, settings
from trajectories.sweep import hyperparameter

HEIGHT = 270
SYMBOLS = 12  # along each axis: they distinguish the outcomes without color


def plot(
    scenario: Scenario,
    theme: Theme,
    run: int = 0,
    x: str = "lr",
    y: str | None = None,
    x_low: float | None = None,
    x_high: float | None = None,
    y_low: float | None = None,
    y_high: float | None = None,
    columns: int = 40,
    rows: int = 24,
) -> go.Figure:
    """Color each pair of values by the outcome of the run, and draw the known limit over it."""
    own = pick_run(scenario, run)
    if y is None:  # the first other hyperparameter, or the start
        y = next((name for name in own.values if name != x), "x")
    axes = Axis(name=x, run=run, low=x_low, high=x_high), Axis(name=y, run=run, low=y_low, high=y_high)
    ranges = [range_of(scenario, axis) for axis in axes]
    scales = [scale for _, _, scale in ranges]
    found = settings(scenario, axes, (rows, columns))
    figure = empty_figure(theme, height=HEIGHT, left=60, top=26 + LINE)
    places = [
        [place(value, scale) for value in values] for values, scale in zip((found.x, found.y), scales, strict=True)
    ]
    figure.add_trace(cells(theme, found, places))
    present = [kind for kind in KINDS if KINDS.index(kind) in found.kinds]
    for kind in present:
        row, column = np.nonzero(found.kinds[0] == KINDS.index(kind))
        sparse = (row % max(1, rows // SYMBOLS) == 0) & (column % max(1, columns // SYMBOLS) == 0)
        figure.add_scatter(
            x=np.array(places[0])[column[sparse]],
            y=np.array(places[1])[row[sparse]],
            mode="markers",
            marker=kind_marker(kind, theme) | {"size": 5},
            name=name_kind(kind),
            hoverinfo="skip",
        )
    known = limits(scenario, axes)
    for limit in known:
        _line(figure, theme, limit, scales)
    now = dict(zip("xy", scenario.start, strict=True)) | dict(own.values)
    figure.add_scatter(
        x=[place(now[x], scales[0])],
        y=[place(now[y], scales[1])],
        mode="markers",
        marker={"symbol": "circle", "size": 11, "color": theme.page, "line": {"color": theme.ink, "width": 2}},
        name="present settings",
        hovertext=[f"present settings<br>{x} {exact(now[x])}<br>{y} {exact(now[y])}"],
        hoverinfo="text",
    )
    for update, axis_of, (low, high, scale), along in zip(
        (figure.update_xaxes, figure.update_yaxes), axes, ranges, places, strict=True
    ):
        half = (along[1] - along[0]) / 2
        titled = axis(theme, f"start, {axis_of.name}")
        if not axis_of.is_shared:
            titled = value_axis(theme, hyperparameter(scenario, run, axis_of.name), scale, low, high)
        update(titled | {"range": [along[0] - half, along[-1] + half]})
    name_axis(figure, theme, _said(known))
    legend_below(figure, legend_rows([trace.name for trace in figure.data if trace.name]))
    return figure


def _said(known: tuple[Limit, ...]) -> str:
    """What is known of the limit, in one line."""
    return "; ".join(f"dashed: {say(limit.message)}" for limit in known) or "no limit is known for this run"


def cells(theme: Theme, found: SettingsMap, places: list[list[float]]) -> go.Heatmap:
    """The pairs of values as cells, each in a pale tint of the color of its outcome."""
    colors = [tinted(theme.outcomes[kind], theme.page) for kind in KINDS]
    borders = [border for n in range(len(colors)) for border in (n / len(colors), (n + 1) / len(colors))]
    (x, y), late = found.axes, found.late_losses[0]
    return go.Heatmap(
        x=places[0],
        y=places[1],
        z=found.kinds[0],
        zmin=-0.5,
        zmax=len(colors) - 0.5,
        colorscale=[[border, colors[n // 2]] for n, border in enumerate(borders)],
        showscale=False,
        text=[
            [
                f"{x.name} {exact(across)}<br>{y.name} {exact(up)}<br>{name_kind(KINDS[found.kinds[0, row, column]])}"
                + (f"<br>worst late loss {rounded(float(late[row, column]))}" if np.isfinite(late[row, column]) else "")
                for column, across in enumerate(found.x.tolist())
            ]
            for row, up in enumerate(found.y.tolist())
        ],
        hovertemplate="%{text}<extra></extra>",
    )


def _line(figure: go.Figure, theme: Theme, limit: Limit, scales: list[str]) -> None:
    """Draw a limit as a dashed line, with its formula, its source and its error under the pointer."""
    text = "<br>".join(filter(None, (say(limit.message), say(limit.error) or "exact", limit.source)))
    x, y = ([None if np.isnan(value) else place(value, scale) for value in column]
            for column, scale in zip(limit.points.T.tolist(), scales, strict=True))  # fmt: skip
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": theme.ink, "width": 2, "dash": "6px,4px"},
        name="known limit",
        hovertext=text,
        hoverinfo="text",
    )


def _together(parameters: Mapping[str, Any]) -> None:
    if parameters.get("x", "lr") == parameters.get("y"):
        raise ValueError(f'x and y must be two different settings: got "{parameters.get("x", "lr")}" twice.')
    for name in "xy":
        rising(parameters.get(f"{name}_low"), parameters.get(f"{name}_high"))


FIGURE = FigureSpec(
    key="settings",
    plot=plot,
    parameters={"run": RUN, "x": word(), "y": word(), "columns": whole(8, 120), "rows": whole(8, 80)}
    | {f"{name}_{end}": number(-1000.0, 1000.0) for name in "xy" for end in ("low", "high")},
    together=_together,
)
