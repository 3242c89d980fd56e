"""The weight that each past gradient has in an average."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from charts.figures.base import RUN, FigureSpec, pick_run, whole, word
from charts.figures.drawing import axis, brief, empty_figure, name_axis, note
from charts.theme import Theme
from formulas import meanings
from optimizers import OPTIMIZERS
from optimizers.evaluate import take_step
from trajectories import Run, Scenario
from trajectories.sweep import hyperparameter

HEIGHT = 240


def plot(scenario: Scenario, theme: Theme, run: int = 0, name: str = "beta1", steps: int = 50) -> go.Figure:
    """Draw the weight of each past gradient as a bar, the newest at the right, and the length of the memory."""
    settings = pick_run(scenario, run)
    hyperparameter(scenario, run, name)
    weights = past_weights(settings, name, steps)
    figure = empty_figure(theme, height=HEIGHT, right=26, top=26)
    figure.add_bar(
        x=-np.arange(steps),
        y=weights,
        width=0.8,
        marker={"color": theme.trails[run].color, "line": {"width": 0}},
        customdata=weights,
        text=[_ago(k) for k in range(steps)],
        textposition="none",
        hovertemplate="%{text}<br>factor %{customdata}<extra></extra>",
    )
    memory = 1 / (1 - settings.values[name])
    # The weights are a geometric series; their sum is the newest gradient's weight times the length of the memory.
    share = float(weights[: max(1, round(memory))].sum() / (weights[0] * memory)) if weights[0] else 1.0
    length = f"memory: 1 / (1 − {name})<br>= {brief(memory)} {'step' if memory == 1 else 'steps'}"
    if memory < steps:
        figure.add_shape(
            type="line", x0=0.5 - memory, x1=0.5 - memory, y0=0, y1=1, yref="y domain",
            line={"color": theme.ink, "width": 1.5, "dash": "5px,4px"},
        )  # fmt: skip
        length += f",<br>{100 * share:.0f} % of the sum"
    else:
        length += ",<br>longer than this axis"
    side = "right" if memory < steps / 2 else "left"
    at = {"x": max(0.5 - memory, 0.5 - steps), "xanchor": side, "xshift": -4 if side == "right" else 4, "align": side}
    figure.add_annotation(note(theme, length, **at, y=1, yref="y domain", yanchor="top"))
    ticks = sorted({round(steps * part / 5) for part in range(1, 5)} | {steps - 1})
    figure.update_xaxes(
        axis(theme, "steps ago")
        | {
            "range": [0.5 - steps, 0.8],
            "tickvals": [0, *(-tick for tick in ticks)],
            "ticktext": ["newest", *map(str, ticks)],
        }
    )
    # If the bars below the label are high, a longer axis keeps the label above them.
    top = float(weights.max()) * (1.05 if side == "right" else 1.4)
    figure.update_yaxes(axis(theme, rules=True) | {"range": [0, top], "nticks": 5})
    name_axis(figure, theme, "factor of a past gradient")
    return figure


def past_weights(run: Run, name: str, steps: int) -> NDArray[np.float64]:
    """Compute the weight that one gradient has after 0, 1, 2 ... steps: the impulse response of the average.

    It is computed with the first line of the optimizer's rule that contains the hyperparameter and is a weighted sum of
    past gradients. (A maximum, for example, is not such a sum.)
    """
    wanted = ("value", name)
    between = OPTIMIZERS[run.optimizer].rule.lines[1:-1]
    lines = [line.key for line in between if wanted in meanings(line.formula)]
    impulse, constant = np.eye(1, steps)[0], np.ones(steps)
    responses = [_responses(run, gradients, lines) for gradients in (impulse, constant) if lines]
    for part in lines:
        to_impulse, to_constant = (response[part] for response in responses)
        if to_impulse.any() and np.allclose(to_constant, np.cumsum(to_impulse), rtol=1e-9, atol=1e-12):
            return to_impulse
    raise ValueError(f"{name} of {run.optimizer} weighs no past gradients: choose another hyperparameter.")


def _responses(run: Run, gradients: NDArray[np.float64], lines: list[str]) -> dict[str, NDArray[np.float64]]:
    """The values that lines of the rule have after each of the given gradients."""
    rule = OPTIMIZERS[run.optimizer].rule
    step: dict[str, Any] = {"position": 0.0}
    kept: dict[str, list[float]] = {part: [] for part in lines}
    for t, gradient in enumerate(gradients.tolist(), start=1):
        step = take_step(rule, run.values, gradient, step["position"], t, step)
        for part in lines:
            kept[part].append(float(step[part]))
    return {part: np.array(numbers) for part, numbers in kept.items()}


def _ago(steps: int) -> str:
    return "the newest gradient" if steps == 0 else f"{steps} step{'s' if steps > 1 else ''} ago"


FIGURE = FigureSpec(
    key="weights",
    plot=plot,
    parameters={"run": RUN, "name": word(), "steps": whole(2, 1000)},
    narrow=True,
)
