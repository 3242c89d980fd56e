"""The minima of a landscape: the listed ones, or, if it lists none, those that a search on its map finds."""

from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np
import torch
from torch import Tensor

from surfaces import CriticalPoint, Landscape, is_visitors
from trajectories.effort import rounds_on
from trajectories.once import once
from trajectories.terrain import derivatives

# Lengths are shares of the map (of its width along x, of its height along y); gradients and curvatures refer to them.
STARTS = 24  # along each axis
ROUNDS = 80
REACH = 1 / STARTS  # the longest step at first, so that a search stays in the basin in which it began
FARTHEST = 4 * REACH  # the longest step after steps that lowered the loss
POLISH = 40  # Newton steps at the end: where the curvature is zero, a step removes only a third of the distance
EXACT = 1e-14  # after a shorter Newton step, more of them change only the last digit
SETTLED = 1e-8  # a shorter Newton step counts as zero; a point off the map by at most this counts as on the map
ALIKE = 1e-4  # two points within this distance are the same minimum
BESIDE = 2 / STARTS  # two trough points within this distance belong to the same trough
FLAT = 1e-9  # of the typical gradient norm: smaller gradients and curvatures count as zero
RING, DIRECTIONS = 0.01, 64  # if curvatures cannot show that a point is a minimum, losses on a ring of this radius can


@once(64, is_visitors)
def minima_of(landscape: Landscape) -> tuple[CriticalPoint, ...]:
    """The minima on a landscape's map, the lowest first: those that it lists, else those that are found.

    Returns
    -------
    tuple of CriticalPoint
        By ``origin`` listed or found. Empty for a map without one, and for a network: its plane shows none of its loss.
    """
    if landscape.unedited is not None:
        return find_minima_of_edited(landscape)
    return () if landscape.embedding is not None else landscape.known_minima or find_minima(landscape)


def lowest(landscape: Landscape) -> float | None:
    """The loss at the lowest of a landscape's minima; None where its map has none."""
    minima = minima_of(landscape)
    return minima[0].value if minima else None


def find_minima(landscape: Landscape) -> tuple[CriticalPoint, ...]:
    """Search a landscape's map for minima, from all points of a grid at once.

    Parameters
    ----------
    landscape : Landscape
        Its map is searched; the minima that it lists are not used.

    Returns
    -------
    tuple of CriticalPoint
        The lowest first, each with the origin "found". A level trough, whose points are equally low, is represented by
        one point. Empty where the map has no minimum.

    Notes
    -----
    Along each main axis of the Hessian with an upward curvature the search takes Newton's step; along the others it
    goes downhill by the greatest length allowed. A step that does not lower the loss is not taken, and the next one is
    shorter. Newton's method refines the points that have settled. A point that does not settle may be near a kink,
    where the gradient is not zero: there the losses around the point decide.

    A search cannot prove that it found every minimum: one whose basin is narrower than a 24th of the map may be missed.
    Where the gradient is infinite (the square root of ``abs(x)``), one minimum may be found several times, at slightly
    different positions.

    Examples
    --------
    >>> import torch
    >>> bounds = ((-2.0, 2.0), (-1.0, 1.0))
    >>> wells = Landscape(key="wells", loss=lambda x, y: (x**2 - 1) ** 2 + y**2, bounds=bounds, start=(0.5, 0.5))
    >>> [(round(point.x, 6), point.origin) for point in find_minima(wells)]
    [(-1.0, 'found'), (1.0, 'found')]
    >>> find_minima(Landscape(key="plane", loss=lambda x, y: x + y, bounds=bounds, start=(0.5, 0.5)))
    ()
    """
    search = _Search(landscape)
    return tuple(search.points(search.minima(_starts())[0]))


def find_minima_of_edited(landscape: Landscape) -> tuple[CriticalPoint, ...]:
    """Search the map of a model on edited data, from few points: a visitor waits for the answer.

    Parameters
    ----------
    landscape : Landscape
        Its ``unedited`` landscape has minima from which the search begins, too.

    Returns
    -------
    tuple of CriticalPoint
        As of ``find_minima``.

    Notes
    -----
    The search begins at each point of a grid that is twice as fine as that of ``find_minima`` whose loss is no higher
    than at the points around it, and at the minima before the edits. If a level trough is found, all of it is needed
    for its most central point: then the search begins at all points of the usual grid.
    """
    search = _Search(landscape)
    known = () if landscape.unedited is None else minima_of(landscape.unedited)
    found, isolated = search.minima(torch.cat((search.lowest_of_grid(), search.shares_of(known))))
    if not isolated:
        found, _ = search.minima(_starts())
    return tuple(search.points(found))


class _Search:
    """The search, in shares of the map: positions are from 0 to 1."""

    def __init__(self, landscape: Landscape) -> None:
        self._landscape = landscape
        low, high = torch.tensor(landscape.bounds, dtype=torch.float64).T
        self._low, self._size = low, high - low
        losses, gradients, hessians = self.derivatives(_starts())
        norms = gradients[_finite(losses, gradients, hessians)].norm(dim=1).tolist()
        self.slight = FLAT * (median(norms) or max(norms)) if norms else 0.0

    def minima(self, starts: Tensor) -> tuple[Tensor, bool]:
        """The minima that are reached from some points, (n, 2), each once; and whether each is isolated."""
        settled, unsettled = self.polish(self.descend(starts))
        smooth, curved = self.minima_among(settled)
        tips = self.tips_among(unsettled)
        shares, isolated = torch.cat((smooth, tips)), torch.cat((curved, torch.ones(len(tips), dtype=torch.bool)))
        return _distinct(shares, self.losses(shares), isolated, self.slight), bool(isolated.all())

    def lowest_of_grid(self) -> Tensor:
        """The points of a fine grid whose loss is no higher than that of each point around, (n, 2)."""
        axis = (torch.arange(2 * STARTS, dtype=torch.float64) + 0.5) / (2 * STARTS)
        grid: Tensor = torch.cartesian_prod(axis, axis)
        losses = self.losses(grid).nan_to_num(nan=torch.inf).reshape(1, 2 * STARTS, 2 * STARTS)
        lowest_around = -torch.nn.functional.max_pool2d(-losses, 3, stride=1, padding=1)
        return grid[((losses <= lowest_around) & losses.isfinite()).reshape(-1)]

    def shares_of(self, points: Sequence[CriticalPoint]) -> Tensor:
        """Points as shares of the map, (n, 2)."""
        positions = torch.tensor([(point.x, point.y) for point in points], dtype=torch.float64).reshape(-1, 2)
        shares: Tensor = (positions - self._low) / self._size
        return shares

    def losses(self, shares: Tensor) -> Tensor:
        """The losses at points, (n, 2)."""
        with torch.no_grad():
            losses: Tensor = self._landscape.loss(*(self._low + self._size * shares).unbind(-1))
        return losses

    def derivatives(self, shares: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Losses, gradients and Hessians at points, by shares of the map."""
        losses, gradients, hessians = derivatives(self._landscape, self._low + self._size * shares)
        return losses, gradients * self._size, hessians * self._size[:, None] * self._size

    def descend(self, shares: Tensor) -> Tensor:
        """Go downhill from each point until Newton's step is zero.

        Points that go far off the map or become NaN are removed.
        """
        reach = torch.full((len(shares), 1), REACH, dtype=torch.float64)
        for _ in range(rounds_on(self._landscape, ROUNDS)):
            losses, gradients, hessians = self.derivatives(shares)
            whole = _finite(losses, gradients, hessians) & ((shares > -1) & (shares < 2)).all(dim=1)
            shares, reach, losses, gradients, hessians = (
                part[whole] for part in (shares, reach, losses, gradients, hessians)
            )
            if not len(shares):
                break
            curvatures, axes = torch.linalg.eigh(hessians)
            along = (axes.mT @ gradients[..., None])[..., 0]
            downhill = -along.sign() * reach * (along.abs() > self.slight)
            steps = (axes @ torch.where(curvatures > self.slight, -along / curvatures, downhill)[..., None])[..., 0]
            lengths = steps.norm(dim=1, keepdim=True)
            steps = steps * (reach / lengths.clamp(min=SETTLED)).clamp(max=1)
            if ((lengths <= SETTLED) | (reach <= SETTLED)).all():
                break
            better = (self.losses(shares + steps) < losses)[:, None]
            shares = torch.where(better, shares + steps, shares)
            reach = torch.where(better, (2 * reach).clamp(max=FARTHEST), reach / 4)
        return shares

    def polish(self, shares: Tensor) -> tuple[Tensor, Tensor]:
        """Take Newton's steps: the points that settled, and the original positions of those that did not."""
        begun = shares
        for _ in range(rounds_on(self._landscape, POLISH)):
            steps = self._newton(shares)
            lengths = steps.norm(dim=1, keepdim=True)
            taken = lengths <= REACH
            shares = shares + torch.where(taken, steps, 0.0)
            if (lengths[taken] <= EXACT).all():
                break
        settled = ((shares - begun).norm(dim=1) <= REACH) & (self._newton(shares).norm(dim=1) <= SETTLED)
        return shares[settled], begun[~settled]

    def _newton(self, shares: Tensor) -> Tensor:
        """Newton's steps along axes with upward curvature; NaN where the gradient along another is not zero."""
        losses, gradients, hessians = self.derivatives(shares)
        whole = _finite(losses, gradients, hessians)
        curvatures, axes = torch.linalg.eigh(torch.where(whole[:, None, None], hessians, 0.0))
        along = (axes.mT @ gradients[..., None])[..., 0]
        elsewhere = torch.where(along.abs() <= self.slight, 0.0, torch.nan)
        steps = (axes @ torch.where(curvatures > self.slight, -along / curvatures, elsewhere)[..., None])[..., 0]
        return torch.where(whole[:, None], steps, torch.nan)

    def minima_among(self, shares: Tensor) -> tuple[Tensor, Tensor]:
        """The points on the map that are minima; and for each, whether both curvatures are upward (no trough)."""
        shares = shares[_on_the_map(shares)]
        curvatures = torch.linalg.eigvalsh(self.derivatives(shares)[2])
        least, most, nothing = self._ring(shares)
        sharp = curvatures[:, 0] > self.slight
        bowl = (least >= -nothing) & (most > nothing)
        kept = (curvatures[:, 0] >= -self.slight) & (sharp | bowl)
        return shares[kept], sharp[kept]

    def _ring(self, shares: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The least and the greatest rise of the loss on a ring around each point, and which rise counts as zero."""
        turn = torch.linspace(0, 2 * torch.pi, DIRECTIONS, dtype=torch.float64)
        rises = self._rises(shares, RING, turn.expand(len(shares), -1))
        return rises.amin(dim=1), rises.amax(dim=1), self.slight * RING + 1e-13 * self.losses(shares).abs()

    def tips_among(self, shares: Tensor) -> Tensor:
        """Minima at a kink near the points: move to the lowest loss around, on ever smaller rings, by losses alone."""
        shares = shares[self.losses(shares).argsort()]
        _, lowest_of_cell = np.unique((shares * STARTS).floor().numpy(), axis=0, return_index=True)
        shares = shares[lowest_of_cell]
        reach = torch.full((len(shares), 1), REACH, dtype=torch.float64)
        for _ in range(ROUNDS):
            if (reach <= SETTLED / 2).all():
                break
            ahead = shares + reach * self._lowest_way(shares, reach)
            better = (self.losses(ahead) < self.losses(shares))[:, None]
            shares = torch.where(better, ahead, shares)
            reach = torch.where(better, reach, reach / 2)
        shares = shares[(reach[:, 0] <= SETTLED) & _on_the_map(shares)]
        least, most, nothing = self._ring(shares)
        return shares[(least > nothing) & most.isfinite()]  # the edge of the places with a value is no minimum

    def _lowest_way(self, shares: Tensor, reach: Tensor) -> Tensor:
        """The direction of the lowest loss, and its opposite, refined three times each: a crease is narrow."""
        turns, spread = torch.linspace(-1, 1, DIRECTIONS, dtype=torch.float64), torch.pi
        every = (spread * turns).expand(len(shares), -1)
        best = every.gather(1, self._rises(shares, reach, every).argmin(dim=1, keepdim=True))
        ends = [best, best + torch.pi]
        for _ in range(3):
            spread = 2 * spread / DIRECTIONS
            tried = [end + spread * turns for end in ends]
            ends = [near.gather(1, self._rises(shares, reach, near).argmin(dim=1, keepdim=True)) for near in tried]
        both = torch.cat(ends, 1)
        angles = both.gather(1, self._rises(shares, reach, both).argmin(dim=1, keepdim=True))
        return torch.cat((angles.cos(), angles.sin()), 1)

    def _rises(self, shares: Tensor, reach: Tensor | float, angles: Tensor) -> Tensor:
        """The rise of the loss from each point at a distance, in several directions, (n, directions)."""
        around = torch.stack((angles.cos(), angles.sin()), -1) * torch.as_tensor(reach)[..., None]
        losses = self.losses((shares[:, None] + around).reshape(-1, 2)).reshape(angles.shape)
        return torch.where(losses.isfinite(), losses - self.losses(shares)[:, None], torch.inf)

    def points(self, shares: Tensor) -> Iterator[CriticalPoint]:
        """The records of points, in order."""
        positions = self._low + self._size * shares
        for (x, y), value in zip(positions.tolist(), self.losses(shares).tolist(), strict=True):
            yield CriticalPoint(x=x, y=y, value=value, kind="minimum", origin="found")


def _starts() -> Tensor:
    """The middles of the equal cells that the map is divided into, (n, 2)."""
    middles = (torch.arange(STARTS, dtype=torch.float64) + 0.5) / STARTS
    return torch.cartesian_prod(middles, middles)


def _on_the_map(shares: Tensor) -> Tensor:
    return ((shares >= -SETTLED) & (shares <= 1 + SETTLED)).all(dim=1)


def _finite(losses: Tensor, gradients: Tensor, hessians: Tensor) -> Tensor:
    """Where all numbers are finite: outside its domain a loss may be NaN although its gradient is finite."""
    return losses.isfinite() & gradients.isfinite().all(dim=1) & hessians.isfinite().all(dim=2).all(dim=1)


def _distinct(shares: Tensor, losses: Tensor, isolated: Tensor, slight: float) -> Tensor:
    """Each minimum once, the lowest first, equally low ones from left to right; of a trough, its most central point."""
    kept = []
    while len(shares):
        equal = losses - losses.min() <= slight
        column, row = (shares / ALIKE).round().T
        first = int(torch.where(equal, column + ALIKE * row, torch.inf).argmin())
        same = (shares - shares[first]).norm(dim=1) <= ALIKE
        size = 0
        # Of a trough: add the points beside its points, until none is added.
        while not isolated[first] and size < int(same.sum()):
            size = int(same.sum())
            beside = torch.cdist(shares, shares[same]).amin(dim=1) <= BESIDE
            same |= beside & ~isolated & (losses - losses[first] <= slight)
        kept.append(shares[same][(shares[same] - 0.5).norm(dim=1).argmin()])
        shares, losses, isolated = shares[~same], losses[~same], isolated[~same]
    return torch.stack(kept) if kept else torch.empty(0, 2, dtype=torch.float64)
