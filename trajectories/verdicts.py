"""The kinds of outcome, by id, and the judge's verdicts as arrays."""

from dataclasses import dataclass
from typing import Literal, get_args

import torch
from torch import Tensor

Kind = Literal[
    "global_minimum", "local_minimum", "saddle", "flat", "circling", "still_moving", "left_the_map", "diverged"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
GLOBAL, LOCAL, SADDLE, FLAT, CIRCLING, MOVING, LEFT, DIVERGED = range(len(KINDS))

NOWHERE = -1  # no minimum
NEVER = -1  # no step


@dataclass(frozen=True, kw_only=True, eq=False)
class Verdicts:
    """The outcomes of n walks.

    Parameters
    ----------
    kinds : Tensor, int8, (n,)
        Indices into ``KINDS``.
    steps : Tensor, int64, (n,)
        The first step from which the outcome holds until the end.
    minima : Tensor, int64, (n,)
        Index of the landscape's minimum at which the walk arrived or around which it circles; -1 for none.
    exits : Tensor, int64, (n,)
        The first step from a position on the map to one off the map, even if the walk came back; -1 for none.
    """

    kinds: Tensor
    steps: Tensor
    minima: Tensor
    exits: Tensor

    def assign(self, where: Tensor, kind: Tensor | int, steps: Tensor, minima: Tensor) -> None:
        """Write the verdict of those walks for which ``where``, bool (n,), is true; the other tensors are (n,) too."""
        for stored, values in ((self.kinds, kind), (self.steps, steps), (self.minima, minima)):
            stored.copy_(torch.where(where, values, stored))
