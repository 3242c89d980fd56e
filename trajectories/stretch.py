"""The data that the judge stores about the last stretch of walks: a few numbers for each of its two halves."""

import math

import torch
from torch import Tensor

REST_SHARE = 0.05  # share of the steps in the last stretch, which has at least REST_STEPS steps
REST_STEPS = 3
# Share of the steps in the longer last stretch, which is long enough for several turns and for noise to average out.
SWING_SHARE = 0.2
# A walk circles if its path is at least this many times as long as the longer side of its extent, ...
LEAST_LENGTH = 2.5
MIDDLE = 0.3  # ... the middles of the two halves are at most this share of that side apart, ...
WIDER = 2.0  # ... and the ratio of the extents of the two halves is at most this
SURE = 2.0  # standard errors: a larger change is significant


def stretch_of(steps: int, share: float = REST_SHARE) -> int:
    """The number of steps in a walk's last stretch."""
    return min(max(REST_STEPS, math.ceil(share * steps)), steps)


class Stretch:
    """The extent of the last stretch of n walks, and the mean losses of its two halves.

    Both halves have the same number of positions, a multiple of four where there are enough. So a cycle of two or four
    has the same middle and the same mean loss in both halves, whatever the parity of the last step.

    Parameters
    ----------
    steps : int
        The number of steps of each walk.
    count : int
        The number of walks.
    share : float
        The stretch's share of the steps; it has at least REST_STEPS steps.
    """

    def __init__(self, steps: int, count: int, share: float = REST_SHARE) -> None:
        positions = stretch_of(steps, share) + 1
        whole = next(cycle for cycle in (4, 2, 1) if positions >= 2 * cycle or cycle == 1)
        self.half = whole * (positions // (2 * whole))
        self.first = steps - positions + 1
        self._steps = steps
        self._extent = no_extent(count)
        self._losses = torch.zeros(2, count, dtype=torch.float64)
        self._zero = torch.zeros(count, dtype=torch.float64)  # subtracted from all losses: less rounding

    def add_steps(self, first: int, places: Tensor, losses: Tensor) -> None:
        """Process consecutive steps, each once and in order: places (rows, 2, n), losses (rows, n)."""
        _, places, _ = self._take(first, places, losses)
        if len(places):
            widen(self._extent, places)

    def _take(self, first: int, places: Tensor, losses: Tensor) -> tuple[int, Tensor, Tensor]:
        """Select the rows that are in the stretch, subtract ``_zero`` from their losses, and add these to the sums."""
        skipped = max(0, self.first - first)
        places, losses, first = places[skipped:], losses[skipped:], first + skipped
        if first == self.first and len(losses):
            self._zero = losses[0].clone()
        losses = losses - self._zero
        for number in range(2):
            begin = self._steps + 1 - (2 - number) * self.half
            rows = slice(max(0, begin - first), max(0, begin + self.half - first))
            if len(losses[rows]):
                self._losses[number] += _total(losses[rows])
        return first, places, losses

    @property
    def middle(self) -> Tensor:
        """The middle of its extent, (2, n)."""
        return self._extent.mean(dim=0)

    @property
    def radius(self) -> Tensor:
        """The distance from that middle to the corner of the extent, (n,): no position is farther from the middle."""
        return ((self._extent[1] - self._extent[0]) / 2).square().sum(dim=0).sqrt()

    @property
    def falls(self) -> Tensor:
        """The mean loss of the first half minus that of the second, (n,)."""
        return (self._losses[0] - self._losses[1]) / self.half


class Swing(Stretch):
    """A longer last stretch, which distinguishes a cycle, or random motion by noise, from rest and from progress.

    Parameters
    ----------
    steps, count
        As in ``Stretch``.
    """

    def __init__(self, steps: int, count: int) -> None:
        super().__init__(steps, count, SWING_SHARE)
        self._extents = no_extent(2, count)
        self._sums = torch.zeros(2, 2, count, dtype=torch.float64)
        self._pairs = torch.zeros(2, count, dtype=torch.float64)
        self._squares = torch.zeros(2, count, dtype=torch.float64)
        self._length = torch.zeros(count, dtype=torch.float64)
        self._before: tuple[Tensor, Tensor] | None = None

    def add_steps(self, first: int, places: Tensor, losses: Tensor) -> None:
        """Process the rows of each half, each with the row before it: lengths and pairs of losses need two rows."""
        first, places, losses = self._take(first, places, losses)
        if not len(places):
            return
        before, lower = self._before or (places[:1], losses[:1])
        if len(places) > 1:
            before, lower = torch.cat((before, places[:-1])), torch.cat((lower, losses[:-1]))
        for number in range(2):
            begin = self._steps + 1 - (2 - number) * self.half - first
            rows = slice(max(0, begin), max(0, begin + self.half))
            mine = places[rows]
            if not len(mine):
                continue
            widen(self._extents[number], mine)
            self._sums[number] += _total(mine)
            paired = slice(max(0, begin + 1), rows.stop)  # both rows of a pair are in the same half
            if len(losses[paired]):
                pairs = (losses[paired] + lower[paired]).mul_(0.5)
                self._pairs[number] += _total(pairs)
                self._squares[number] += _total(pairs.square_())
            stepped = rows if number else paired  # includes the step from the first half to the second
            if len(places[stepped]):
                steps = (places[stepped] - before[stepped]).square_()
                self._length += _total(steps[:, 0].add_(steps[:, 1]).sqrt_())
        self._before = places[-1:].clone(), losses[-1:].clone()

    @property
    def extent(self) -> tuple[Tensor, Tensor]:
        """The lowest and the highest coordinates in both halves, (2, n) each."""
        return self._extents[:, 0].amin(dim=0), self._extents[:, 1].amax(dim=0)

    @property
    def side(self) -> Tensor:
        """The longer side of that extent, (n,)."""
        low, high = self.extent
        return (high - low).amax(dim=0)

    def is_steady(self) -> Tensor:
        """Whether each walk circles or moves back and forth: both halves have equal middles and similar extents."""
        if self.half < 2:
            return torch.zeros_like(self._length, dtype=torch.bool)
        side = self.side
        first, second = (self._extents[:, 1] - self._extents[:, 0]).amax(dim=1)
        apart = ((self._sums[0] - self._sums[1]) / self.half).abs().amax(dim=0)
        alike = (second <= WIDER * first) & (first <= WIDER * second)
        steady: Tensor = (side > 0) & (self._length >= LEAST_LENGTH * side) & (apart <= MIDDLE * side) & alike
        return steady

    def keeps_height(self, floor: Tensor, noisy: bool) -> Tensor:
        """Whether the height of each walk above ``floor``, (n,), would neither halve nor double in as many more steps.

        With noise, a change of the mean height counts only if it exceeds two standard errors. They are computed from
        means of neighboring losses, which are constant in a cycle of two.
        """
        kept = 0.5 ** (self.half / self._steps)
        first, second = self._losses / self.half - (floor - self._zero)
        changes = (second <= kept * first) | (first <= kept * second)
        if noisy:
            pairs = self.half - 1
            spread = (self._squares / pairs - (self._pairs / pairs).square()).clamp_(min=0).sum(dim=0)
            changes &= self.falls.abs() > SURE * (spread * 2 / pairs).sqrt()
        keeps: Tensor = ~changes
        return keeps


def no_extent(*shape: int) -> Tensor:
    """Empty extents, (..., 2, 2, n): the lowest x and y, then the highest."""
    return torch.tensor([math.inf, -math.inf], dtype=torch.float64)[:, None, None].repeat(*shape[:-1], 1, 2, shape[-1])


def extent_of(places: Tensor) -> Tensor:
    """The extent, (2, 2, n), of places, (rows, 2, n): the lowest x and y, then the highest."""
    return torch.stack((places.amin(dim=0), places.amax(dim=0)))


def widen(extent: Tensor, places: Tensor) -> None:
    """Widen an extent, (2, 2, n), so that it holds all places, (rows, 2, n)."""
    low, high = extent
    torch.minimum(low, places[0] if len(places) == 1 else places.amin(dim=0), out=low)
    torch.maximum(high, places[0] if len(places) == 1 else places.amax(dim=0), out=high)


def _total(rows: Tensor) -> Tensor:
    return rows[0] if len(rows) == 1 else rows.sum(dim=0)


def last_change(states: Tensor, state: Tensor, since: Tensor, first: int) -> Tensor:
    """The step since which each column is in the state of the last row.

    ``states`` is (rows, n), its first row at step ``first``; before it the columns were in ``state`` since ``since``.
    """
    other = torch.where(states != states[-1], first + torch.arange(len(states))[:, None], first - 1).amax(dim=0)
    return torch.where((other < first) & (states[-1] == state), since, other + 1)
