"""Basins of attraction: the minimum in which a run ends, for each start on the map."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from charts.figures.base import RUN, FigureSpec, pick_run, whole
from charts.figures.drawing import axis, empty_figure, exact, note, tinted
from charts.ground import tone_map
from charts.minimum_styles import GLOBAL_STYLE, LOCAL_STYLE, minimum_styles, style_of
from charts.theme import Theme
from charts.words import name_kind, name_minimum
from surfaces import Landscape
from trajectories import KINDS, Scenario
from trajectories.basin_map import ELSEWHERE, BasinMap, basins
from trajectories.minima import minima_of
from trajectories.verdicts import GLOBAL, LOCAL

HEIGHT = 330
LABELED = 4
CROWD = 12  # with more minima, contour lines and symbols would cover the map: they are left out
CONTOUR = (96, 60)


def plot(scenario: Scenario, theme: Theme, run: int = 0, columns: int = 60, rows: int = 36) -> go.Figure:
    """Color the map by the minimum in which the run ends from each point."""
    pick_run(scenario, run)
    landscape = scenario.landscape
    found = basins(scenario, run, (rows, columns))
    groups = groups_of(landscape, found)
    figure = empty_figure(theme, height=HEIGHT, left=40, top=8, bottom=62)
    figure.add_trace(_cells(theme, landscape, found, groups))
    if len(np.unique(found.minima)) <= CROWD:
        figure.add_trace(contour_lines(theme, landscape))
        for style in range(int(groups.max()) + 1):
            _symbols(figure, theme, found, groups == style, style)
    _minima(figure, theme, landscape, found, groups)
    figure.add_trace(start_marker(theme, scenario.start))
    for update, bounds in ((figure.update_xaxes, landscape.bounds[0]), (figure.update_yaxes, landscape.bounds[1])):
        update(axis(theme) | {"range": bounds, "nticks": 8})
    figure.add_annotation(
        note(theme, _said(found, groups), x=0, xref="paper", xanchor="left",
             y=0, yref="paper", yanchor="top", yshift=-28, font={"color": theme.muted, "size": 12})
    )  # fmt: skip
    return figure


def groups_of(landscape: Landscape, found: BasinMap) -> NDArray[np.int64]:
    """The style of each start's minimum, (rows, columns); ELSEWHERE for a walk that does not arrive at one.

    A walk may arrive at a minimum that is not listed, such as another point of a level curve: it has the style of its
    outcome, as on the stage.
    """
    styles = np.array([*minimum_styles(landscape), ELSEWHERE])  # the last one is that of the index -1
    groups = styles[found.minima]
    for kind, style in ((GLOBAL, GLOBAL_STYLE), (LOCAL, LOCAL_STYLE)):
        groups[(found.kinds == kind) & (found.minima == ELSEWHERE)] = style
    return groups


def _said(found: BasinMap, groups: NDArray[np.int64]) -> str:
    """Where the walks end that arrive at no listed minimum, in one line."""
    none, unlisted = (float(cells.mean()) for cells in (groups == ELSEWHERE, (groups >= 0) & (found.minima < 0)))
    if unlisted:
        return f"{100 * unlisted:.0f} % at minima without a mark; gray, {100 * none:.0f} %: at none"
    return (
        f"plain gray: ends in no minimum ({100 * none:.0f} % of the starts)"
        if none
        else "every start ends in a minimum"
    )


def _cells(theme: Theme, landscape: Landscape, found: BasinMap, groups: NDArray[np.int64]) -> go.Heatmap:
    """The starts as cells, each in a pale tint of the color of its style."""
    colors = [theme.line, *(tinted(style_of(theme, style)[0], theme.page) for style in range(int(groups.max()) + 1))]
    borders = [border for n in range(len(colors)) for border in (n / len(colors), (n + 1) / len(colors))]
    called = [name_minimum(landscape, point) for point in minima_of(landscape)]
    return go.Heatmap(
        x=found.x,
        y=found.y,
        z=groups,
        zmin=ELSEWHERE - 0.5,
        zmax=len(colors) + ELSEWHERE - 0.5,
        colorscale=[[border, colors[n // 2]] for n, border in enumerate(borders)],
        showscale=False,
        text=[
            [
                called[n] if n >= 0 else name_kind(KINDS[kind]) if kind in {GLOBAL, LOCAL} else "no minimum"
                for n, kind in zip(*row, strict=True)
            ]
            for row in zip(found.minima.tolist(), found.kinds.tolist(), strict=True)
        ],
        customdata=found.ends,
        hovertemplate="start %{x}, %{y}<br>ends at %{customdata[0]}, %{customdata[1]}<br>%{text}<extra></extra>",
    )


def contour_lines(theme: Theme, landscape: Landscape) -> go.Contour:
    """The contour lines of the map, for orientation."""
    _, tones = tone_map(landscape, CONTOUR)
    (x_low, x_high), (y_low, y_high) = landscape.bounds
    return go.Contour(
        z=tones.astype(np.float32),
        x0=x_low,
        dx=(x_high - x_low) / (CONTOUR[0] - 1),
        y0=y_low,
        dy=(y_high - y_low) / (CONTOUR[1] - 1),
        contours={"coloring": "none", "start": 0.1, "end": 0.9, "size": 0.1},
        line={"color": theme.contour, "width": 1},
        showscale=False,
        hoverinfo="skip",
    )


def start_marker(theme: Theme, start: tuple[float, float]) -> go.Scatter:
    """A ring at the scenario's start, with its name."""
    return go.Scatter(
        x=[start[0]],
        y=[start[1]],
        mode="markers+text",
        marker={"symbol": "circle", "size": 11, "color": theme.page, "line": {"color": theme.ink, "width": 2}},
        text=["<b>start</b>"],
        textposition="top center",
        textfont={"color": theme.ink},
        name="start",
        hovertext=[f"the start<br>{exact(start[0])}, {exact(start[1])}"],
        hoverinfo="text",
    )


def _symbols(figure: go.Figure, theme: Theme, found: BasinMap, mine: NDArray[np.bool_], style: int) -> None:
    """Draw small symbols all over the regions of a style: they distinguish the regions without color."""
    rows, columns = mine.shape
    stride = max(1, columns // 15), max(1, rows // 9)
    row, column = np.nonzero(mine)
    kept = (row % stride[1] == stride[1] // 2) & (column % stride[0] == stride[0] // 2)
    color, symbol = style_of(theme, style)
    figure.add_scatter(
        x=found.x[column[kept]],
        y=found.y[row[kept]],
        mode="markers",
        marker={"symbol": f"{symbol}-open", "size": 5, "color": color, "opacity": 0.75, "line": {"width": 1}},
        hoverinfo="skip",
    )


def _minima(figure: go.Figure, theme: Theme, landscape: Landscape, found: BasinMap, groups: NDArray[np.int64]) -> None:
    """Draw each minimum in which a start ends; if there are few, add its name and its share of the starts."""
    minima = minima_of(landscape)
    called = [name_minimum(landscape, point) for point in minima]
    reached = [n for n in range(len(minima)) if (found.minima == n).any()]
    points = [minima[n] for n in reached]
    shares = [float((found.minima == n).mean()) for n in reached]
    styles = [style_of(theme, int(groups[found.minima == n][0])) for n in reached]
    few = len(reached) <= LABELED
    figure.add_scatter(
        x=[point.x for point in points],
        y=[point.y for point in points],
        mode="markers",
        marker={
            "symbol": [symbol for _, symbol in styles],
            "size": 12 if few else 7,
            "color": [color for color, _ in styles],
            "line": {"color": theme.halo, "width": 1.5},
        },
        name="minima",
        customdata=shares,
        hovertext=[
            f"{called[n]}<br>{exact(point.x)}, {exact(point.y)}<br>{100 * share:.1f} % of the starts"
            for n, point, share in zip(reached, points, shares, strict=True)
        ],
        hoverinfo="text",
    )
    for n, point, share in zip(reached, points, shares, strict=True) if few else ():
        (x_low, x_high), _ = landscape.bounds
        across = (point.x - x_low) / (x_high - x_low)
        figure.add_annotation(
            note(theme, f"{called[n]}<br><b>{100 * share:.0f} %</b>", x=point.x, y=point.y, yanchor="top",
                 yshift=-8,
                 xanchor="left" if across < 0.2 else "right" if across > 0.8 else "center", opacity=0.9)
        )  # fmt: skip


FIGURE = FigureSpec(
    key="basins",
    plot=plot,
    parameters={"run": RUN, "columns": whole(8, 160), "rows": whole(8, 120)},
)
