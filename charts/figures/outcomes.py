"""The marker for each kind of outcome, and the axis for final losses."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from charts.figures.drawing import axis, brief, decades, power
from charts.palette import OUTCOME_SYMBOLS
from charts.theme import Theme
from surfaces import Landscape
from trajectories.minima import lowest
from trajectories.verdicts import Kind

LOST: frozenset[Kind] = frozenset({"left_the_map", "diverged"})
DEEPEST = 12  # the most powers of ten below the loss at the start that a log axis shows
LEAST = 1e-6  # the smallest range of a linear axis, as a share of the loss
TOUCH = 1e-9  # tolerance for rounding, as a share of the axis
HEADROOM = 0.14  # share of the axis above the highest loss: walks with a loss beyond the axis are drawn there


def kind_marker(kind: Kind, theme: Theme) -> dict[str, Any]:
    """The marker of a kind of outcome; the kinds differ in shape, so that color is not needed."""
    symbol, color = OUTCOME_SYMBOLS[kind], theme.outcomes[kind]
    return {
        "symbol": symbol,
        "size": {"star": 10, "triangle-up": 8}.get(symbol, 6.5),
        "color": color,
        "line": {"width": 1.5 if symbol.endswith("open") else 0, "color": color},
    }


@dataclass(frozen=True, kw_only=True)
class LossAxis:
    """A vertical axis for final losses, up to about the loss at the start; logarithmic if the contour lines are.

    Parameters
    ----------
    lowest : float
        The loss at the lowest minimum, the zero of the heights on a log axis; without a minimum, the lowest final loss.
    log : bool
        Whether it is logarithmic.
    low, high : float
        The ends of the axis as drawn: losses, or the logarithms of heights.
    cut : bool
        Whether some loss is below the axis and is drawn at its lower end.
    lost : bool
        Whether some walk left the map or diverged and is drawn in the space above the losses.
    """

    lowest: float
    log: bool
    low: float
    high: float
    cut: bool
    lost: bool

    @property
    def above(self) -> float:
        """The height, just below the upper end, at which walks with a loss beyond the axis are drawn."""
        return self.high - 0.4 * HEADROOM * (self.high - self.low)

    @property
    def ceiling(self) -> float:
        """The greatest height at which a loss is drawn to scale."""
        return self.high - HEADROOM * (self.high - self.low)

    def place(self, loss: float) -> float:
        """The height at which a loss is drawn; a loss beyond the axis is drawn at its end."""
        if not math.isfinite(loss):
            return self.above
        if self.log:
            height = loss - self.lowest
            place = math.log10(height) if height > 0 else self.low
        else:
            place = loss
        return self.above if place > self.ceiling + TOUCH * (self.high - self.low) else max(place, self.low)

    def name(self, what: str) -> str:
        """The name of the axis; on a log axis it includes the loss that has height zero."""
        return f"{what} above {brief(self.lowest)}" if self.log and self.lowest else what

    def axis(self, theme: Theme) -> dict[str, Any]:
        """The axis as Plotly needs it, labeled with losses."""
        if self.log:
            values = decades(10**self.low, 10**self.ceiling, 5)
            places, texts = [math.log10(value) for value in values], [power(value) for value in values]
            texts[0] = f"≤ {texts[0]}" if self.cut else texts[0]
        else:
            places = _round_numbers(self.low, self.ceiling)
            texts = [power(value) for value in places]
        if self.lost:
            places, texts = [*places, self.above], [*texts, "off map"]
        ticks = {"range": [self.low, self.high], "tickvals": places, "ticktext": texts}
        return axis(theme, rules=True) | ticks


def loss_axis(landscape: Landscape, start: float, losses: Iterable[float]) -> LossAxis:
    """Choose the axis for the final losses of walks from one start.

    A walk that left the map or diverged is given with an infinite loss. A log axis shows heights above the lowest
    minimum, so the axis is linear if the map has no minimum.
    """
    losses = list(losses)
    finite = [loss for loss in losses if math.isfinite(loss)]
    known = lowest(landscape)
    base = min([start, *finite]) if known is None else known
    top = max([start, *(loss for loss in finite if loss <= start + 0.5 * abs(start - base))])
    log = known is not None and landscape.contour_scale == "log" and top > base
    if log:
        high = math.log10(top - base)
        deepest = min((loss - base for loss in finite if loss > base), default=top - base)
        low: float = max(math.floor(min(math.log10(deepest), high - 1)), math.floor(high) - DEEPEST)
        high += 0.02 * (high - low)
    else:
        bottom = min([base, *finite])
        span = max(top - bottom, LEAST * max(1.0, abs(bottom)))
        low, high = bottom - 0.06 * span, bottom + 1.02 * span
    cut = log and any(loss - base < 10**low for loss in finite)
    room = HEADROOM / (1 - HEADROOM) * (high - low)
    return LossAxis(lowest=base, log=log, low=low, high=high + room, cut=cut, lost=len(finite) < len(losses))


def _round_numbers(low: float, high: float) -> list[float]:
    """About five round numbers from low to high."""
    rough = (high - low) / 5
    lead = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * lead for factor in (1, 2, 5, 10) if factor * lead >= rough)
    return [float(f"{k * step:.10g}") for k in range(math.ceil(low / step), math.floor(high / step) + 1)]
