"""Up to which learning rate an optimizer's steps around a minimum do not grow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Stability:
    """The stability limit of an optimizer on a parabola.

    Parameters
    ----------
    bound : callable
        ``bound(values)``: with hyperparameters as floats or arrays, the product of learning rate and curvature below
        which the walk on a parabola converges and above which it grows. If the rule divides the gradient, the
        curvature is that of the loss in the coordinates in which the division is one by 1 (preconditioned), with the
        denominator held constant.
    formula : str
        The learning rate at the limit, in the names of the hyperparameters and in λ, the curvature.
    source : str
        Author, year, title, DOI or arXiv number.
    """

    bound: Callable[[Mapping[str, Any]], Any]
    formula: str
    source: str


def _twice(values: Mapping[str, Any]) -> Any:
    return 2 + 0 * values["lr"]


def _averaged(values: Mapping[str, Any]) -> Any:
    return (2 + 2 * values["beta1"]) / (1 - values["beta1"])


TWICE = Stability(
    bound=_twice,
    formula="2 / λ",
    source="B. T. Polyak, Introduction to Optimization, 1987, section 1.4.",
)
# A division by the root of an average of squared gradients, without and with an average of the gradients.
DIVIDED = Stability(
    bound=_twice,
    formula="2 / λ",
    source="J. M. Cohen et al., Adaptive Gradient Methods at the Edge of Stability, 2022, arXiv:2207.14484.",
)
DIVIDED_AVERAGE = Stability(
    bound=_averaged,
    formula="(2 + 2 beta1) / (1 - beta1) / λ",
    source="J. M. Cohen et al., Adaptive Gradient Methods at the Edge of Stability, 2022, arXiv:2207.14484.",
)
