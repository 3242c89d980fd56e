"""The effect of epsilon: 1 / denominator of each run, as a function of the size of the gradient."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
import torch
from numpy.typing import NDArray

from charts.figures.base import RUN, FigureSpec, pick_run, word
from charts.figures.drawing import (
    brief,
    dashed,
    empty_figure,
    legend_below,
    legend_rows,
    log_axis,
    name_axis,
    note,
    power,
)
from charts.theme import Theme
from optimizers import OPTIMIZERS
from optimizers.evaluate import take_step
from trajectories import Run, Scenario, simulate
from trajectories.naming import distinct_names
from trajectories.once import once
from trajectories.sentences import show_number, show_text, suggest
from trajectories.sweep import hyperparameter

HEIGHT = 300
POINTS = 161
DENOMINATOR = "denominator"
CLOSE = 0.06  # share of the vertical axis: at a smaller distance two labels would touch
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Line:
    """A line of the figure: of a run, or of the same eps on the other side of the square root."""

    name: str
    eps: float
    factor: Floats
    highest: float  # the factor for a gradient of size zero
    style: dict[str, Any]


def plot(scenario: Scenario, theme: Theme, run: int = 0, part: str = "v_hat") -> go.Figure:
    """Draw a line for each run that has an eps, and shade the sizes of the gradient that occur in one of the runs.

    If only one run has an eps, a second line shows the same eps on the other side of the square root.
    """
    pick_run(scenario, run)
    hyperparameter(scenario, run, "eps")
    met = roots(scenario, run, part)
    met_low, met_high = (float(met.min()), float(met.max())) if met.size else (math.nan, math.nan)
    shown = [n for n, settings in enumerate(scenario.runs) if "eps" in settings.values and _has(settings, part)]
    all_eps = [scenario.runs[n].values["eps"] for n in shown]
    low = 10.0 ** math.floor(math.log10(np.nanmin([*all_eps, met_low])) - 1)
    high = 10.0 ** math.ceil(math.log10(np.nanmax([*map(math.sqrt, all_eps), met_high])) + 1)
    size = np.geomspace(low, high, POINTS)
    lines = _lines(scenario, theme, shown, part, size)
    figure = empty_figure(theme, height=HEIGHT, top=44)
    if met.size:
        _band(figure, theme, low, high, met_low, met_high)
    for line in lines:
        figure.add_scatter(
            x=size,
            y=line.factor,
            mode="lines",
            line=line.style,
            name=line.name,
            hovertemplate=f"{line.name}<br>square root of {part} %{{x}}<br>factor %{{y}}<extra></extra>",
        )
    half = differ_by_half(lines[0].eps) if _is_contrast(lines, size) else None
    if half is not None:
        _half(figure, theme, half)
    factors = np.concatenate([line.factor for line in lines])
    bottom, top = float(factors.min()) / 1.5, float(factors.max()) * 6
    for line in _apart(lines, math.log10(top / bottom)):
        figure.add_annotation(
            note(theme, f"up to {_short(line.highest)}", x=math.log10(low), xanchor="left", xshift=6,
                 y=math.log10(line.factor[0]), yanchor="bottom", bgcolor="rgba(0, 0, 0, 0)")
        )  # fmt: skip
    figure.update_xaxes(log_axis(theme, low, high, f"size of the gradient: the square root of {part}", most=5))
    figure.update_yaxes(log_axis(theme, bottom, top, most=5))
    name_axis(figure, theme, "1 / denominator, the factor of the direction", row=1)
    legend_below(figure, legend_rows([line.name for line in lines]))
    return figure


def _lines(scenario: Scenario, theme: Theme, shown: list[int], part: str, size: Floats) -> list[_Line]:
    called, lines = distinct_names(scenario), []
    for n in shown:
        settings, trail = scenario.runs[n], theme.trails[n]
        eps, style = settings.values["eps"], {"color": trail.color, "width": 2.4, "dash": dashed(trail)}
        name = called[n] if f"eps {show_number(eps)}" in called[n] else f"{called[n]}, eps {show_number(eps)}"
        highest, *factors = factors_of(settings, part, np.append(0.0, size)).tolist()
        lines.append(_Line(name=name, eps=eps, factor=np.array(factors), highest=highest, style=style))
    if len(lines) == 1:
        eps = lines[0].eps
        outside = _matches(lines[0].factor, 1 / (size + eps))
        factor = 1 / np.sqrt(size**2 + eps) if outside else 1 / (size + eps)
        highest = 1 / math.sqrt(eps) if outside else 1 / eps
        name = f"the same with eps {'inside' if outside else 'outside'} the root"
        style = {"color": theme.ink, "width": 1.8, "dash": "6px,4px"}
        lines.append(_Line(name=name, eps=eps, factor=factor, highest=highest, style=style))
    return lines


def factors_of(run: Run, part: str, size: Floats) -> Floats:
    """Compute 1 / denominator with the rule of a run, for given values of the square root of a part."""
    rule, ones = OPTIMIZERS[run.optimizer].rule, torch.ones(len(size), dtype=torch.float64)
    step = take_step(rule, run.values, ones, 0 * ones, 1, {}, {part: torch.from_numpy(size**2)})
    return np.asarray(1 / (step[DENOMINATOR] * ones).numpy())


def _is_contrast(lines: list[_Line], size: Floats) -> bool:
    """Whether the first two lines have the same eps, one outside and one inside the square root."""
    eps = lines[0].eps
    sides = 1 / (size + eps), 1 / np.sqrt(size**2 + eps)
    pairs = ((lines[0], lines[1]), (lines[1], lines[0]))
    return any(_matches(one.factor, sides[0]) and _matches(other.factor, sides[1]) for one, other in pairs)


def _matches(factor: Floats, formula: Floats) -> bool:
    return bool(np.allclose(factor, formula, rtol=1e-9, atol=0))


def _band(figure: go.Figure, theme: Theme, low: float, high: float, met_low: float, met_high: float) -> None:
    """Shade the sizes that occur in the run."""
    figure.add_shape(
        type="rect", x0=met_low, x1=met_high, y0=0, y1=1, yref="y domain",
        fillcolor=theme.ground[2], opacity=0.55, line={"width": 0}, layer="below",
    )  # fmt: skip
    middle = math.sqrt(max(met_low, low) * met_high)
    place = (math.log10(middle) - math.log10(low)) / math.log10(high / low)
    figure.add_annotation(
        note(theme, f"sizes in this run: {brief(met_low)} to {brief(met_high)}", x=place, xref="x domain",
             y=1, yref="paper", yanchor="bottom", bgcolor="rgba(0, 0, 0, 0)",
             xanchor="left" if place < 0.3 else "right" if place > 0.7 else "center")
    )  # fmt: skip


def _half(figure: go.Figure, theme: Theme, half: float) -> None:
    """Mark the size at which the factor with eps inside is half of that with eps outside."""
    figure.add_shape(
        type="line", x0=half, x1=half, y0=0, y1=1, yref="y domain",
        line={"color": theme.muted, "width": 1.2, "dash": "2px,3px"},
    )  # fmt: skip
    figure.add_annotation(
        note(theme, f"inside is half<br>of outside:<br>{_short(half)}", x=math.log10(half), xanchor="left",
             xshift=5, y=0.03, yref="y domain", yanchor="bottom", align="left", bgcolor="rgba(0, 0, 0, 0)")
    )  # fmt: skip


def _apart(lines: list[_Line], span: float) -> list[_Line]:
    """The lines that get a label: of lines whose labels would touch only the first."""
    kept: list[_Line] = []
    for line in lines:
        if all(abs(math.log10(line.factor[0] / other.factor[0])) > CLOSE * span for other in kept):
            kept.append(line)
    return kept


def differ_by_half(eps: float) -> float | None:
    """The square root of v at which 1 / sqrt(v + eps) is half of 1 / (sqrt(v) + eps); None for an eps of 1/4 or more.

    Examples
    --------
    For a small eps it is about the square root of eps / 3:

    >>> round(differ_by_half(3e-8) / 1e-4, 3)
    1.0
    """
    # (sqrt(v) + eps)^2 = (v + eps) / 4, solved for sqrt(v).
    root = (math.sqrt(16 * eps**2 + 12 * eps) - 8 * eps) / 6
    return root if root > 0 else None


@once(32)
def roots(scenario: Scenario, run: int, part: str) -> Floats:
    """The square roots of a part at all steps, along x and along y, without zeros."""
    settings: Run = scenario.runs[run]
    parts = [line.key for line in OPTIMIZERS[settings.optimizer].rule.lines[1:-1]]
    known = parts or ["none"]
    for needed in (part, DENOMINATOR):
        if needed not in parts:
            raise ValueError(f"{settings.optimizer} has no part {show_text(needed)}. {suggest(needed, known)}")
    (walk,) = simulate(scenario.model_copy(update={"runs": (settings,)}), parts=True)
    numbers = walk.parts[part][1:]
    met = np.sqrt(numbers[np.isfinite(numbers) & (numbers > 0)])
    met.flags.writeable = False  # it is cached
    return met


def _has(run: Run, part: str) -> bool:
    keys = {line.key for line in OPTIMIZERS[run.optimizer].rule.lines}
    return {part, DENOMINATOR} <= keys


def _short(number: float) -> str:
    return power(float(f"{number:.3g}"))


FIGURE = FigureSpec(key="epsilon", plot=plot, parameters={"run": RUN, "part": word()})
