"""Many seeds: where the walks of one run end if chance decides otherwise."""

import numpy as np
import plotly.graph_objects as go

from charts.figures.base import RUN, FigureSpec, pick_run, whole
from charts.figures.basins import contour_lines, start_marker
from charts.figures.drawing import axis, empty_figure, exact, legend_below, legend_rows, name_axis
from charts.figures.outcomes import LOST, kind_marker
from charts.theme import Theme
from charts.words import name_kind
from trajectories import KINDS, Scenario
from trajectories.clouds import Cloud, clouds_of
from trajectories.seed_fan import MOST_SEEDS, Seeds, seeds

HEIGHT = 300
SIDES = 64  # of the polygon that is drawn as an ellipse
DEVIATIONS = 2  # of the ellipse around the ends, as on the stage


def plot(scenario: Scenario, theme: Theme, run: int = 0, count: int = 64) -> go.Figure:
    """Mark the end of the run with each seed, and the ellipse around the ends near each minimum."""
    pick_run(scenario, run)
    landscape = scenario.landscape
    found = seeds(scenario, count, run)
    figure = empty_figure(theme, height=HEIGHT, left=40, top=26)
    figure.add_trace(contour_lines(theme, landscape))
    for kind in (kind for kind in KINDS if KINDS.index(kind) in found.kinds):
        mine = found.kinds == KINDS.index(kind)
        x, y = (found.ends[mine] if kind not in LOST else np.full((int(mine.sum()), 2), np.nan)).T
        figure.add_scatter(
            x=[float(value) if np.isfinite(value) else None for value in x],
            y=[float(value) if np.isfinite(value) else None for value in y],
            mode="markers",
            marker=kind_marker(kind, theme),
            name=f"{int(mine.sum())} {name_kind(kind)}",
            hovertext=[f"seed {seed}<br>ends at {exact(across)}, {exact(up)}<br>{name_kind(kind)}"
                       for seed, across, up in zip(found.seeds[mine].tolist(), x, y, strict=True)],
            hoverinfo="text",
        )  # fmt: skip
    for cloud in clouds_of(landscape, found.ends, found.kinds):
        figure.add_trace(_ellipse(theme, cloud))
    figure.add_trace(start_marker(theme, scenario.start))
    for update, bounds in ((figure.update_xaxes, landscape.bounds[0]), (figure.update_yaxes, landscape.bounds[1])):
        update(axis(theme) | {"range": bounds, "nticks": 8})
    name_axis(figure, theme, _said(found))
    figure.data[0].showlegend = figure.data[-1].showlegend = False
    legend_below(figure, legend_rows([trace.name for trace in figure.data if trace.showlegend is not False]))
    return figure


def _said(found: Seeds) -> str:
    """What chance does, in one line."""
    count = len(found.seeds)
    return f"{found.arrived} of {count} seeds arrive at a minimum, {found.circled} circle one"


def _ellipse(theme: Theme, cloud: Cloud) -> go.Scatter:
    """Two standard deviations of the ends, along their main axes."""
    turn = np.linspace(0, 2 * np.pi, SIDES + 1)
    sides = np.stack([np.cos(turn), np.sin(turn)], axis=1) * (DEVIATIONS * np.array(cloud.deviations))
    x, y = (np.array(cloud.center) + sides @ np.array(cloud.axes)).T
    return go.Scatter(
        x=x.tolist(),
        y=y.tolist(),
        mode="lines",
        line={"color": theme.ink, "width": 1.5, "dash": "6px,4px"},
        name="two deviations",
        showlegend=cloud.minimum <= 0,
        hovertext="{} ends<br>standard deviations {}, {}".format(cloud.count, *map(exact, cloud.deviations)),
        hoverinfo="text",
    )


FIGURE = FigureSpec(key="seeds", plot=plot, parameters={"run": RUN, "count": whole(3, MOST_SEEDS)})
