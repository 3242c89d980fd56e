"""The last stretch of walks, as the judge remembers it: a few numbers of each of its two halves."""

import math

import torch
from torch import Tensor

REST_SHARE = 0.05  # of the steps, at least REST_STEPS: so long is the last stretch
REST_STEPS = 3
SWING_SHARE = 0.2  # long enough for a few turns, and for noise to average out
TO_AND_FRO = 2.5  # times the longer side of its extent: so far walks who goes round, or to and fro
MIDDLE = 0.3  # of that side: so far the middles of two halves may be apart
WIDER = 2.0  # times: so much wider may one half be
SURE = 2.0  # standard errors


def stretch_of(steps: int, share: float = REST_SHARE) -> int:
    """How many steps of a walk are its last stretch."""
    return min(max(REST_STEPS, math.ceil(share * steps)), steps)


class Stretch:
    """What is kept of the last stretch of n walks: its extent, and the mean losses of its two halves.

    The halves have as many positions each, a multiple of four where there are enough, so that a cycle of two or four
    has the same middle and the same mean loss in both, whatever the parity of the last step.

    Parameters
    ----------
    steps : int
        How many steps each walk has.
    count : int
        How many walks.
    share : float
        How long it is, in walks; but at least REST_STEPS steps.
    """

    def __init__(self, steps: int, count: int, share: float = REST_SHARE) -> None:
        positions = stretch_of(steps, share) + 1
        whole = next(cycle for cycle in (4, 2, 1) if positions >= 2 * cycle or cycle == 1)
        self.half = whole * (positions // (2 * whole))
        self.first = steps - positions + 1
        self._steps = steps
        self._extent = no_extent(count)
        self._losses = torch.zeros(2, count, dtype=torch.float64)
        self._zero = torch.zeros(count, dtype=torch.float64)  # losses are summed above this one: rounding

    def see(self, first: int, places: Tensor, losses: Tensor) -> None:
        """Look at consecutive steps, each once and in order: places (rows, 2, n), losses (rows, n)."""
        _, places, _ = self._take(first, places, losses)
        if len(places):
            widen(self._extent, places)

    def _take(self, first: int, places: Tensor, losses: Tensor) -> tuple[int, Tensor, Tensor]:
        """Those rows that are in the stretch, with their first step; their losses, above ``_zero``, are summed."""
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
        """How far from that middle it came at most, (n,): to the corner of its extent."""
        return ((self._extent[1] - self._extent[0]) / 2).square().sum(dim=0).sqrt()

    @property
    def falls(self) -> Tensor:
        """By how much the mean loss of the second half is below the first's, (n,)."""
        return (self._losses[0] - self._losses[1]) / self.half


class Swing(Stretch):
    """What is kept of a longer last stretch, to tell a cycle, or a hovering, from a rest and from getting along.

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
        self._walked = torch.zeros(count, dtype=torch.float64)
        self._before: tuple[Tensor, Tensor] | None = None

    def see(self, first: int, places: Tensor, losses: Tensor) -> None:
        """Look at each half's rows, beside the row before each, which the way and the pairs of losses need."""
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
            paired = slice(max(0, begin + 1), rows.stop)  # a pair lies within its half
            if len(losses[paired]):
                pairs = (losses[paired] + lower[paired]).mul_(0.5)
                self._pairs[number] += _total(pairs)
                self._squares[number] += _total(pairs.square_())
            walked = rows if number else paired  # and so does a way, but for the one from half to half
            if len(places[walked]):
                ways = (places[walked] - before[walked]).square_()
                self._walked += _total(ways[:, 0].add_(ways[:, 1]).sqrt_())
        self._before = places[-1:].clone(), losses[-1:].clone()

    @property
    def extent(self) -> tuple[Tensor, Tensor]:
        """The lowest and the highest coordinates in its halves, (2, n) each."""
        return self._extents[:, 0].amin(dim=0), self._extents[:, 1].amax(dim=0)

    @property
    def side(self) -> Tensor:
        """The longer side of that extent, (n,)."""
        low, high = self.extent
        return (high - low).amax(dim=0)

    def is_steady(self) -> Tensor:
        """Whether each goes round or to and fro with the same middle and the same extent in both halves, bool (n,)."""
        if self.half < 2:
            return torch.zeros_like(self._walked, dtype=torch.bool)
        side = self.side
        first, second = (self._extents[:, 1] - self._extents[:, 0]).amax(dim=1)
        apart = ((self._sums[0] - self._sums[1]) / self.half).abs().amax(dim=0)
        alike = (second <= WIDER * first) & (first <= WIDER * second)
        steady: Tensor = (side > 0) & (self._walked >= TO_AND_FRO * side) & (apart <= MIDDLE * side) & alike
        return steady

    def keeps_height(self, floor: Tensor, noisy: bool) -> Tensor:
        """Whether each would keep half of its height above ``floor``, (n,), in as many steps again, bool (n,).

        And would not double it. With noise, a change of the mean height counts if it is beyond two standard errors:
        these come from the means of neighbors, which do not differ in a cycle of two.
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
    """Extents that hold nothing yet: (..., 2, 2, n), the lowest x and y, and the highest."""
    return torch.tensor([math.inf, -math.inf], dtype=torch.float64)[:, None, None].repeat(*shape[:-1], 1, 2, shape[-1])


def widen(extent: Tensor, places: Tensor) -> None:
    """Make an extent, (2, 2, n), hold some rows of places, (rows, 2, n), too."""
    low, high = extent
    torch.minimum(low, places[0] if len(places) == 1 else places.amin(dim=0), out=low)
    torch.maximum(high, places[0] if len(places) == 1 else places.amax(dim=0), out=high)


def _total(rows: Tensor) -> Tensor:
    return rows[0] if len(rows) == 1 else rows.sum(dim=0)


def last_change(states: Tensor, state: Tensor, since: Tensor, first: int) -> Tensor:
    """Since when each column is in its last state; states are (rows, n), and before them it was in ``state``."""
    other = torch.where(states != states[-1], first + torch.arange(len(states))[:, None], first - 1).amax(dim=0)
    return torch.where((other < first) & (states[-1] == state), since, other + 1)
