"""The number that an optimizer divides by, beside the curvature, with which it is often confused."""

import math

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from charts.figures.base import RUN, FigureSpec, pick_run, some_surfaces, word
from charts.figures.drawing import axis, dashed, empty_figure, log_axis, note
from charts.theme import Theme
from optimizers import OPTIMIZERS
from surfaces import Surface
from trajectories import Scenario, simulate
from trajectories.once import once
from trajectories.sentences import show_text, suggest
from trajectories.terrain import curvatures_along_x

HEIGHT = 340
STANDARD = some_surfaces("surfaces", ("plane", "ravine", "cliff"))
DEEPEST = 5  # the most powers of ten that a panel shows below its largest number


def plot(
    scenario: Scenario,
    theme: Theme,
    run: int = 0,
    surfaces: tuple[Surface, ...] = STANDARD,
    part: str = "v_hat",
) -> go.Figure:
    """Draw a panel for each surface: the square root of an average of squares, and the true curvature, both along x."""
    settings = pick_run(scenario, run)
    parts = [name for name in OPTIMIZERS[settings.optimizer].update_latex if name not in {"g", "update"}]
    if part not in parts:
        raise ValueError(f"{settings.optimizer} has no part {show_text(part)}. {suggest(part, parts or ['none'])}")
    figure = empty_figure(theme, height=HEIGHT, left=58, top=44)
    rows = len(surfaces)
    make_subplots(rows=rows, cols=1, shared_xaxes=True, vertical_spacing=0.13, figure=figure)
    trail = theme.trails[run]
    styles = (
        {"color": trail.color, "width": 2.4, "dash": dashed(trail)},
        {"color": theme.ink, "width": 1.6, "dash": "2px,3px"},
    )
    labels = (f"square root of {part}", "true curvature")
    for row, surface in enumerate(surfaces, start=1):
        on_surface = Scenario(
            surface=surface.key,
            steps=scenario.steps,
            batch=scenario.batch if surface.landscape.example_count else 0,
            noise=scenario.noise,
            seed=scenario.seed,
            runs=(settings,),
        )
        divisors, curvatures = measure(on_surface, part)
        low, high = _limits(divisors, curvatures)
        for numbers, style, label in zip((divisors, curvatures), styles, labels, strict=True):
            figure.add_scatter(
                x=np.arange(1, len(numbers) + 1),
                y=np.where(numbers < low, low, numbers),  # smaller ones are at the bottom, labeled "≤"; NaN is a gap
                mode="lines",
                line=style,
                name=label,
                showlegend=row == 1,
                customdata=numbers,
                hovertemplate=f"step %{{x}}<br>{label}: %{{customdata}}<extra></extra>",
                row=row,
                col=1,
            )  # fmt: skip
        vertical = log_axis(theme, low, high, most=4)
        if min(np.nanmin(divisors), np.nanmin(curvatures)) < low:
            vertical["ticktext"] = [f"≤ {text}" if n == 0 else text for n, text in enumerate(vertical["ticktext"])]
        figure.update_yaxes(vertical, row=row, col=1)
        figure.update_xaxes(axis(theme, "step" if row == rows else ""), row=row, col=1)
        figure.add_annotation(
            note(theme, f"<b>{surface.label}</b>, along x", x=0, xanchor="left", xshift=-6, y=1,
                 yanchor="bottom"),
            xref="x domain", yref="y domain", row=row, col=1,
        )  # fmt: skip
    figure.update_layout(showlegend=True, legend={"yref": "container", "y": 1, "yanchor": "top"})
    return figure


@once(32)
def measure(scenario: Scenario, part: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each step, the square root of a part along x, and the absolute value of d2f/dx2 at the position before it."""
    (walk,) = simulate(scenario, parts=True)
    squares = walk.parts[part][1:]
    along_x = squares[:, 0] if squares.ndim > 1 else squares
    if (along_x < 0).any():
        raise ValueError(
            f"{show_text(part)} of {walk.settings.optimizer} is no average of squares: it has no square root."
        )
    measured = np.sqrt(along_x), np.abs(curvatures_along_x(scenario.landscape, walk.positions[:-1]))
    for numbers in measured:
        numbers.flags.writeable = False  # it is cached
    return measured


def _limits(*lines: NDArray[np.float64]) -> tuple[float, float]:
    """The lowest and the highest power of ten on the axis of a panel."""
    numbers = np.concatenate(lines)
    numbers = numbers[np.isfinite(numbers) & (numbers > 0)]
    if numbers.size == 0:
        return 0.1, 1.0
    high = math.ceil(math.log10(numbers.max()) + 0.05)
    low = max(math.floor(math.log10(numbers.min())), high - DEEPEST)
    return 10.0**low, 10.0**high


FIGURE = FigureSpec(
    key="sizes",
    plot=plot,
    parameters={"run": RUN, "surfaces": some_surfaces, "part": word()},
)
