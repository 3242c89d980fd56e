"""The result for each value of one hyperparameter, all other settings unchanged."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from charts.figures.base import A_VALUE, RUN, FigureSpec, flag, pick_run, rising, whole, word
from charts.figures.drawing import (
    LINE,
    axis,
    brief,
    decades,
    empty_figure,
    exact,
    legend_below,
    legend_rows,
    name_axis,
    note,
    power,
    rounded,
)
from charts.figures.outcomes import LOST, kind_marker, loss_axis
from charts.theme import Theme
from charts.words import name_kind, say
from optimizers import Hyperparameter
from trajectories import KINDS, Scenario
from trajectories.ends import Ends
from trajectories.minima import minima_of
from trajectories.outcome import Kind, describe
from trajectories.scales import spaced
from trajectories.sentences import show_number
from trajectories.sweep import first_loss, hyperparameter, sweep_ends
from trajectories.terrain import stability_limit

SCALES = ("log", "linear", "complement")
HEIGHT = 270
ROW = 24
MARKS = ("now", "edge")


def plot(
    scenario: Scenario,
    theme: Theme,
    run: int = 0,
    name: str = "lr",
    low: float | None = None,
    high: float | None = None,
    count: int = 41,
    scale: str = "log",
    y: str = "loss",
    edge: bool = False,
) -> go.Figure:
    """Draw a mark for each value: the final loss of its walk, or its outcome."""
    settings = pick_run(scenario, run)
    of = hyperparameter(scenario, run, name)
    scale = "switch" if of.scale == "switch" else scale
    low, high = _limits(of, low, high, scale)
    values = spaced(low, high, count, scale)
    swept = _Swept(scenario, name, values, sweep_ends(scenario, run, name, values))
    figure = empty_figure(theme, height=HEIGHT, left=60, top=26 + LINE * (1 + edge))
    places = [place(value, scale) for value in values]
    if y == "loss":
        _losses(figure, theme, places, swept)
    else:
        _outcome_rows(figure, theme, places, swept)
    margin = 0.02 * (places[-1] - places[0])
    between = (places[0] - margin, places[-1] + margin)
    figure.update_xaxes(value_axis(theme, of, scale, low, high) | {"range": between})
    _mark(figure, theme.trails[run].color, theme, place(settings.values[name], scale), between, 0,
          f"now {show_number(settings.values[name])}")  # fmt: skip
    for minimum in minima_of(scenario.landscape)[:1] if edge else ():
        stable = stability_limit(scenario.landscape, minimum)
        if stable is not None:
            _mark(figure, theme.ink, theme, place(stable, scale), between, 1, f"2 / curvature = {brief(stable)}")
    return figure


@dataclass(frozen=True)
class _Swept:
    """The walks of one run of a scenario, one for each value of a hyperparameter."""

    scenario: Scenario
    name: str
    values: Sequence[float]
    ends: Ends

    @property
    def kinds(self) -> list[Kind]:
        return [KINDS[kind] for kind in self.ends.kinds]

    def points(self, at: Sequence[int]) -> list[list[float]]:
        """The value and the final loss of each walk with one of these indices."""
        return [[self.values[n], float(self.ends.losses[n])] for n in at]

    def texts(self, at: Sequence[int]) -> list[str]:
        """The hover text of each walk with one of these indices."""
        return [self._text(n) for n in at]

    def _text(self, n: int) -> str:
        message = describe(self.scenario.landscape, self.ends.ending(n), self.scenario.steps)
        # Far off the map rounding errors grow from step to step, so that no digit of the loss is reliable.
        loss = "" if self.kinds[n] in LOST else f"<br>loss {rounded(float(self.ends.losses[n]))}"
        return f"{self.name} {exact(self.values[n])}<br>{say(message)}{loss}"


def place(value: float, scale: str) -> float:
    """The coordinate of a value on the horizontal axis."""
    match scale:
        case "log":
            return math.log10(value) if value > 0 else -math.inf
        case "complement":
            return -math.log10(1 - value) if value < 1 else math.inf
        case _:
            return value


def _limits(of: Hyperparameter, low: float | None, high: float | None, scale: str) -> tuple[float, float]:
    low, high = of.low if low is None else low, of.high if high is None else high
    if not of.low <= low < high <= of.high:
        raise ValueError(
            f"low and high must rise within {show_number(of.low)} to {show_number(of.high)}, the range of {of.name}: "
            f"got {show_number(low)} and {show_number(high)}."
        )
    if (scale == "log" and low <= 0) or (scale == "complement" and high >= 1):
        raise ValueError(
            f"scale {scale} cannot show {of.name} from {show_number(low)} to {show_number(high)}: choose another."
        )
    return low, high


def _losses(figure: go.Figure, theme: Theme, places: Sequence[float], swept: _Swept) -> None:
    """Draw the final loss for each value, by kind; a walk that left the map or diverged is drawn at the top."""
    kinds = swept.kinds
    counting = [math.inf if kind in LOST else float(loss) for loss, kind in zip(swept.ends.losses, kinds, strict=True)]
    heights_axis = loss_axis(swept.scenario.landscape, first_loss(swept.scenario), counting)
    heights = [heights_axis.place(loss) for loss in counting]
    figure.add_scatter(
        x=list(places),
        y=[None if height == heights_axis.above else height for height in heights],
        mode="lines",
        line={"color": theme.muted, "width": 1},
        hoverinfo="skip",
        showlegend=False,
    )
    present = [kind for kind in KINDS if kind in kinds]
    for kind in present:
        at = [n for n, other in enumerate(kinds) if other == kind]
        figure.add_scatter(
            x=[places[n] for n in at],
            y=[heights[n] for n in at],
            mode="markers",
            marker=kind_marker(kind, theme),
            name=name_kind(kind),
            customdata=swept.points(at),
            hovertext=swept.texts(at),
            hoverinfo="text",
        )
    figure.update_yaxes(heights_axis.axis(theme))
    figure.update_traces(cliponaxis=False)
    name_axis(figure, theme, heights_axis.name("loss at the end"), row=figure.layout.margin.t // LINE - 1)
    legend_below(figure, legend_rows([name_kind(kind) for kind in present]))


def _outcome_rows(figure: go.Figure, theme: Theme, places: Sequence[float], swept: _Swept) -> None:
    """Draw the outcome for each value, with a row for each kind of outcome."""
    present = [kind for kind in reversed(KINDS) if kind in swept.kinds]
    for row, kind in enumerate(present):
        at = [n for n, other in enumerate(swept.kinds) if other == kind]
        figure.add_scatter(
            x=[places[n] for n in at],
            y=[row] * len(at),
            mode="markers",
            marker=kind_marker(kind, theme),
            name=name_kind(kind),
            customdata=swept.points(at),
            hovertext=swept.texts(at),
            hoverinfo="text",
        )
    rows_axis = axis(theme, rules=True) | {
        "tickvals": list(range(len(present))),
        "ticktext": [name_kind(kind) for kind in present],
        "ticks": "",
    }
    rows_axis["tickfont"] = {"color": theme.ink, "size": 12}
    figure.update_yaxes(rows_axis | {"range": [-0.6, len(present) - 0.4], "showline": False})
    top = figure.layout.margin.t - LINE
    figure.update_layout(height=max(200, 110 + ROW * len(present)), margin={"l": 106, "t": top})


def value_axis(theme: Theme, of: Hyperparameter, scale: str, low: float, high: float) -> dict[str, Any]:
    """The axis of a hyperparameter's values, whose coordinates are those of ``place``."""
    title = "learning rate, lr" if of.name == "lr" else of.name
    match scale:
        case "log":
            ticks = decades(low, high)
        case "complement":
            tens = {float(f"{1 - rest:.6g}") for rest in decades(1 - high, 1 - low)}
            ticks = sorted({low} | {tick for tick in tens | {0.5} if place(tick, scale) - place(low, scale) > 0.2})
        case "switch":
            ticks = [0.0, 1.0]
        case _:
            return axis(theme, title) | {"nticks": 7}
    return axis(theme, title) | {
        "tickvals": [place(tick, scale) for tick in ticks],
        "ticktext": [power(tick) for tick in ticks],
    }


def _mark(
    figure: go.Figure, color: str, theme: Theme, at: float, between: tuple[float, float], row: int, text: str
) -> None:
    """Draw a vertical line at a value, with its name above; nothing if the value is not on the axis."""
    if not between[0] <= at <= between[1]:
        return
    share = (at - between[0]) / (between[1] - between[0])
    figure.add_scatter(
        x=[at, at],
        y=figure.layout.yaxis.range,
        mode="lines",
        line={"color": color, "width": 1.8, "dash": "solid" if row == 0 else "5px,4px"},
        hoverinfo="skip",
        showlegend=False,
        name=MARKS[row],
    )
    figure.data = figure.data[-1:] + figure.data[:-1]  # the first trace is drawn below the others
    figure.add_annotation(
        note(theme, text, x=at, y=1, yref="paper", yanchor="bottom", yshift=2 + LINE * row,
             xanchor="left" if share < 0.2 else "right" if share > 0.8 else "center", bgcolor="rgba(0, 0, 0, 0)")
    )  # fmt: skip


def _together(parameters: Mapping[str, Any]) -> None:
    if parameters.get("edge") and parameters.get("name", "lr") != "lr":
        raise ValueError(f'with edge, name must be "lr": got "{parameters["name"]}".')
    rising(parameters.get("low"), parameters.get("high"))


FIGURE = FigureSpec(
    key="sweep",
    plot=plot,
    parameters={
        "run": RUN,
        "name": word(),
        "low": A_VALUE,
        "high": A_VALUE,
        "count": whole(3, 201),
        "scale": word(*SCALES),
        "y": word("loss", "outcome"),
        "edge": flag,
    },
    together=_together,
)
