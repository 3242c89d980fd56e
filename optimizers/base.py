"""The record of an optimizer and of its hyperparameters."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import Tensor

FAMILIES = ("gradient", "adaptive")

Anatomy = Callable[[Mapping[str, Any], Mapping[str, Any], Tensor], dict[str, Tensor]]


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
        ``anatomy(state, group, gradient)``: the parts of the step just taken, read from torch's own
        state and parameter group, each of shape (2,) or (); ``update`` is the change of the position.
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
