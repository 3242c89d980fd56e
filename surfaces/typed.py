"""A landscape whose loss is a formula that a visitor has typed."""

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from formulas import Node, Value, evaluate, meanings

Bounds = tuple[tuple[float, float], tuple[float, float]]

_X, _Y = ("coordinate", "x"), ("coordinate", "y")
_SQUARE: Node = (
    "sum",
    ("+", ("power", ("symbol", "x", _X), ("number", "2"))),
    ("+", ("power", ("symbol", "y", _Y), ("number", "2"))),
)


@dataclass(frozen=True)
class TypedFormula:
    """A formula of x and y, and the values of its letters.

    Parameters
    ----------
    text : str
        As it was typed.
    node : node
        The formula: see ``formulas.nodes``.
    letters : tuple of (str, float)
        The name and the value of each letter.
    """

    text: str
    node: Node
    letters: tuple[tuple[str, float], ...] = ()

    @cached_property
    def _uses(self) -> frozenset[str]:
        return frozenset(of[1] for of in meanings(self.smooth) if of[0] == "polar")

    @cached_property
    def smooth(self) -> Node:
        """The formula with x² + y² instead of even powers of r: the root in r has no derivative at the origin."""
        return _without_roots(self.node)

    def loss(self, x: Tensor, y: Tensor) -> Tensor:
        """The value at every point: float64 tensors of equal shape in, a tensor of the same shape out.

        NaN where the formula has no value.
        """
        known: dict[Node, Value] = {_X: x, _Y: y, **{("value", name): value for name, value in self.letters}}
        if "r" in self._uses:
            known["polar", "r"] = torch.sqrt(x * x + y * y)
        if "theta" in self._uses:
            known["polar", "theta"] = torch.atan2(y, x)
        value = evaluate(self.smooth, known)
        if not isinstance(value, Tensor):
            return torch.full_like(x, value)
        return value.expand_as(x) if value.shape != x.shape else value


def _without_roots(node: Node) -> Node:
    match node:
        case ("power", ("symbol", "r", _), ("number", exponent)) if float(exponent) % 2 == 0:
            half = float(exponent) / 2
            return ("group", _SQUARE) if half == 1 else ("power", ("group", _SQUARE), ("number", repr(half)))
        case _:
            return tuple(_without_roots(part) if isinstance(part, tuple) else part for part in node)
