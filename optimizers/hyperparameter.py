"""The record of a hyperparameter, and the hyperparameters that several optimizers share."""

import math
from dataclasses import dataclass
from typing import Literal

SCALES = ("linear", "log", "complement", "switch")


@dataclass(frozen=True, kw_only=True)
class Hyperparameter:
    """One number that the visitor can set, with the data that controls, links and messages need.

    Parameters
    ----------
    name : str
        torch's keyword; ``betas`` is two hyperparameters, ``beta1`` and ``beta2``.
    symbol : str
        Its symbol in the formula, LaTeX without delimiters.
    default : float
        torch's default, except for momentum, whose default in torch is 0.
    low, high : float
        The accepted range, both ends included.
    scale : {"linear", "log", "complement", "switch"}
        How a control spaces the values: ``log`` for numbers that differ by powers of ten, ``complement`` for numbers
        whose distances from 1 differ by powers of ten (0.9, 0.99, 0.999). A ``switch`` is either 0 (off) or 1 (on).
    help : str
        One sentence for a beginner.

    Raises
    ------
    ValueError
        If the default is outside the range, or the scale is unknown or does not fit the range.

    Examples
    --------
    >>> Hyperparameter(name="lr", symbol="a", default=0.1, low=0.0, high=1.0, scale="log", help="...")
    Traceback (most recent call last):
    ...
    ValueError: lr: a log scale needs low above 0: got 0.0.
    """

    name: str
    symbol: str
    default: float
    low: float
    high: float
    scale: Literal["linear", "log", "complement", "switch"] = "linear"
    help: str

    def __post_init__(self) -> None:
        if self.scale not in SCALES:
            raise ValueError(f"{self.name}: scale must be one of {SCALES}: got {self.scale!r}.")
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.default <= self.high):
            raise ValueError(f"{self.name}: default {self.default} must lie in the range {self.low} to {self.high}.")
        if self.scale == "log" and self.low <= 0:
            raise ValueError(f"{self.name}: a log scale needs low above 0: got {self.low}.")
        if self.scale == "complement" and self.high >= 1:
            raise ValueError(f"{self.name}: a complement scale needs high below 1: got {self.high}.")
        if self.scale == "switch" and not {0, 1} == {self.low, self.high} >= {self.default}:
            raise ValueError(f"{self.name}: a switch is 0 or 1: got {self.low} to {self.high}, default {self.default}.")


def learning_rate(default: float, *, high: float = 10.0) -> Hyperparameter:
    """The learning rate, which every optimizer has."""
    return Hyperparameter(
        name="lr",
        symbol=r"\alpha",
        default=default,
        low=1e-6,
        high=high,
        scale="log",
        help="The factor that scales every step: if too small, progress is slow; if too large, steps miss the minimum.",
    )


def decay_rate(name: str, symbol: str, default: float, help: str, *, low: float = 0.0) -> Hyperparameter:
    """The share of a running sum or average that one step keeps; a control scales its distance from 1."""
    return Hyperparameter(
        name=name, symbol=symbol, default=default, low=low, high=0.99999, scale="complement", help=help
    )


def epsilon(default: float) -> Hyperparameter:
    """The small number that an adaptive optimizer adds to its denominator."""
    return Hyperparameter(
        name="eps",
        symbol=r"\epsilon",
        default=default,
        low=1e-12,
        high=1.0,
        scale="log",
        help="A small number in the denominator, so that a gradient of zero causes no division by zero.",
    )


BETA1 = decay_rate(
    "beta1",
    r"\beta_1",
    0.9,
    "Share of the average gradient that each step keeps: 0 uses the newest gradient only, 0.9 averages about ten.",
)
"""Decay rate of the average gradient in Adam and similar optimizers."""

BETA2 = decay_rate(
    "beta2",
    r"\beta_2",
    0.999,
    "Share of the average squared gradient that each step keeps: 0.999 averages about a thousand steps.",
)
"""Decay rate of the average squared gradient in Adam and similar optimizers."""
