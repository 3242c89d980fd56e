"""The functions that a formula may use: how many arguments each takes, and how it is computed."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, kw_only=True)
class Function:
    r"""A function of formulas.

    Parameters
    ----------
    compute : callable
        Tensors of equal shape in, a tensor out.
    arguments : int
        How many it takes.
    latex : str
        Its name in LaTeX; empty: ``\operatorname`` with its own name.
    """

    compute: Callable[..., Tensor]
    arguments: int = 1
    latex: str = ""


def softplus(x: Tensor) -> Tensor:
    """``log(1 + exp(x))``, without overflow and without torch's switch to a straight line above 20."""
    return torch.logaddexp(x, torch.zeros_like(x))


FUNCTIONS: dict[str, Function] = {
    "sin": Function(compute=torch.sin, latex=r"\sin"),
    "cos": Function(compute=torch.cos, latex=r"\cos"),
    "tan": Function(compute=torch.tan, latex=r"\tan"),
    "asin": Function(compute=torch.asin, latex=r"\arcsin"),
    "acos": Function(compute=torch.acos, latex=r"\arccos"),
    "atan": Function(compute=torch.atan, latex=r"\arctan"),
    "sinh": Function(compute=torch.sinh, latex=r"\sinh"),
    "cosh": Function(compute=torch.cosh, latex=r"\cosh"),
    "tanh": Function(compute=torch.tanh, latex=r"\tanh"),
    "exp": Function(compute=torch.exp, latex=r"\exp"),
    "log": Function(compute=torch.log, latex=r"\log"),
    "ln": Function(compute=torch.log, latex=r"\ln"),
    "log10": Function(compute=torch.log10, latex=r"\log_{10}"),
    "log2": Function(compute=torch.log2, latex=r"\log_{2}"),
    "min": Function(compute=torch.minimum, arguments=2, latex=r"\min"),
    "sign": Function(compute=torch.sign),
    "sigmoid": Function(compute=torch.sigmoid),
    "relu": Function(compute=torch.relu),
    "softplus": Function(compute=softplus),
    "floor": Function(compute=torch.floor),
    "mod": Function(compute=torch.remainder, arguments=2),
}
"""The functions of ``("call", name, ...)`` nodes. The root, the absolute value and the maximum have nodes of their own.

``log`` is the natural logarithm, as in Python, and ``mod`` has the sign of its second argument.
"""
