"""A fair comparison: the same learning rates are tried for each run and compared by the same measure."""

import math

import plotly.graph_objects as go

from charts.figures.base import FigureSpec, number, rising, whole
from charts.figures.drawing import (
    LINE,
    axis,
    brief,
    dashed,
    decades,
    empty_figure,
    exact,
    legend_below,
    legend_rows,
    name_axis,
    power,
    rounded,
)
from charts.figures.outcomes import loss_axis
from charts.theme import Theme
from charts.words import name_kind
from trajectories import Scenario
from trajectories.naming import distinct_names
from trajectories.scales import spaced
from trajectories.sweep import first_loss, sweep_ends, tuned

HEIGHT = 256
LOW, HIGH = 0.001, 1.0


def plot(scenario: Scenario, theme: Theme, values: int = 25, low: float = LOW, high: float = HIGH) -> go.Figure:
    """Draw a line for each run: its measure for each learning rate, with a star at the best."""
    lrs = spaced(low, high, values, "log")
    best = tuned(scenario, values, low, high)
    judged = [sweep_ends(scenario, run, "lr", lrs).late_losses.tolist() for run in range(len(scenario.runs))]
    measures = loss_axis(scenario.landscape, first_loss(scenario), [loss for losses in judged for loss in losses])
    called = [
        f"{name}: {f'★ {brief(lr)}' if math.isfinite(loss) else 'none stays on the map'}"
        for name, (lr, loss) in zip(distinct_names(scenario), best, strict=True)
    ]
    figure = empty_figure(theme, height=HEIGHT, left=60, top=26 + LINE)
    for label, losses, (lr, loss), trail in zip(called, judged, best, theme.trails, strict=False):
        name = label.rsplit(":", maxsplit=1)[0]
        figure.add_scatter(
            x=lrs,
            y=[measures.place(loss) for loss in losses],
            mode="lines+markers",
            line={"color": trail.color, "width": 2.2, "dash": dashed(trail)},
            marker={"symbol": trail.head, "size": 5, "color": trail.color},
            name=label,
            legendgroup=label,
            hovertext=[
                f"{name}, lr {exact(tried)}<br>{_measure(loss)}" for tried, loss in zip(lrs, losses, strict=True)
            ],
            hoverinfo="text",
        )
        if math.isfinite(loss):
            figure.add_scatter(
                x=[lr],
                y=[measures.place(loss)],
                mode="markers",
                marker={"symbol": "star", "size": 15, "color": trail.color}
                | {"line": {"width": 1.5, "color": theme.halo}},
                name=f"{name}: best",
                legendgroup=label,
                showlegend=False,
                hovertext=[f"{name}: the best of {values} learning rates<br>lr {exact(lr)}<br>{_measure(loss)}"],
                hoverinfo="text",
            )  # fmt: skip
    name_axis(figure, theme, f"{values} learning rates for each run; the axis shows", row=1)
    name_axis(figure, theme, f"{measures.name('the worst loss of the last 5 % of the steps')}; ★ best")
    ticks = decades(low, high)
    span = 0.02 * math.log10(high / low)
    figure.update_xaxes(
        axis(theme, "learning rate, lr")
        | {"type": "log", "range": [math.log10(low) - span, math.log10(high) + span]}
        | {"tickvals": ticks, "ticktext": [power(tick) for tick in ticks]}
    )
    figure.update_yaxes(measures.axis(theme))
    figure.update_traces(cliponaxis=False)
    legend_below(figure, legend_rows(called))
    return figure


def _measure(loss: float) -> str:
    if math.isfinite(loss):
        return f"worst late loss {rounded(loss)}"
    return f"{name_kind('left_the_map')} or {name_kind('diverged')}"


FIGURE = FigureSpec(
    key="tuning",
    plot=plot,
    parameters={"values": whole(3, 101), "low": number(1e-6, 10.0), "high": number(1e-6, 10.0)},
    together=lambda parameters: rising(parameters.get("low", LOW), parameters.get("high", HIGH)),
)
