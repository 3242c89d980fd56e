"""Properties of a landscape: its typical gradient norm, its curvatures, its stability limit."""

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from surfaces import CriticalPoint, Landscape, is_visitors
from trajectories.derivatives import derivatives_by, derivatives_of
from trajectories.once import once

GRID = 33


@once(256, is_visitors)
def typical_gradient(landscape: Landscape) -> float:
    """The median of a landscape's gradient norm over a coarse grid of its map."""
    axes = [torch.linspace(low, high, GRID, dtype=torch.float64) for low, high in landscape.bounds]
    x, y = (column.flatten().requires_grad_() for column in torch.meshgrid(*axes, indexing="ij"))
    with torch.enable_grad():
        norms = torch.stack(derivatives_by(landscape.loss(x, y), (x, y))).norm(dim=0)
    return float(norms.nanmedian())


def sharpest_curvature(landscape: Landscape, x: float, y: float) -> float:
    """The largest absolute eigenvalue of the Hessian at a point; NaN where the Hessian is not finite."""
    hessian = derivatives(landscape, torch.tensor([[x, y]], dtype=torch.float64))[2][0].numpy()
    return float(np.abs(np.linalg.eigvalsh(hessian)).max()) if np.isfinite(hessian).all() else math.nan


def stability_limit(landscape: Landscape, minimum: CriticalPoint) -> float | None:
    """The learning rate above which plain gradient descent does not converge to a minimum: 2 / lambda_max.

    lambda_max is the sharpest curvature at the minimum. None if it is zero or not finite: then there is no limit.
    """
    curvature = sharpest_curvature(landscape, minimum.x, minimum.y)
    limit = 2 / curvature if curvature > 0 else math.inf
    return limit if math.isfinite(limit) else None


def curvatures_along_x(landscape: Landscape, positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """The second derivative d2f/dx2 at each position, (n, 2), by autograd."""
    x, y = torch.tensor(positions).T
    x.requires_grad_()
    with torch.enable_grad():
        (gradient,) = derivatives_by(landscape.loss(x, y), (x,), create_graph=True)
        (curvature,) = derivatives_by(gradient, (x,))
    return np.asarray(curvature.numpy())


def derivatives(landscape: Landscape, positions: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Loss, gradient and Hessian at many positions at once, by autograd.

    Parameters
    ----------
    landscape : Landscape
        Its ``loss`` is differentiated.
    positions : Tensor, float64, (n, 2)
        Where it is evaluated.

    Returns
    -------
    losses : Tensor, (n,)
    gradients : Tensor, (n, 2)
    hessians : Tensor, (n, 2, 2)
    """
    return derivatives_of(landscape.loss, positions)
