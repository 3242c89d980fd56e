"""The length of the first steps in learning rates: it shows the effect of averages that start at zero."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from charts.figures.base import FigureSpec, whole
from charts.figures.drawing import (
    axis,
    brief,
    dashed,
    empty_figure,
    legend_below,
    legend_rows,
    log_axis,
    name_axis,
    note,
)
from charts.theme import Theme
from trajectories import MAX_STEPS, Scenario, Trajectory
from trajectories.naming import distinct_names
from trajectories.sweep import simulated

HEIGHT = 260
CLOSE = 0.09  # share of the axis: at a smaller distance two labels would touch


def plot(scenario: Scenario, theme: Theme, steps: int = 30) -> go.Figure:
    """Draw a line for each run, with a label for the length of its first step."""
    shortened = scenario.model_copy(update={"steps": steps})
    lengths = [step_lengths(walk) for walk in simulated(shortened)]
    called = distinct_names(scenario)
    figure = empty_figure(theme, height=HEIGHT, right=20, top=26)
    for length, name, trail in zip(lengths, called, theme.trails, strict=False):
        figure.add_scatter(
            x=np.arange(1, len(length) + 1),
            y=np.where(length > 0, length, np.nan),
            mode="lines",
            line={"color": trail.color, "width": 2.2, "dash": dashed(trail)},
            name=name,
            customdata=length,
            hovertemplate=f"{name}, step %{{x}}<br>%{{customdata}} × lr<extra></extra>",
        )
        figure.add_scatter(
            x=[1],
            y=length[:1],
            mode="markers",
            marker={"symbol": trail.head, "size": 10, "color": trail.color},
            hoverinfo="skip",
            showlegend=False,
        )
    seen = np.concatenate(lengths)
    seen = seen[np.isfinite(seen) & (seen > 0)]
    low, high = (float(seen.min()), float(seen.max())) if seen.size else (1.0, 1.0)
    low, high = min(low / 1.6, 0.5), max(high * 1.6, 2.0)
    figure.update_xaxes(axis(theme, "step") | {"range": [1 - 0.14 * steps, steps + 0.5], "tickvals": _ticks(steps)})
    figure.update_yaxes(log_axis(theme, low, high, most=5))
    name_axis(figure, theme, "length of a step, in learning rates")
    figure.add_shape(
        type="line", x0=0, x1=1, xref="x domain", y0=1, y1=1, line={"color": theme.muted, "width": 1}, layer="below"
    )
    for first in _apart([float(length[0]) for length in lengths], np.log10(high / low)):
        figure.add_annotation(
            note(theme, f"<b>{brief(first)}×</b>", x=1, xanchor="right", xshift=-9, y=np.log10(first), yanchor="middle")
        )
    legend_below(figure, legend_rows(called))
    return figure


def step_lengths(walk: Trajectory) -> NDArray[np.float64]:
    """The length of each step along the coordinate that changes more, in units of the run's learning rate."""
    steps: NDArray[np.float64] = np.abs(np.diff(walk.positions, axis=0)).max(axis=1) / walk.hyperparameter("lr")[1:]
    return steps


def _apart(firsts: list[float], span: float) -> list[float]:
    """The lengths that get a label: of lengths whose labels would touch only the first."""
    kept: list[float] = []
    for first in firsts:
        if 0 < first < np.inf and all(abs(np.log10(first / other)) > CLOSE * span for other in kept):
            kept.append(first)
    return kept


def _ticks(steps: int) -> list[int]:
    stride = max(1, round(steps / 6 / 5) * 5) if steps > 15 else max(1, round(steps / 5))
    return sorted({1, *range(stride, steps + 1, stride)})


FIGURE = FigureSpec(key="first_steps", plot=plot, parameters={"steps": whole(1, MAX_STEPS)})
