"""The record of an optimizer, of its hyperparameters and of the parts of its step."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import torch
from torch import Tensor

from optimizers.kernel import Kernel

FAMILIES = ("gradient", "adaptive")
SCALES = ("linear", "log", "complement", "switch")

Drawn = Literal["arrow", "move", "square", "box", "vector", "number"]
Ink = Literal["gradient", "memory", "corrected", "size", "corrected_size", "denominator", "update", "other"]

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


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one line of the algorithm computes, in words, and how it is shown on the map.

    Parameters
    ----------
    label : str
        A short name.
    help : str
        One sentence for somebody who meets it for the first time: what the line does and why.
    drawn : {"arrow", "move", "square", "box", "vector", "number"}
        ``arrow``: a vector in the gradient's unit. ``move``: one in the position's. ``box``: sizes in the
        gradient's unit, a rectangle with these sides. ``square``: their squares, a rectangle whose sides are
        the roots. Not drawn: a ``vector``, two numbers; a ``number``, which both coordinates share.
    ink : str
        Its color in drawing, numbers and formula, by what it is: one of ``Ink``.
    """

    label: str
    help: str
    drawn: Drawn
    ink: Ink

    def __post_init__(self) -> None:
        for field, value, allowed in (("drawn", self.drawn, get_args(Drawn)), ("ink", self.ink, get_args(Ink))):
            if value not in allowed:
                raise ValueError(f"part {self.label!r}: {field} must be one of {allowed}: got {value!r}.")


@dataclass(frozen=True, kw_only=True)
class OptimizerSpec:
    """An optimizer, with its controls, its formula and the inside of its step.

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
        in ``hyperparameters``, all of them floats. Of torch's implementations, which agree, it picks the
        one that is fastest for two weights: ``fused=True`` where torch has it and it pays (AdaGrad and
        Adam's kind), otherwise ``foreach=False``.
    hyperparameters : tuple of Hyperparameter
        In the order in which controls show them.
    update_latex : mapping of str to str
        The algorithm line by line, in order: the quantity that a line computes, and the line, LaTeX
        without delimiters. Every key but ``g`` is a part of the anatomy.
    parts : mapping of str to Part
        The same keys in the same order: each quantity in words. No two that are drawn share an ink.
    rate_latex : str
        The effective step per coordinate, in the same symbols: times the gradient, or the part that stands
        for it, it is subtracted.
    anatomy : callable
        ``anatomy(state, group, gradient, position)``: the parts of the step just taken, read from
        torch's own state and parameter group as they are after it. ``gradient`` is the one that the
        optimizer saw, ``position`` the one before the step. Each part has the shape of the position, or
        () where both coordinates share it; ``update`` is the change of the position. A part may be
        torch's own tensor, which the next step overwrites: copy what you keep.
    kernel : Kernel, optional
        One step for compiled loops; without it, walks are stepped by the class alone.
    references : tuple of str
        Author, year, title, equation, DOI.

    Raises
    ------
    ValueError
        If a field contradicts another; the message names the optimizer and the field.

    Examples
    --------
    The first step of Adam is as long as the learning rate, however steep the slope:

    >>> from optimizers import OPTIMIZERS
    >>> adam = OPTIMIZERS["adam"]
    >>> position = torch.tensor([1.0, 1.0], dtype=torch.float64)
    >>> optimizer = adam.build([position], **(adam.defaults | {"lr": 0.1}))
    >>> before, position.grad = position.clone(), torch.tensor([1000.0, 0.01], dtype=torch.float64)
    >>> optimizer.step()
    >>> parts = adam.anatomy(optimizer.state[position], optimizer.param_groups[0], position.grad, before)
    >>> [round(part, 6) for part in parts["update"].tolist()]
    [-0.1, -0.1]
    >>> [round(weight, 6) for weight in position.tolist()]
    [0.9, 0.9]
    """

    key: str
    label: str
    family: Literal["gradient", "adaptive"]
    order: int = 0
    idea: str
    build: Callable[..., torch.optim.Optimizer]
    hyperparameters: tuple[Hyperparameter, ...]
    update_latex: Mapping[str, str]
    parts: Mapping[str, Part]
    rate_latex: str
    anatomy: Anatomy
    kernel: Kernel | None = None
    references: tuple[str, ...]

    def __post_init__(self) -> None:
        names = [h.name for h in self.hyperparameters]
        symbols = [h.symbol for h in self.hyperparameters]
        if self.family not in FAMILIES:
            self._refuse(f"family must be one of {FAMILIES}: got {self.family!r}")
        if "lr" not in names:
            self._refuse("hyperparameters must hold lr")
        if len(set(names)) < len(names) or len(set(symbols)) < len(symbols):
            self._refuse(f"hyperparameters must differ in name and symbol: got {names} and {symbols}")
        if not {"g", "update"} <= self.update_latex.keys():
            self._refuse(f"update_latex must hold the lines g and update: got {list(self.update_latex)}")
        if list(self.parts) != list(self.update_latex):
            self._refuse(f"parts must be those of update_latex, in order: got {list(self.parts)}")
        inks = [part.ink for part in self.parts.values() if part.drawn not in {"vector", "number"}]
        if len(set(inks)) < len(inks):
            self._refuse(f"parts that are drawn must differ in ink: got {inks}")
        if not self.references:
            self._refuse("references must hold at least one")

    def _refuse(self, reason: str) -> None:
        raise ValueError(f"optimizer {self.key!r}: {reason}.")

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

GRADIENT = Part(
    label="gradient",
    help="The slope where it stands: it points uphill, the steeper the longer, so the way down is against it.",
    drawn="arrow",
    ink="gradient",
)
FIRST_MOMENT = Part(
    label="first moment",
    help="A running average of the gradient, uphill as it is: what slopes agree on stays, what changes sign cancels.",
    drawn="arrow",
    ink="memory",
)
SECOND_MOMENT = Part(
    label="second moment",
    help="A running average of the squared gradient in each coordinate: how large slopes were, whatever their sign.",
    drawn="square",
    ink="size",
)
FIRST_CORRECTED = Part(
    label="first moment, corrected",
    help="The average began at zero and is too small at first; dividing by the weight it has gathered mends that.",
    drawn="arrow",
    ink="corrected",
)
SECOND_CORRECTED = Part(
    label="second moment, corrected",
    help="The average of squares began at zero too and fills more slowly; the same correction makes up for it.",
    drawn="square",
    ink="corrected_size",
)
DENOMINATOR = Part(
    label="denominator",
    help="How large slopes have been, and eps lest it be zero: divided by it, steep and gentle ways step alike.",
    drawn="box",
    ink="denominator",
)
UPDATE = Part(
    label="update",
    help="The step: what the lines above worked out, times the learning rate, is subtracted from the position.",
    drawn="move",
    ink="update",
)
