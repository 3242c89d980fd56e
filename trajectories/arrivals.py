"""Which listed minimum walks are near and low at, and since when."""

import math

import torch
from torch import Tensor

from trajectories.minimum_levels import FEW, RADIUS, MinimumLevels
from trajectories.stretch import last_change
from trajectories.verdicts import NOWHERE


class Arrivals:
    """Records for each of n walks the minimum that it is near and low at, and since which step.

    Parameters
    ----------
    known : MinimumLevels
        The minima, and what is low at each.
    count : int
        The number of walks.

    Attributes
    ----------
    reached : Tensor, int64, (n,)
        The index of the minimum; -1 for none.
    since : Tensor, int64, (n,)
        The step since which ``reached`` has its present value.
    """

    def __init__(self, known: MinimumLevels, count: int) -> None:
        self._known = known
        self._top = float(known.levels.max()) if len(known.levels) else -math.inf
        self.reached = torch.full((count,), NOWHERE, dtype=torch.int64)
        self.since = torch.zeros(count, dtype=torch.int64)
        # Of the minimum that each walk has reached.
        self._places = torch.full((2, count), math.nan, dtype=torch.float64)
        self._levels = torch.full((count,), -math.inf, dtype=torch.float64)

    def add_steps(self, first: int, positions: Tensor, losses: Tensor, extent: Tensor, over: Tensor) -> None:
        """Process consecutive steps; only walks that may have arrived or left in them are compared step by step.

        Parameters
        ----------
        first : int
            The step of the first row.
        positions, losses : Tensor, float64, (rows, 2, n) and (rows, n)
            The positions, in the landscape's units, and the losses there.
        extent : Tensor, float64, (2, 2, n)
            The lowest and the highest coordinates of each walk in these steps, in units of the map.
        over : Tensor, bool, (n,)
            Walks that need not be looked at any more.
        """
        which = (~(self._stay(losses, extent) | over)).nonzero()[:, 0]
        if not len(which):
            return
        some = losses.index_select(1, which)
        places = (positions.index_select(2, which) * self._known.factor).transpose(0, 1)
        states = self._known.low_in(places.reshape(2, -1), some.reshape(-1)).reshape(some.shape)
        self.since[which] = last_change(states, self.reached[which], self.since[which], first)
        now = states[-1]
        self.reached[which] = now
        self._places[:, which] = torch.where(now >= 0, self._known.places[:, now], math.nan)
        self._levels[which] = torch.where(now >= 0, self._known.levels[now], -math.inf)

    def _stay(self, losses: Tensor, extent: Tensor) -> Tensor:
        """Of which walks the extent and the extreme losses show that they stay at their minimum, or at none, (n,).

        The numbers are rounded as those of single steps are, and rounding keeps their order: so each step is farther
        from a minimum than the nearest point of the extent is, or as far, and nearer than its farthest corner.
        """
        if not len(self._known.levels):
            return torch.ones(losses.shape[1], dtype=torch.bool)
        low, high = extent
        corner = torch.maximum(self._places - low, high - self._places).square_()
        stay = (corner[0].add_(corner[1]) <= RADIUS**2) & (losses.amax(dim=0) <= self._levels)
        stay &= self._known.separate  # else it may be nearer to another minimum meanwhile
        away = losses.amin(dim=0) > self._top
        if len(self._known.levels) <= FEW:
            places = self._known.places[:, :, None]
            gap = torch.maximum(low[:, None] - places, places - high[:, None]).clamp_(min=0).square_()
            away |= gap[0].add_(gap[1]).amin(dim=0) > RADIUS**2
        return stay | (away & (self.reached == NOWHERE))
