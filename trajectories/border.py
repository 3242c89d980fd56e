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
        self._bounds = landscape.bounds
        self._low, self._high = torch.tensor(landscape.bounds, dtype=torch.float64).T[:, :, None]
        self._distances = torch.empty(2, count, dtype=torch.float64)
        self._any_outside = False
        self.outside = torch.zeros(count, dtype=torch.bool)
        self.since = torch.zeros(count, dtype=torch.int64)
        self.exits = torch.full((count,), NEVER, dtype=torch.int64)

    def add_step(self, step: int, positions: Tensor) -> None:
        """Process the positions of all walks, (2, n), at one step; steps must be passed in order."""
        if not self._any_outside:
            # The outermost coordinates show at once whether all walks are on the map.
            ends = zip(positions.amin(dim=1).tolist(), positions.amax(dim=1).tolist(), self._bounds, strict=True)
            if all(low <= lowest and highest <= high for lowest, highest, (low, high) in ends):
                return
        torch.sub(positions, self._low, out=self._distances)
        # A distance is negative exactly if the position is off the map.
        torch.minimum(self._distances, self._high - positions, out=self._distances)
        outside = torch.minimum(self._distances[0], self._distances[1]) < 0
        changed = outside ^ self.outside
        if changed.count_nonzero():
            self.since.masked_fill_(changed, step)
            if step > 0:
                self.exits.masked_fill_(changed & outside & (self.exits == NEVER), step)
            self.outside, self._any_outside = outside, bool(outside.any())

    def add_steps(self, first: int, positions: Tensor) -> None:
        """Process the positions of consecutive steps, (rows, 2, n); the first row is step ``first``."""
        outside = ((positions < self._low) | (positions > self._high)).any(dim=1)
        if outside.any() or self._any_outside:
            left = outside & ~torch.cat((self.outside[None], outside[:-1]))
            left[0] &= first > 0
            exits = torch.where(left.any(dim=0), first + left.to(torch.int8).argmax(dim=0), NEVER)
            self.exits = torch.where(self.exits == NEVER, exits, self.exits)
        self.since = last_change(outside, self.outside, self.since, first)
        self.outside = outside[-1].clone()
        self._any_outside = bool(self.outside.any())
