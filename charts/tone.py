"""The tone of the map for each loss, computed from the loss's rank and height, so that every valley is visible."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RANK_SHARE = 0.65
STEEPEST = 100.0
ROUNDING = 1e-12  # of the span of the losses: a smaller difference is rounding
KNOTS = 512


@dataclass(frozen=True, eq=False)
class Tone:
    """An increasing function from losses to tones, from 0 (the lowest loss) to 1 (the highest).

    If colors followed the loss alone, a shallow minimum would be invisible; if they followed the rank alone, a cliff
    would look like a gentle rise. The tone is a weighted sum of both. It increases strictly, so it has an inverse, and
    lines of equal tone are lines of equal loss: only the spacing of the levels changes.

    Parameters
    ----------
    losses : ndarray of float64, shape (knots,)
        Increasing losses.
    tones : ndarray of float64, shape (knots,)
        The tone at each of these losses, increasing from 0 to 1; between them the tone is linear.
    """

    losses: Floats
    tones: Floats

    def of(self, loss: Floats | float) -> Floats:
        """The tone of a loss, or of an array of losses."""
        return np.asarray(np.interp(loss, self.losses, self.tones))

    def loss(self, tone: Floats | float) -> Floats:
        """The loss with this tone: the inverse of ``of``."""
        return np.asarray(np.interp(tone, self.tones, self.losses))


def fit_tone(losses: Floats, lowest: float, scale: Literal["linear", "log"]) -> Tone:
    """Fit the tone to the losses on a map.

    Parameters
    ----------
    losses : ndarray of float64
        The losses on an even grid over the map; so a rank is a share of the map's area.
    lowest : float
        The loss at the global minimum, which may lie between the points of the grid.
    scale : {"linear", "log"}
        Which function of the height is used: the square root, or the logarithm if the loss spans powers of ten.

    Returns
    -------
    Tone
        ``0.65 rank + 0.35 height``, both from 0 to 1; 0 everywhere if the map is level.
    """
    shares = np.linspace(0.0, 1.0, KNOTS + 1)
    knots, first = np.unique(np.quantile(losses, shares), return_index=True)
    rank = shares[first]
    if len(knots) == 1:
        return Tone(losses=knots, tones=np.zeros(1))
    if lowest < knots[0]:
        knots, rank = np.append(lowest, knots), np.append(0.0, rank)
    # Of a symmetric loss, mirrored points differ in the last digits: two knots that near would have the same tone.
    apart = np.diff(knots, prepend=-np.inf) > ROUNDING * (knots[-1] - knots[0])
    knots, rank = knots[apart], rank[apart]
    height = (knots - knots[0]) / (knots[-1] - knots[0])
    if scale == "log":
        # The unit of the logarithm is the height below which a hundredth of the map lies. A smaller unit would spend
        # most tones on the immediate neighborhood of the minimum.
        height = np.log1p(height / np.interp(0.01, rank, height))
        height /= height[-1]
    else:
        height = np.sqrt(height)
    # Where most of the map has almost the same height, ranks would turn differences in the last digits into hills. So
    # the rank may not increase more than STEEPEST times as fast as the height.
    rank = np.cumsum(np.minimum(np.diff(rank, prepend=0.0), STEEPEST * np.diff(height, prepend=0.0)))
    blend = RANK_SHARE * rank + (1 - RANK_SHARE) * height
    return Tone(losses=knots, tones=blend / blend[-1])


def choose_ticks(tone: Tone, count: int = 6) -> list[float]:
    """Choose round losses whose tones are evenly spaced.

    Parameters
    ----------
    tone : Tone
        The map's tone.
    count : int
        The number of losses; the result has fewer if a tone has no round loss nearby.

    Returns
    -------
    list of float
        Increasing losses, all within the losses of the map.
    """
    centers = np.linspace(0.04, 0.96, count)
    reach = 0.04
    found = [_roundest(tone, center, reach) for center in centers]
    return sorted({loss for loss in found if loss is not None})


def _roundest(tone: Tone, center: float, reach: float) -> float | None:
    low, high = (float(tone.loss(center + side)) for side in (-reach, reach))
    if not low < high:
        return None
    top = math.floor(math.log10(max(abs(low), abs(high))))
    for exponent in range(top, top - 16, -1):
        for lead, power in ((1, exponent), (5, exponent - 1), (2, exponent - 1)):
            step = lead * 10.0**power
            candidates = [
                round(k * step, max(0, -power)) for k in range(math.ceil(low / step), math.floor(high / step) + 1)
            ]
            inside = [loss for loss in candidates if low <= loss <= high]
            if inside:
                return min(inside, key=lambda loss: abs(float(tone.of(loss)) - center)) + 0.0
    return None


def format_loss(loss: float) -> str:
    """Write a round loss in few characters: ``−1.5``, ``200``, ``20k``, ``1M``, ``3e−7``.

    Examples
    --------
    >>> format_loss(20000.0), format_loss(0.25), format_loss(1e-7)
    ('20k', '0.25', '1e−7')
    """
    size = abs(loss)
    for unit, letter in ((1e9, "B"), (1e6, "M"), (1e4, "k")):
        if size >= unit:
            text = f"{loss / min(unit, 1e3 if letter == 'k' else unit):.10g}{letter}"
            break
    else:
        text = f"{loss:.10g}".replace("e-0", "e-")
    return text.replace("-", "\N{MINUS SIGN}")
