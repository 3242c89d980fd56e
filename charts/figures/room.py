"""How much room each run has: how it ends for each learning rate, from each start along one coordinate."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from charts.figures.base import FigureSpec, number, rising, whole, word
from charts.figures.drawing import (
    LINE,
    axis,
    decades,
    empty_figure,
    exact,
    legend_below,
    name_axis,
    note,
    power,
)
from charts.figures.outcomes import kind_marker
from charts.figures.settings import cells
from charts.figures.sweep import place
from charts.theme import Theme
from charts.words import name_kind
from optimizers import OPTIMIZERS
from trajectories import KINDS, Run, Scenario
from trajectories.axis import Axis, range_of
from trajectories.naming import distinct_names
from trajectories.settings_map import SettingsMap, settings
from trajectories.verdicts import GLOBAL, Kind

INNER = 150  # the height of all bands together
GAP = 0.04  # between two bands, as a share of all
STRIDE = 4  # of the symbols, in cells
LOW, HIGH = 0.001, 1.0


def plot(
    scenario: Scenario,
    theme: Theme,
    y: str = "x",
    low: float = LOW,
    high: float = HIGH,
    columns: int = 48,
    rows: int = 12,
) -> go.Figure:
    """Draw a band for each run: the learning rate across, the start up, in the color of the outcome."""
    figure = empty_figure(theme, height=INNER + 44 + 26 + LINE, left=104, top=26 + LINE)
    count = len(scenario.runs)
    names = distinct_names(scenario)
    shown: set[str] = set()
    height = (1 - GAP * (count - 1)) / count
    for run, name in enumerate(names):
        found = outcomes(scenario, run, y, low, high, (rows, columns))
        places = [[place(value, "log") for value in found.x], found.y.tolist()]
        own = f"y{run + 1}" if run else "y"
        figure.add_trace(cells(theme, found, places).update(yaxis=own))
        for kind in (kind for kind in KINDS if KINDS.index(kind) in found.kinds):
            figure.add_trace(_symbols(theme, kind, found, places).update(yaxis=own, showlegend=kind not in shown))
            shown.add(kind)
        lr, start = scenario.runs[run].values["lr"], scenario.start["xy".index(y)]
        figure.add_scatter(
            x=[place(lr, "log")],
            y=[start],
            yaxis=own,
            mode="markers",
            marker={"symbol": "circle", "size": 11, "color": theme.page, "line": {"color": theme.ink, "width": 2}},
            name="present settings",
            showlegend=False,
            hovertext=[f"{name}, present settings<br>lr {exact(lr)}<br>start {y} {exact(start)}"],
            hoverinfo="text",
        )
        top = 1 - run * (height + GAP)
        bottom, ceiling, _ = range_of(scenario, Axis(name=y))
        band = {"range": [bottom, ceiling], "domain": [max(0.0, top - height), top], "showticklabels": False}
        figure.update_layout({f"yaxis{run + 1}" if run else "yaxis": axis(theme) | band | {"ticks": "", "anchor": "x"}})
        figure.add_annotation(
            note(theme, f"{name}<br><b>{share_of(found)}</b> global", x=0, xref="paper", xanchor="right", xshift=-8,
                 y=top - height / 2, yref="paper", yanchor="middle", align="right")
        )  # fmt: skip
    (x_low, x_high), ticks = (place(low, "log"), place(high, "log")), decades(low, high)
    figure.update_xaxes(
        axis(theme, "learning rate, lr")
        | {"range": [x_low, x_high], "tickvals": [place(tick, "log") for tick in ticks], "anchor": own}
        | {"ticktext": [power(tick) for tick in ticks]}
    )
    name_axis(figure, theme, f"{columns * rows} walks for each run; ○ the present one", row=1)
    name_axis(figure, theme, f"{columns} learning rates × {rows} starts along {y}")
    legend_below(figure, len(shown))  # on a phone there is no room for two names side by side
    return figure


def outcomes(scenario: Scenario, run: int, y: str, low: float, high: float, shape: tuple[int, int]) -> SettingsMap:
    """The settings map of one run alone: it stays the same, and stored, while what its axes show is changed."""
    own = scenario.runs[run]
    lr = next(of.default for of in OPTIMIZERS[own.optimizer].hyperparameters if of.name == "lr")
    start = tuple(0.0 if name == y else at for name, at in zip("xy", scenario.start, strict=True))
    alone = Run(optimizer=own.optimizer, values={**own.values, "lr": lr})
    only = scenario.model_copy(update={"runs": (alone,), "start": start})
    return settings(only, (Axis(name="lr", low=low, high=high), Axis(name=y)), shape)


def share_of(found: SettingsMap) -> str:
    """The share of the walks that arrive at a global minimum."""
    share = 100 * float((found.kinds == GLOBAL).mean())
    return "<1 %" if 0 < share < 1 else f"{share:.0f} %"


def _symbols(theme: Theme, kind: Kind, found: SettingsMap, places: list[list[float]]) -> go.Scatter:
    """Small symbols on the cells of an outcome: they distinguish the outcomes without color."""
    mine: NDArray[np.bool_] = found.kinds[0] == KINDS.index(kind)
    row, column = np.nonzero(mine)
    sparse = (row % STRIDE == STRIDE // 2) & (column % STRIDE == 0)
    sparse[0] |= not sparse.any()  # each outcome has a symbol
    return go.Scatter(
        x=np.array(places[0])[column[sparse]],
        y=np.array(places[1])[row[sparse]],
        mode="markers",
        marker=kind_marker(kind, theme) | {"size": 5},
        name=name_kind(kind),
        legendgroup=kind,
        hoverinfo="skip",
    )


FIGURE = FigureSpec(
    key="room",
    plot=plot,
    parameters={"y": word("x", "y"), "low": number(1e-6, 10.0), "high": number(1e-6, 10.0)}
    | {"columns": whole(8, 120), "rows": whole(4, 40)},
    together=lambda parameters: rising(parameters.get("low", LOW), parameters.get("high", HIGH)),
)
