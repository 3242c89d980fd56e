"""The lie of the land: how steep a landscape usually is, and how sharply it curves."""

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from surfaces import CriticalPoint, Landscape
from trajectories.gradient import slopes
from trajectories.once import once

GRID = 33


@once(256)
def typical_slope(landscape: Landscape) -> float:
    """Median norm of a landscape's gradient over a coarse grid of its map."""
    axes = [torch.linspace(low, high, GRID, dtype=torch.float64) for low, high in landscape.bounds]
    x, y = (column.flatten().requires_grad_() for column in torch.meshgrid(*axes, indexing="ij"))
    with torch.enable_grad():
        steepness = torch.stack(slopes(landscape.loss(x, y), (x, y))).norm(dim=0)
    return float(steepness.nanmedian())


def sharpest_curvature(landscape: Landscape, x: float, y: float) -> float:
    """The larger of the two main curvatures at a point, without its sign; NaN where it is not finite."""
    hessian = look_closely(landscape, torch.tensor([[x, y]], dtype=torch.float64))[2][0].numpy()
    return float(np.abs(np.linalg.eigvalsh(hessian)).max()) if np.isfinite(hessian).all() else math.nan


def stability_limit(landscape: Landscape, minimum: CriticalPoint) -> float | None:
    """The learning rate beyond which plain gradient descent does not come to rest at a minimum.

    It is 2 over the sharpest curvature there; None where the curvature is zero or not finite: then there is no limit.
    """
    curvature = sharpest_curvature(landscape, minimum.x, minimum.y)
    limit = 2 / curvature if curvature > 0 else math.inf
    return limit if math.isfinite(limit) else None


def curvatures_along_x(landscape: Landscape, positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """The second derivative along x at each of some positions, (n, 2): d2f/dx2, with its sign, by autograd."""
    x, y = torch.tensor(positions).T
    x.requires_grad_()
    with torch.enable_grad():
        (slope,) = slopes(landscape.loss(x, y), (x,), create_graph=True)
        (curvature,) = slopes(slope, (x,))
    return np.asarray(curvature.numpy())


def look_closely(landscape: Landscape, positions: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Loss, gradient and Hessian at many positions at once, by autograd.

    Parameters
    ----------
    landscape : Landscape
        Of what.
    positions : Tensor, float64, (n, 2)
        Where.

    Returns
    -------
    losses : Tensor, (n,)
    gradients : Tensor, (n, 2)
    hessians : Tensor, (n, 2, 2)
    """
    with torch.inference_mode(mode=False), torch.enable_grad():
        by = tuple(column.clone().requires_grad_() for column in positions.unbind(-1))
        losses = landscape.loss(*by)
        gradients = slopes(losses, by, create_graph=True)
        hessians = [torch.stack(slopes(gradient, by, retain_graph=True), -1) for gradient in gradients]
    return losses.detach(), torch.stack(gradients, -1).detach(), torch.stack(hessians, -2).detach()
