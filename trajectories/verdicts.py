"""The kinds of outcome, by id, and how the judge hands them out."""

from dataclasses import dataclass
from typing import Literal, get_args

import torch
from torch import Tensor

Kind = Literal[
    "global_minimum", "local_minimum", "saddle", "flat", "circling", "still_moving", "left_the_map", "diverged"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
GLOBAL, LOCAL, SADDLE, FLAT, CIRCLING, MOVING, LEFT, DIVERGED = range(len(KINDS))

NOWHERE = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Verdicts:
    """What became of n walks.

    Parameters
    ----------
    kinds : Tensor, int8, (n,)
        Places in ``KINDS``.
    steps : Tensor, int64, (n,)
        Since when it is so.
    minima : Tensor, int64, (n,)
        Which of the landscape's minima it arrived at or goes round; -1 for none of them.
    """

    kinds: Tensor
    steps: Tensor
    minima: Tensor

    def tell(self, who: Tensor, kind: Tensor | int, steps: Tensor, minima: Tensor) -> None:
        """Write a verdict for those walks for which ``who``, bool (n,), is true; the rest are (n,) too."""
        for told, values in ((self.kinds, kind), (self.steps, steps), (self.minima, minima)):
            told.copy_(torch.where(who, values, told))
