"""Where epsilon matters, and where it matters on which side of the root it stands."""

import math

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from charts.figures.base import RUN, FigureSpec, pick_run, word
from charts.figures.look import brief, dashed, log_axis, name_axis, note, paper, power
from charts.theme import Theme
from optimizers import OPTIMIZERS
from trajectories import Run, Scenario, simulate
from trajectories.once import once
from trajectories.sentences import show_text, suggest
from trajectories.sweep import hyperparameter

HEIGHT = 320
POINTS = 161


def plot(scenario: Scenario, theme: Theme, run: int = 0, part: str = "v_hat") -> go.Figure:
    """Draw what one unit of direction is multiplied by, with epsilon outside and inside the root."""
    who = pick_run(scenario, run)
    hyperparameter(scenario, run, "eps")
    eps = who.values["eps"]
    met = roots(scenario, run, part)
    met_low, met_high = (float(met.min()), float(met.max())) if met.size else (math.nan, math.nan)
    low = 10.0 ** math.floor(math.log10(np.nanmin([eps, met_low])) - 1)
    high = 10.0 ** math.ceil(math.log10(np.nanmax([math.sqrt(eps), met_high])) + 1)
    size = np.geomspace(low, high, POINTS)
    outside, inside = 1 / (size + eps), 1 / np.sqrt(size**2 + eps)
    figure = paper(theme, height=HEIGHT, top=44)
    if met.size:
        figure.add_shape(
            type="rect", x0=met_low, x1=met_high, y0=0, y1=1, yref="y domain",
            fillcolor=theme.ground[2], opacity=0.55, line={"width": 0}, layer="below",
        )  # fmt: skip
        middle = math.sqrt(max(met_low, low) * met_high)
        text = f"what this run met: {brief(met_low)} to {brief(met_high)}"
        place = (math.log10(middle) - math.log10(low)) / math.log10(high / low)
        figure.add_annotation(
            note(theme, text, x=place, xref="x domain", y=1, yref="paper", yanchor="bottom",
                 xanchor="left" if place < 0.3 else "right" if place > 0.7 else "center", bgcolor="rgba(0, 0, 0, 0)")
        )  # fmt: skip
    trail = theme.trails[run]
    lines = (
        ("outside", outside, {"color": trail.color, "width": 2.6, "dash": dashed(trail)}, "bottom"),
        ("inside", inside, {"color": theme.ink, "width": 1.8, "dash": "6px,4px"}, "top"),
    )
    for where, factor, style, side in lines:
        highest = _short(1 / (eps if where == "outside" else math.sqrt(eps)))
        figure.add_scatter(
            x=size,
            y=factor,
            mode="lines",
            line=style,
            hovertemplate=f"root of {part} %{{x}}<br>eps {where}: %{{y}}<extra></extra>",
        )
        figure.add_annotation(
            note(theme, f"eps {where}: up to {highest}", x=math.log10(low), xanchor="left", xshift=6,
                 y=math.log10(factor[0]), yanchor=side, bgcolor="rgba(0, 0, 0, 0)")
        )  # fmt: skip
    half = differ_by_half(eps)
    if half is not None:
        figure.add_shape(
            type="line", x0=half, x1=half, y0=0, y1=1, yref="y domain",
            line={"color": theme.muted, "width": 1.2, "dash": "2px,3px"},
        )  # fmt: skip
        figure.add_annotation(
            note(theme, f"inside is half<br>of outside:<br>{_short(half)}", x=math.log10(half), xanchor="left",
                 xshift=5, y=0.03, yref="y domain", yanchor="bottom", align="left", bgcolor="rgba(0, 0, 0, 0)")
        )  # fmt: skip
    figure.update_xaxes(log_axis(theme, low, high, "size of the gradient: the root of " + part, most=5))
    figure.update_yaxes(log_axis(theme, float(inside.min()) / 1.5, float(outside.max()) * 6, most=5))
    name_axis(figure, theme, "one unit of direction is multiplied by", row=1)
    return figure


def differ_by_half(eps: float) -> float | None:
    """The root of v at which 1 / sqrt(v + eps) is half of 1 / (sqrt(v) + eps); none for an eps of 1/4 or more.

    Examples
    --------
    With a small eps it is the root of a third of it:

    >>> round(differ_by_half(3e-8) / 1e-4, 3)
    1.0
    """
    # (sqrt(v) + eps)^2 = (v + eps) / 4, solved for sqrt(v).
    root = (math.sqrt(16 * eps**2 + 12 * eps) - 8 * eps) / 6
    return root if root > 0 else None


@once(32)
def roots(scenario: Scenario, run: int, part: str) -> NDArray[np.float64]:
    """The root of a part at each step and along both axes, where there is one above zero."""
    who: Run = scenario.runs[run]
    parts = [line.key for line in OPTIMIZERS[who.optimizer].rule.lines[1:-1]]
    if part not in parts:
        raise ValueError(f"{who.optimizer} has no part {show_text(part)}. {suggest(part, parts)}")
    (walk,) = simulate(scenario.model_copy(update={"runs": (who,)}), anatomy=True)
    numbers = walk.anatomy[part][1:]
    met = np.sqrt(numbers[np.isfinite(numbers) & (numbers > 0)])
    met.flags.writeable = False  # it is kept for the next who asks
    return met


def _short(number: float) -> str:
    return power(float(f"{number:.3g}"))


FIGURE = FigureSpec(key="epsilon", plot=plot, parameters={"run": RUN, "part": word()})
