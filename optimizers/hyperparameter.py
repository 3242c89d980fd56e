"""The record of a hyperparameter, and those that several optimizers have."""

import math
from dataclasses import dataclass
from typing import Literal

SCALES = ("linear", "log", "complement", "switch")


@dataclass(frozen=True, kw_only=True)
class Hyperparameter:
    """One number that a person sets, with what a control, a link and a message need to know of it.

    Parameters
    ----------
    name : str
        torch's keyword; ``betas`` is two hyperparameters, ``beta1`` and ``beta2``.
    symbol : str
        Its letter in the formula, LaTeX without delimiters.
    default : float
        torch's default, but for momentum, which torch leaves at 0.
    low, high : float
        The range that is accepted, both ends included.
    scale : {"linear", "log", "complement", "switch"}
        How a control spaces it: ``log`` for numbers thought of in powers of ten, ``complement`` for
        those whose distance from one is (0.9, 0.99, 0.999). A ``switch`` is 0 (off) or 1 (on), and
        nothing between.
    help : str
        One sentence for somebody who meets it for the first time.

    Raises
    ------
    ValueError
        If the default lies outside the range, or the scale is unknown or cannot hold the range.

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
        help="The learning rate: how far one step goes; too small crawls, too large leaps over the valley.",
    )


def decay_rate(name: str, symbol: str, default: float, help: str, *, low: float = 0.0) -> Hyperparameter:
    """How much of a running sum or average survives one step: a number thought of by its distance from one."""
    return Hyperparameter(
        name=name, symbol=symbol, default=default, low=low, high=0.99999, scale="complement", help=help
    )


def epsilon(default: float) -> Hyperparameter:
    """The small number that keeps an adaptive optimizer's division away from zero."""
    return Hyperparameter(
        name="eps",
        symbol=r"\epsilon",
        default=default,
        low=1e-12,
        high=1.0,
        scale="log",
        help="A small number added before dividing, so that flat ground does not mean a division by zero.",
    )


BETA1 = decay_rate(
    "beta1",
    r"\beta_1",
    0.9,
    "How much of the past direction is kept: 0 forgets it, 0.9 averages about ten steps.",
)
"""Of the average of the gradient, in Adam and its relatives."""

BETA2 = decay_rate(
    "beta2",
    r"\beta_2",
    0.999,
    "How much of the past squared gradient is kept: 0.999 averages about a thousand steps.",
)
"""Of the average of the squared gradient, in Adam and its relatives."""
