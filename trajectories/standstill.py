"""What a walk that hardly moves rests on: Newton's method from many points at once."""

from dataclasses import dataclass

import torch
from torch import Tensor

from surfaces import Landscape
from trajectories.basins import RADIUS
from trajectories.minima import lowest
from trajectories.terrain import look_closely, typical_slope

NEWTON_STEPS = 4
SLIGHT = 0.05  # of the typical slope: steeper than this, nothing rests
LEVEL = 0.01  # of the height above the lowest minimum, across the whole map: no way down
SMALL = 1e-4  # of the typical slope: level; of that over the map's size: not curved


@dataclass(frozen=True, kw_only=True, eq=False)
class Standstills:
    """For each of n points, the standstill near it: a point without slope.

    Parameters
    ----------
    found : Tensor, bool, (n,)
        Whether there is one. Where there is none, the rest has no meaning.
    positions : Tensor, float64, (2, n)
        Where it is.
    losses : Tensor, float64, (n,)
        Its loss.
    bends : Tensor, int64, (2, n)
        Which way the landscape bends along its two main axes, the lower one first: -1, 0 (not curved) or 1.
    """

    found: Tensor
    positions: Tensor
    losses: Tensor
    bends: Tensor


def standstills_near(landscape: Landscape, positions: Tensor) -> Standstills:
    """Follow Newton's method from each point to where the slope vanishes, if that is within RADIUS of the map.

    A small gradient alone proves nothing: on the floor of a long valley it is small too, and the minimum far.
    The curvature says how far. Along an axis without curvature the landscape has to be level.

    Parameters
    ----------
    landscape : Landscape
        Its ``loss`` and ``bounds`` are looked at.
    positions : Tensor, float64, (2, n)
        From where. Where it is clearly steep there is no standstill.
    """
    typical = typical_slope(landscape)
    size = torch.tensor(landscape.size, dtype=torch.float64)[:, None]
    level, here = SMALL * typical, positions.clone()
    flat = level / float(size.max())
    losses, gradients, hessians = look_closely(landscape, here.T)
    slopes = gradients.T
    found = slopes.norm(dim=0) <= SLIGHT * typical
    moving = found.clone()
    for taken in range(NEWTON_STEPS + 1):
        found &= slopes.isfinite().all(dim=0) & hessians.isfinite().all(dim=2).all(dim=1)
        curvatures, axes = torch.linalg.eigh(torch.where(found[:, None, None], hessians, 0.0))
        curved = curvatures.abs() > flat
        way = torch.where(curved, torch.einsum("nij,in->nj", axes, slopes) / curvatures, 0.0)
        moving &= found & (way.abs().amax(dim=1) > 0) & (slopes.norm(dim=0) > SMALL * level)
        if taken == NEWTON_STEPS or not moving.any():
            break
        here = torch.where(moving, here - torch.einsum("nij,nj->in", axes, way), here)
        near = ((here - positions) / size).square().sum(dim=0) <= RADIUS**2
        found &= near | ~moving
        losses, gradients, hessians = look_closely(landscape, here.T)
        slopes = gradients.T
    found &= slopes.norm(dim=0) <= level
    # Along an axis without curvature it has to be level: all across the map the loss would hardly change.
    bottom = lowest(landscape)
    height = losses.abs() if bottom is None else losses - bottom
    along = torch.einsum("nij,in->nj", axes, slopes).abs()
    slightest = torch.maximum(LEVEL * height / float(size.max()), torch.tensor(SMALL * level))
    found &= (curved | (along <= slightest[:, None])).all(dim=1)
    bends = torch.where(curved, curvatures.sign(), 0.0).to(torch.int64).T
    return Standstills(found=found, positions=here, losses=losses, bends=bends)
