"""When walks leave the map and come back."""

import torch
from torch import Tensor

from surfaces import Landscape
from trajectories.stretch import last_change
from trajectories.verdicts import NEVER


class Border:
    """Records for each of n walks whether it is off the map, since which step, and when it left for the first time.

    A position exactly on the border is on the map.

    Parameters
    ----------
    landscape : Landscape
        Its ``bounds`` are the border.
    count : int
        The number of walks.

    Attributes
    ----------
    outside : Tensor, bool, (n,)
        Whether the walk is off the map now.
    since : Tensor, int64, (n,)
        The step since which ``outside`` has its present value.
    exits : Tensor, int64, (n,)
        The first step from the map to a position off the map; -1 for none. A start off the map is no exit.
    """

    def __init__(self, landscape: Landscape, count: int) -> None:
        self._low, self._high = torch.tensor(landscape.bounds, dtype=torch.float64).T[:, :, None]
        self.outside = torch.zeros(count, dtype=torch.bool)
        self.since = torch.zeros(count, dtype=torch.int64)
        self.exits = torch.full((count,), NEVER, dtype=torch.int64)

    def add_steps(self, first: int, positions: Tensor, extent: Tensor) -> None:
        """Process the positions of consecutive steps; walks that stay on the map, or off it, are not looked at.

        Parameters
        ----------
        first : int
            The step of the first row.
        positions : Tensor, float64, (rows, 2, n)
            The positions.
        extent : Tensor, float64, (2, 2, n)
            The lowest and the highest coordinates of each walk in these steps.
        """
        lowest, highest = extent
        on = ((lowest >= self._low) & (highest <= self._high)).all(dim=0)
        off = ((highest < self._low) | (lowest > self._high)).any(dim=0)
        which = (~torch.where(self.outside, off, on)).nonzero()[:, 0]
        if not len(which):
            return
        positions, before = positions[:, :, which], self.outside[which]
        outside = ((positions < self._low) | (positions > self._high)).any(dim=1)
        left = outside & ~torch.cat((before[None], outside[:-1]))
        left[0] &= first > 0
        exits = torch.where(left.any(dim=0), first + left.to(torch.int8).argmax(dim=0), NEVER)
        known = self.exits[which]
        self.exits[which] = torch.where(known == NEVER, exits, known)
        self.since[which] = last_change(outside, before, self.since[which], first)
        self.outside[which] = outside[-1]
