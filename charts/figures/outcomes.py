"""How the end of a walk is marked, and on which scale its loss is drawn."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from charts.figures.look import axis, brief, decades, power
from charts.theme import Theme
from surfaces import Landscape
from trajectories.minima import lowest
from trajectories.verdicts import Kind

LOST: frozenset[Kind] = frozenset({"left_the_map", "diverged"})
DEEPEST = 12  # powers of ten below the start, on a log scale
LEAST = 1e-6  # of a loss: nearer than this, all ends are drawn at one height
TOUCH = 1e-9  # of the axis: rounding
HEADROOM = 0.14  # of the axis, above the highest loss: for those who are off it


def kind_marker(kind: Kind, theme: Theme) -> dict[str, Any]:
    """A shape and a color for each kind of outcome; the shape alone tells them apart."""
    symbols: dict[Kind, tuple[str, str]] = {
        "global_minimum": ("star", theme.trails[1].color),
        "local_minimum": ("square", theme.trails[0].color),
        "saddle": ("diamond", theme.trails[2].color),
        "flat": ("hexagon", theme.trails[4].color),
        "circling": ("diamond-open", theme.trails[1].color),
        "still_moving": ("circle-open", theme.muted),
        "left_the_map": ("triangle-up", theme.ink),
        "diverged": ("x-thin-open", theme.ink),
    }
    symbol, color = symbols[kind]
    return {
        "symbol": symbol,
        "size": {"star": 10, "triangle-up": 8}.get(symbol, 6.5),
        "color": color,
        "line": {"width": 1.5 if symbol.endswith("open") else 0, "color": color},
    }


@dataclass(frozen=True, kw_only=True)
class LossScale:
    """A vertical axis for final losses: up to about the start's, linear or, where the landscape asks for it, log.

    Parameters
    ----------
    lowest : float
        The loss at the lowest minimum, above which a log scale shows heights; without a minimum, the lowest reached.
    log : bool
        Whether it is logarithmic.
    low, high : float
        The ends of the axis as drawn: losses, or the logarithm of heights.
    cut : bool
        Whether somebody is lower than the axis, and drawn at its lower end.
    lost : bool
        Whether somebody has no loss that counts, and is drawn above the axis.
    """

    lowest: float
    log: bool
    low: float
    high: float
    cut: bool
    lost: bool

    @property
    def above(self) -> float:
        """Where those are drawn that have no place on the axis: below its upper end."""
        return self.high - 0.4 * HEADROOM * (self.high - self.low)

    @property
    def ceiling(self) -> float:
        """The highest place that is drawn to scale."""
        return self.high - HEADROOM * (self.high - self.low)

    def place(self, loss: float) -> float:
        """Where a loss is drawn; at the ends if it is beyond them."""
        if not math.isfinite(loss):
            return self.above
        if self.log:
            height = loss - self.lowest
            place = math.log10(height) if height > 0 else self.low
        else:
            place = loss
        return self.above if place > self.ceiling + TOUCH * (self.high - self.low) else max(place, self.low)

    def name(self, what: str) -> str:
        """The axis's name: a log scale says above what it shows heights."""
        return f"{what} above {brief(self.lowest)}" if self.log and self.lowest else what

    def axis(self, theme: Theme) -> dict[str, Any]:
        """The axis, labeled with losses."""
        if self.log:
            values = decades(10**self.low, 10**self.ceiling, 5)
            places, texts = [math.log10(value) for value in values], [power(value) for value in values]
            texts[0] = f"≤ {texts[0]}" if self.cut else texts[0]
        else:
            places = _round_numbers(self.low, self.ceiling)
            texts = [power(value) for value in places]
        if self.lost:
            places, texts = [*places, self.above], [*texts, "lost"]
        ticks = {"range": [self.low, self.high], "tickvals": places, "ticktext": texts}
        return axis(theme, rules=True) | ticks


def loss_scale(landscape: Landscape, start: float, losses: Iterable[float]) -> LossScale:
    """Choose the axis for the losses of walks that began at one loss; of those who are lost it is infinite.

    Logarithmic are heights above a minimum: where the map has none, the axis is linear.
    """
    losses = list(losses)
    ordinary = [loss for loss in losses if math.isfinite(loss)]
    known = lowest(landscape)
    ground = min([start, *ordinary]) if known is None else known
    top = max([start, *(loss for loss in ordinary if loss <= start + 0.5 * abs(start - ground))])
    log = known is not None and landscape.contour_scale == "log" and top > ground
    if log:
        high = math.log10(top - ground)
        deepest = min((loss - ground for loss in ordinary if loss > ground), default=top - ground)
        low: float = max(math.floor(min(math.log10(deepest), high - 1)), math.floor(high) - DEEPEST)
        high += 0.02 * (high - low)
    else:
        bottom = min([ground, *ordinary])
        span = max(top - bottom, LEAST * max(1.0, abs(bottom)))
        low, high = bottom - 0.06 * span, bottom + 1.02 * span
    cut = log and any(loss - ground < 10**low for loss in ordinary)
    room = HEADROOM / (1 - HEADROOM) * (high - low)
    return LossScale(lowest=ground, log=log, low=low, high=high + room, cut=cut, lost=len(ordinary) < len(losses))


def _round_numbers(low: float, high: float) -> list[float]:
    """About five round numbers from low to high."""
    rough = (high - low) / 5
    lead = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * lead for factor in (1, 2, 5, 10) if factor * lead >= rough)
    return [float(f"{k * step:.10g}") for k in range(math.ceil(low / step), math.floor(high / step) + 1)]
