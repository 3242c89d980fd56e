"""Stationary points near given positions, found by Newton's method from all of them at once."""

from dataclasses import dataclass

import torch
from torch import Tensor

from surfaces import Landscape
from trajectories.minima import lowest
from trajectories.minimum_levels import RADIUS
from trajectories.terrain import derivatives, typical_gradient

NEWTON_STEPS = 4
SLIGHT = 0.05  # of the typical gradient norm: where the norm is larger, no walk can rest
LEVEL = 0.01  # of the height above the lowest minimum: a loss that changes by less across the whole map is level
SMALL = 1e-4  # of the typical gradient norm: a smaller norm is zero; over the map's size: a smaller curvature is zero


@dataclass(frozen=True, kw_only=True, eq=False)
class StationaryPoints:
    """For each of n positions, the stationary point near it: the gradient is zero there.

    Parameters
    ----------
    found : Tensor, bool, (n,)
        Whether there is one. Where there is none, the other fields have no meaning.
    positions : Tensor, float64, (2, n)
        The stationary point.
    losses : Tensor, float64, (n,)
        The loss there.
    curvature_signs : Tensor, int64, (2, n)
        The signs of the two main curvatures there, the lower one first: -1, 0 (not curved) or 1.
    """

    found: Tensor
    positions: Tensor
    losses: Tensor
    curvature_signs: Tensor


def stationary_points_near(landscape: Landscape, positions: Tensor) -> StationaryPoints:
    """Use Newton's method to find a stationary point within RADIUS of each position.

    A small gradient alone is not enough: on the floor of a long valley it is small, but the minimum is far away. The
    gradient divided by the curvature gives the distance. Along an axis without curvature the loss must be level.

    Parameters
    ----------
    landscape : Landscape
        Its ``loss`` and ``bounds`` are used.
    positions : Tensor, float64, (2, n)
        Where the search begins. If the gradient there is not small, the result is that there is no stationary point.
    """
    typical = typical_gradient(landscape)
    size = torch.tensor(landscape.size, dtype=torch.float64)[:, None]
    level, here = SMALL * typical, positions.clone()
    flat = level / float(size.max())
    losses, rows, hessians = derivatives(landscape, here.T)
    gradients = rows.T
    found = gradients.norm(dim=0) <= SLIGHT * typical
    moving = found.clone()
    for taken in range(NEWTON_STEPS + 1):
        found &= gradients.isfinite().all(dim=0) & hessians.isfinite().all(dim=2).all(dim=1)
        curvatures, axes = torch.linalg.eigh(torch.where(found[:, None, None], hessians, 0.0))
        curved = curvatures.abs() > flat
        step = torch.where(curved, torch.einsum("nij,in->nj", axes, gradients) / curvatures, 0.0)
        moving &= found & (step.abs().amax(dim=1) > 0) & (gradients.norm(dim=0) > SMALL * level)
        if taken == NEWTON_STEPS or not moving.any():
            break
        here = torch.where(moving, here - torch.einsum("nij,nj->in", axes, step), here)
        near = ((here - positions) / size).square().sum(dim=0) <= RADIUS**2
        found &= near | ~moving
        losses, rows, hessians = derivatives(landscape, here.T)
        gradients = rows.T
    found &= gradients.norm(dim=0) <= level
    # Along an axis without curvature the landscape is level if the loss would hardly change across the whole map.
    bottom = lowest(landscape)
    height = losses.abs() if bottom is None else losses - bottom
    along = torch.einsum("nij,in->nj", axes, gradients).abs()
    slightest = torch.maximum(LEVEL * height / float(size.max()), torch.tensor(SMALL * level))
    found &= (curved | (along <= slightest[:, None])).all(dim=1)
    curvature_signs = torch.where(curved, curvatures.sign(), 0.0).to(torch.int64).T
    return StationaryPoints(found=found, positions=here, losses=losses, curvature_signs=curvature_signs)
