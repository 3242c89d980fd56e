"""The minima of a landscape: those that are known, or else those that a search on its map finds."""

from collections.abc import Iterator
from statistics import median

import numpy as np
import torch
from torch import Tensor

from surfaces import CriticalPoint, Landscape
from trajectories.once import once
from trajectories.terrain import look_closely

# Lengths are in maps (a width along x, a height along y), so slopes and curvatures below are losses per map.
STARTS = 24  # along each axis
ROUNDS = 80
REACH = 1 / STARTS  # of a step at first, so that a search stays in the basin that it began in
FARTHEST = 4 * REACH  # of a step, after steps that went well
POLISH = 40  # Newton steps at the end: where the curvature vanishes they only gain a third each
SETTLED = 1e-8  # what Newton's method would still move; beyond the edge of the map by less counts as on it
ALIKE = 1e-4  # two points so near are one
BESIDE = 2 / STARTS  # two points of a trough so near are of the same
FLAT = 1e-9  # of the typical slope: not curved, not steep
RING, DIRECTIONS = 0.01, 64  # where the curvature cannot tell, what is around it tells


@once(64)
def minima_of(landscape: Landscape) -> tuple[CriticalPoint, ...]:
    """The minima on a landscape's map, the lowest first: those that it lists, else those that are found.

    Returns
    -------
    tuple of CriticalPoint
        Each says by its ``origin`` which of the two it is. Empty where the map has no minimum.
    """
    return landscape.known_minima or find_minima(landscape)


def lowest(landscape: Landscape) -> float | None:
    """The loss at the lowest of a landscape's minima; None where its map has none."""
    minima = minima_of(landscape)
    return minima[0].value if minima else None


def find_minima(landscape: Landscape) -> tuple[CriticalPoint, ...]:
    """Search a landscape's map for minima, from a grid of starts, all of them at once.

    Parameters
    ----------
    landscape : Landscape
        Where. What it lists is not looked at.

    Returns
    -------
    tuple of CriticalPoint
        The lowest first, each with the origin "found". Of a level trough, all of which is equally low, one point
        stands for all. Empty where the map has no minimum.

    Notes
    -----
    Along each main axis of the Hessian that is curved upward a step is Newton's; along the others it goes downhill for
    the whole reach. A step that does not lower the loss is not taken, and the next is shorter. Where that has settled,
    Newton's method polishes. Where it does not settle there may be a kink, at which the gradient does not vanish: there
    the losses around decide.

    A search cannot prove that it found every minimum: one whose basin is narrower than a 24th of the map may be missed.
    Where a slope is infinite (the root of ``abs(x)``) one minimum may be found several times, a little beside itself.

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
    settled, unsettled = search.polish(search.descend(_starts()))
    smooth, curved = search.minima_among(settled)
    tips = search.tips_among(unsettled)
    shares, isolated = torch.cat((smooth, tips)), torch.cat((curved, torch.ones(len(tips), dtype=torch.bool)))
    return tuple(search.points(_distinct(shares, search.losses(shares), isolated, search.slight)))


class _Search:
    """The landscape in maps: positions are shares of the map, from 0 to 1."""

    def __init__(self, landscape: Landscape) -> None:
        self._landscape = landscape
        low, high = torch.tensor(landscape.bounds, dtype=torch.float64).T
        self._low, self._size = low, high - low
        losses, gradients, hessians = self.look(_starts())
        slopes = gradients[_finite(losses, gradients, hessians)].norm(dim=1).tolist()
        self.slight = FLAT * (median(slopes) or max(slopes)) if slopes else 0.0

    def losses(self, shares: Tensor) -> Tensor:
        """Losses at shares of the map, (n, 2)."""
        with torch.no_grad():
            losses: Tensor = self._landscape.loss(*(self._low + self._size * shares).unbind(-1))
        return losses

    def look(self, shares: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Losses, gradients and Hessians, per map."""
        losses, gradients, hessians = look_closely(self._landscape, self._low + self._size * shares)
        return losses, gradients * self._size, hessians * self._size[:, None] * self._size

    def descend(self, shares: Tensor) -> Tensor:
        """Go downhill from each start until Newton's method would stay.

        Points that go far off the map or become NaN are dropped.
        """
        reach = torch.full((len(shares), 1), REACH, dtype=torch.float64)
        for _ in range(ROUNDS):
            losses, gradients, hessians = self.look(shares)
            whole = _finite(losses, gradients, hessians) & ((shares > -1) & (shares < 2)).all(dim=1)
            shares, reach, losses, gradients, hessians = (
                part[whole] for part in (shares, reach, losses, gradients, hessians)
            )
            if not len(shares):
                break
            curvatures, axes = torch.linalg.eigh(hessians)
            along = (axes.mT @ gradients[..., None])[..., 0]
            newton = curvatures > self.slight
            steps = torch.where(newton, -along / curvatures, -along.sign() * reach * (along.abs() > self.slight))
            steps = (axes @ steps[..., None])[..., 0]
            lengths = steps.norm(dim=1, keepdim=True)
            steps = steps * (reach / lengths.clamp(min=SETTLED)).clamp(max=1)
            if (lengths <= SETTLED).all():
                break
            better = (self.losses(shares + steps) < losses)[:, None]
            shares = torch.where(better, shares + steps, shares)
            reach = torch.where(better, (2 * reach).clamp(max=FARTHEST), reach / 4)
        return shares

    def polish(self, shares: Tensor) -> tuple[Tensor, Tensor]:
        """Newton's own steps: where those points are that no longer move, and where the others began."""
        begun = shares
        for _ in range(POLISH):
            steps = self._newton(shares)
            shares = shares + torch.where(steps.norm(dim=1, keepdim=True) <= REACH, steps, 0.0)
        settled = ((shares - begun).norm(dim=1) <= REACH) & (self._newton(shares).norm(dim=1) <= SETTLED)
        return shares[settled], begun[~settled]

    def _newton(self, shares: Tensor) -> Tensor:
        """Newton's steps along the axes that are curved upward; not a number where others slope or nothing is known."""
        losses, gradients, hessians = self.look(shares)
        whole = _finite(losses, gradients, hessians)
        curvatures, axes = torch.linalg.eigh(torch.where(whole[:, None, None], hessians, 0.0))
        along = (axes.mT @ gradients[..., None])[..., 0]
        elsewhere = torch.where(along.abs() <= self.slight, 0.0, torch.nan)
        steps = (axes @ torch.where(curvatures > self.slight, -along / curvatures, elsewhere)[..., None])[..., 0]
        return torch.where(whole[:, None], steps, torch.nan)

    def minima_among(self, shares: Tensor) -> tuple[Tensor, Tensor]:
        """Those on the map that are minima; and of each, whether it is curved both ways, not in a trough."""
        shares = shares[_on_the_map(shares)]
        curvatures = torch.linalg.eigvalsh(self.look(shares)[2])
        least, most, nothing = self._ring(shares)
        sharp = curvatures[:, 0] > self.slight
        bowl = (least >= -nothing) & (most > nothing)
        kept = (curvatures[:, 0] >= -self.slight) & (sharp | bowl)
        return shares[kept], sharp[kept]

    def _ring(self, shares: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """How much higher the loss is around some points, at least and at most; and what is too little to count."""
        turn = torch.linspace(0, 2 * torch.pi, DIRECTIONS, dtype=torch.float64)
        rises = self._rises(shares, RING, turn.expand(len(shares), -1))
        return rises.amin(dim=1), rises.amax(dim=1), self.slight * RING + 1e-13 * self.losses(shares).abs()

    def tips_among(self, shares: Tensor) -> Tensor:
        """Minima at a kink, near some points: go where the loss around is lowest, ever closer, by losses alone."""
        shares = shares[self.losses(shares).argsort()]
        _, lowest_of_cell = np.unique((shares * STARTS).floor().numpy(), axis=0, return_index=True)
        shares = shares[lowest_of_cell]
        reach = torch.full((len(shares), 1), REACH, dtype=torch.float64)
        for _ in range(ROUNDS):
            ahead = shares + reach * self._lowest_way(shares, reach)
            better = (self.losses(ahead) < self.losses(shares))[:, None]
            shares = torch.where(better, ahead, shares)
            reach = torch.where(better, reach, reach / 2)
        shares = shares[(reach[:, 0] <= SETTLED) & _on_the_map(shares)]
        least, _, nothing = self._ring(shares)
        return shares[least > nothing]

    def _lowest_way(self, shares: Tensor, reach: Tensor) -> Tensor:
        """The direction in which the loss is lowest, looked for ever closer: a crease is narrow, and has two ends."""
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
        """How much higher the loss is at some distance in some directions, (n, directions)."""
        around = torch.stack((angles.cos(), angles.sin()), -1) * torch.as_tensor(reach)[..., None]
        losses = self.losses((shares[:, None] + around).reshape(-1, 2)).reshape(angles.shape)
        return torch.where(losses.isfinite(), losses - self.losses(shares)[:, None], torch.inf)

    def points(self, shares: Tensor) -> Iterator[CriticalPoint]:
        """Records of points, in order."""
        positions = self._low + self._size * shares
        for (x, y), value in zip(positions.tolist(), self.losses(shares).tolist(), strict=True):
            yield CriticalPoint(x=x, y=y, value=value, kind="minimum", origin="found")


def _starts() -> Tensor:
    """The middles of equal cells that together are the map, (n, 2)."""
    middles = (torch.arange(STARTS, dtype=torch.float64) + 0.5) / STARTS
    return torch.cartesian_prod(middles, middles)


def _on_the_map(shares: Tensor) -> Tensor:
    return ((shares >= -SETTLED) & (shares <= 1 + SETTLED)).all(dim=1)


def _finite(losses: Tensor, gradients: Tensor, hessians: Tensor) -> Tensor:
    """Where all of it is a number: out of its domain a loss may be none, and yet have a slope."""
    return losses.isfinite() & gradients.isfinite().all(dim=1) & hessians.isfinite().all(dim=2).all(dim=1)


def _distinct(shares: Tensor, losses: Tensor, isolated: Tensor, slight: float) -> Tensor:
    """Each minimum once, the lowest first, the equally low from left to right; of a trough, its point amid the map."""
    kept = []
    while len(shares):
        equal = losses - losses.min() <= slight
        column, row = (shares / ALIKE).round().T
        first = int(torch.where(equal, column + ALIKE * row, torch.inf).argmin())
        same = (shares - shares[first]).norm(dim=1) <= ALIKE
        size = 0
        while not isolated[first] and size < int(same.sum()):  # along a trough, from each point to those beside it
            size = int(same.sum())
            beside = torch.cdist(shares, shares[same]).amin(dim=1) <= BESIDE
            same |= beside & ~isolated & (losses - losses[first] <= slight)
        kept.append(shares[same][(shares[same] - 0.5).norm(dim=1).argmin()])
        shares, losses, isolated = shares[~same], losses[~same], isolated[~same]
    return torch.stack(kept) if kept else torch.empty(0, 2, dtype=torch.float64)
