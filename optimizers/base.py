"""The record of an optimizer and of its hyperparameters."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import Tensor

FAMILIES = ("gradient", "adaptive")

Anatomy = Callable[[Mapping[str, Any], Mapping[str, Any], Tensor, Tensor], dict[str, Tensor]]


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
        torch's default.
    low, high : float
        The range that is accepted, both ends included.
    scale : {"linear", "log", "complement"}
        How a control spaces it: ``log`` for numbers thought of in powers of ten, ``complement`` for
        those whose distance from one is (0.9, 0.99, 0.999).
    help : str
        One sentence for somebody who meets it for the first time.

    Raises
    ------
    ValueError
        If the default lies outside the range, or the scale cannot hold the range.
    """

    name: str
    symbol: str
    default: float
    low: float
    high: float
    scale: Literal["linear", "log", "complement"] = "linear"
    help: str

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.default <= self.high):
            raise ValueError(f"{self.name}: default {self.default} must lie in the range {self.low} to {self.high}.")
        if self.scale == "log" and self.low <= 0:
            raise ValueError(f"{self.name}: a log scale needs low above 0: got {self.low}.")
        if self.scale == "complement" and self.high >= 1:
            raise ValueError(f"{self.name}: a complement scale needs high below 1: got {self.high}.")


@dataclass(frozen=True, kw_only=True)
class OptimizerSpec:
    """An optimizer of torch, with its controls, its formula and the inside of its step.

    Parameters
    ----------
    key : str
        The file's name, and the optimizer's name in links and in Python.
    label : str
        Its name for people.
    family : {"gradient", "adaptive"}
        ``gradient``: a step is the learning rate times something of the gradient's size;
        ``adaptive``: the gradient is divided by its own running size first.
    order : int
        Its place within the family.
    idea : str
        One sentence: what it adds.
    build : callable
        ``build(params, **values)``: a ``torch.optim.Optimizer`` over ``params``, from values named as
        in ``hyperparameters``.
    hyperparameters : tuple of Hyperparameter
        In the order in which controls show them.
    update_latex : mapping of str to str
        The algorithm line by line, in order: the quantity that a line computes, and the line, LaTeX
        without delimiters. Every key but ``g`` is a part of the anatomy.
    anatomy : callable
        ``anatomy(state, group, gradient, position)``: the parts of the step just taken, read from
        torch's own state and parameter group as they are after it. ``gradient`` is the one that the
        optimizer saw, ``position`` the one before the step. Each part has the shape of the position, or
        () where both coordinates share it; ``update`` is the change of the position. A part may be
        torch's own tensor, which the next step overwrites: copy what you keep.
    references : tuple of str
        Author, year, title, equation, DOI.
    """

    key: str
    label: str
    family: Literal["gradient", "adaptive"]
    order: int = 0
    idea: str
    build: Callable[..., torch.optim.Optimizer]
    hyperparameters: tuple[Hyperparameter, ...]
    update_latex: Mapping[str, str]
    anatomy: Anatomy
    references: tuple[str, ...]

    @property
    def defaults(self) -> dict[str, float]:
        """Each hyperparameter's default, by name."""
        return {h.name: h.default for h in self.hyperparameters}


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
    """How much of a running sum or average survives a step: a number below one, thought of by its distance from it."""
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
        help="A small number added before dividing: it keeps the division away from zero where the ground is flat.",
    )
