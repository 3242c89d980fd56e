"""Basins of attraction: the minimum in which a run ends, for each start on the map."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from PIL import ImageColor

from charts.figures.base import RUN, FigureSpec, pick_run, whole
from charts.figures.drawing import axis, empty_figure, exact, note
from charts.ground import tone_map
from charts.palette import OTHER_MINIMA, OUTCOME_SYMBOLS
from charts.theme import Theme
from charts.words import name_minimum
from surfaces import Landscape
from trajectories import Scenario
from trajectories.attraction import ELSEWHERE, Attraction, attraction
from trajectories.basins import is_global
from trajectories.minima import minima_of

HEIGHT = 330
LABELED = 4
CROWD = 12  # with more minima, contour lines and symbols would cover the map: they are left out
TINT = 0.3
# The styles of regions: the global minimum, a local minimum, and then further minima, whether global or local.
GLOBAL_STYLE, LOCAL_STYLE = 0, 1
OTHER_SYMBOLS = ("circle", "triangle-down", "pentagon", "cross")
STYLES = 2 + len(OTHER_SYMBOLS)
CONTOUR = (96, 60)


def plot(scenario: Scenario, theme: Theme, run: int = 0, columns: int = 60, rows: int = 36) -> go.Figure:
    """Color the map by the minimum in which the run ends from each point."""
    pick_run(scenario, run)
    landscape = scenario.landscape
    found = attraction(scenario, run, columns, rows)
    lowest = [is_global(landscape, point.value) for point in minima_of(landscape)]
    groups = group(found.minima, lowest)
    figure = empty_figure(theme, height=HEIGHT, left=40, top=8, bottom=62)
    figure.add_trace(_cells(theme, landscape, found, groups))
    if len(np.unique(found.minima)) <= CROWD:
        figure.add_trace(_lines(theme, landscape))
        for style in range(int(groups.max()) + 1):
            _symbols(figure, theme, found, groups == style, style)
    _minima(figure, theme, landscape, found, groups)
    figure.add_scatter(
        x=[scenario.start[0]],
        y=[scenario.start[1]],
        mode="markers+text",
        marker={"symbol": "circle", "size": 11, "color": theme.page, "line": {"color": theme.ink, "width": 2}},
        text=["<b>start</b>"],
        textposition="top center",
        textfont={"color": theme.ink},
        name="start",
        hovertext=[f"the start<br>{exact(scenario.start[0])}, {exact(scenario.start[1])}"],
        hoverinfo="text",
    )
    for update, bounds in ((figure.update_xaxes, landscape.bounds[0]), (figure.update_yaxes, landscape.bounds[1])):
        update(axis(theme) | {"range": bounds, "nticks": 8})
    share = float((groups == ELSEWHERE).mean())
    text = "plain gray: ends in no minimum" if share else "every start ends in a minimum"
    figure.add_annotation(
        note(theme, f"{text} ({100 * share:.0f} % of the starts)" if share else text, x=0, xref="paper", xanchor="left",
             y=0, yref="paper", yanchor="top", yshift=-28, font={"color": theme.muted, "size": 12})
    )  # fmt: skip
    return figure


def group(minima: NDArray[np.int64], lowest: Sequence[bool]) -> NDArray[np.int64]:
    """Give each minimum a style, in the order of the number of starts that end in it, the largest first.

    Parameters
    ----------
    minima : ndarray, int64, (rows, columns)
        For each start the index of the minimum in which it ends; -1 for none.
    lowest : sequence of bool
        For each minimum, whether it is global.

    Returns
    -------
    ndarray, int64, (rows, columns)
        For each start the style of its minimum; -1 for none. Only the first minimum has GLOBAL_STYLE, and only local
        minima have LOCAL_STYLE. If there are more minima than styles, several minima have the same style; minima whose
        regions touch have different styles as far as possible.
    """
    numbers, counts = np.unique(minima[minima != ELSEWHERE], return_counts=True)
    order = sorted(zip(numbers.tolist(), counts.tolist(), strict=True), key=lambda pair: (pair[0] > 0, -pair[1]))
    touching = _neighbors(minima)
    groups = np.full_like(minima, ELSEWHERE)
    styles: dict[int, int] = {}
    for n, _ in order:
        allowed = range(1) if n == 0 else range(LOCAL_STYLE + lowest[n], STYLES)
        around = [styles[other] for other in touching.get(n, ()) if other in styles]
        used = [*around, *(styles.values() if len(order) <= STYLES else ())]
        styles[n] = min(allowed, key=lambda style: (used.count(style), style))
        groups[minima == n] = styles[n]
    return groups


def _neighbors(minima: NDArray[np.int64]) -> dict[int, set[int]]:
    """For each minimum, the minima whose regions touch its own region."""
    touching: dict[int, set[int]] = {}
    for one, other in ((minima[1:], minima[:-1]), (minima[:, 1:], minima[:, :-1]), (minima[1:, 1:], minima[:-1, :-1]),
                       (minima[1:, :-1], minima[:-1, 1:])):  # fmt: skip
        for a, b in np.unique(np.stack([one.ravel(), other.ravel()]), axis=1).T.tolist():
            if a != b:
                touching.setdefault(a, set()).add(b)
                touching.setdefault(b, set()).add(a)
    return touching


def _style(theme: Theme, style: int) -> tuple[str, str]:
    """The color and the symbol of a style; those of global and local minima are the same in all figures."""
    match style:
        case 0:
            return theme.outcomes["global_minimum"], OUTCOME_SYMBOLS["global_minimum"]
        case 1:
            return theme.outcomes["local_minimum"], OUTCOME_SYMBOLS["local_minimum"]
        case _:
            return theme.trails[OTHER_MINIMA[style - 2]].color, OTHER_SYMBOLS[style - 2]


def _cells(theme: Theme, landscape: Landscape, found: Attraction, groups: NDArray[np.int64]) -> go.Heatmap:
    """The starts as cells, each in a pale tint of the color of its style."""
    colors = [theme.line, *(_mix(_style(theme, style)[0], theme.page) for style in range(int(groups.max()) + 1))]
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
        text=[["no minimum" if n == ELSEWHERE else called[n] for n in row] for row in found.minima.tolist()],
        customdata=found.ends,
        hovertemplate="start %{x}, %{y}<br>ends at %{customdata[0]}, %{customdata[1]}<br>%{text}<extra></extra>",
    )


def _lines(theme: Theme, landscape: Landscape) -> go.Contour:
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


def _symbols(figure: go.Figure, theme: Theme, found: Attraction, mine: NDArray[np.bool_], style: int) -> None:
    """Draw small symbols all over the regions of a style: they distinguish the regions without color."""
    rows, columns = mine.shape
    stride = max(1, columns // 15), max(1, rows // 9)
    row, column = np.nonzero(mine)
    kept = (row % stride[1] == stride[1] // 2) & (column % stride[0] == stride[0] // 2)
    color, symbol = _style(theme, style)
    figure.add_scatter(
        x=found.x[column[kept]],
        y=found.y[row[kept]],
        mode="markers",
        marker={"symbol": f"{symbol}-open", "size": 5, "color": color, "opacity": 0.75, "line": {"width": 1}},
        hoverinfo="skip",
    )


def _minima(
    figure: go.Figure, theme: Theme, landscape: Landscape, found: Attraction, groups: NDArray[np.int64]
) -> None:
    """Draw each minimum in which a start ends; if there are few, add its name and its share of the starts."""
    minima = minima_of(landscape)
    called = [name_minimum(landscape, point) for point in minima]
    reached = [n for n in range(len(minima)) if (found.minima == n).any()]
    points = [minima[n] for n in reached]
    shares = [float((found.minima == n).mean()) for n in reached]
    styles = [_style(theme, int(groups[found.minima == n][0])) for n in reached]
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


def _mix(color: str, page: str) -> str:
    """A color mixed with the color of the page."""
    pairs = zip(ImageColor.getrgb(color)[:3], ImageColor.getrgb(page)[:3], strict=True)
    return "#" + "".join(f"{round(TINT * own + (1 - TINT) * background):02x}" for own, background in pairs)


FIGURE = FigureSpec(
    key="basins",
    plot=plot,
    parameters={"run": RUN, "columns": whole(8, 160), "rows": whole(8, 120)},
)
