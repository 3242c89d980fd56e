"""The saddles and maxima on the map of a typed formula, found by Newton's method from many points at once."""

from collections.abc import Callable

import torch
from torch import Tensor

from surfaces import CriticalPoint, Landscape
from trajectories.derivatives import derivatives_of
from trajectories.effort import rounds_on
from trajectories.once import once
from trajectories.terrain import typical_gradient

STARTS = 24  # along each axis of the map
ROUNDS = 30
LONGEST = 1 / STARTS  # the longest step, as a share of the map: a search stays near its start
SETTLED = 1e-9  # a shorter step is zero
ALIKE = 1e-4  # two points within this distance are the same
FLAT = 1e-7  # of the typical gradient norm: smaller gradients and curvatures count as zero
MOST = 24  # on a map with more of them, the marks would hide the map


@once(64)
def saddles_and_maxima_of(landscape: Landscape) -> tuple[CriticalPoint, ...]:
    """The saddles and the maxima on a map, from the lowest to the highest, each with the origin "found".

    Parameters
    ----------
    landscape : Landscape
        Its map is searched from the middles of 24 x 24 cells.

    Returns
    -------
    tuple of CriticalPoint
        Empty if there are more than 24. Points at which a curvature is zero, or at a kink, are not found.

    Examples
    --------
    >>> bounds = ((-2.0, 2.0), (-1.0, 1.0))
    >>> wells = Landscape(key="wells", loss=lambda x, y: (x**2 - 1) ** 2 + y**2, bounds=bounds, start=(0.5, 0.5))
    >>> [(point.kind, round(abs(point.x), 6), round(point.value, 6)) for point in saddles_and_maxima_of(wells)]
    [('saddle', 0.0, 1.0)]
    """
    low, high = torch.tensor(landscape.bounds, dtype=torch.float64).T
    size = high - low

    def by_shares(shares: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        losses, gradients, hessians = derivatives_of(landscape.loss, low + size * shares)
        return losses, gradients * size, hessians * size[:, None] * size

    middles = (torch.arange(STARTS, dtype=torch.float64) + 0.5) / STARTS
    shares = _newton(by_shares, torch.cartesian_prod(middles, middles), rounds_on(landscape, ROUNDS))
    losses, gradients, hessians = by_shares(shares)
    curvatures = torch.linalg.eigvalsh(hessians)
    slight = FLAT * typical_gradient(landscape) * float(size.mean())
    wanted = (gradients.norm(dim=1) <= slight) & (curvatures[:, 0] < -slight) & (curvatures[:, 1].abs() > slight)
    shares, losses, curvatures = shares[wanted], losses[wanted], curvatures[wanted]
    kept: list[int] = []
    for index in losses.argsort(stable=True).tolist():
        if all(float((shares[index] - shares[other]).norm()) > ALIKE for other in kept):
            kept.append(index)
    if len(kept) > MOST:
        return ()
    return tuple(
        CriticalPoint(
            x=float(low[0] + size[0] * shares[index, 0]),
            y=float(low[1] + size[1] * shares[index, 1]),
            value=float(losses[index]),
            kind="maximum" if float(curvatures[index, 1]) < 0 else "saddle",
            origin="found",
        )
        for index in kept
    )


def _newton(by_shares: Callable[[Tensor], tuple[Tensor, Tensor, Tensor]], shares: Tensor, rounds: int) -> Tensor:
    """Where Newton's method leads from each point, of those that stay on the map."""
    for _ in range(rounds):
        losses, gradients, hessians = by_shares(shares)
        whole = losses.isfinite() & gradients.isfinite().all(dim=1) & hessians.isfinite().all(dim=2).all(dim=1)
        shares, gradients, hessians = shares[whole], gradients[whole], hessians[whole]
        if not len(shares):
            break
        curvatures, axes = torch.linalg.eigh(hessians)
        curved = curvatures.abs() > 1e-12 * curvatures.abs().amax(dim=1, keepdim=True).clamp(min=1e-300)
        along = (axes.mT @ gradients[..., None])[..., 0]
        steps = (axes @ torch.where(curved, along / curvatures, 0.0)[..., None])[..., 0]
        lengths = steps.norm(dim=1, keepdim=True)
        shares = shares - steps * (LONGEST / lengths.clamp(min=LONGEST))
        shares = shares[((shares >= -LONGEST) & (shares <= 1 + LONGEST)).all(dim=1)]
        if (lengths <= SETTLED).all():
            break
    return shares[((shares >= 0) & (shares <= 1)).all(dim=1)]
