"""The lie of the land: how steep a surface usually is, and how it curves at one point."""

from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray

from surfaces import SURFACES

GRID = 33


@cache
def typical_slope(key: str) -> float:
    """Median norm of a surface's gradient over a coarse grid of its map."""
    surface = SURFACES[key]
    axes = [torch.linspace(low, high, GRID, dtype=torch.float64) for low, high in surface.bounds]
    x, y = (column.flatten().requires_grad_() for column in torch.meshgrid(*axes, indexing="ij"))
    with torch.enable_grad():
        slopes = torch.stack(torch.autograd.grad(surface.loss(x, y).sum(), (x, y)))
    return float(slopes.norm(dim=0).nanmedian())


def look_closely(key: str, x: float, y: float) -> tuple[float, float, NDArray[np.float64]]:
    """Loss, norm of the gradient, and both curvatures (the Hessian's eigenvalues, rising) at one point."""
    here = torch.tensor([x, y], dtype=torch.float64, requires_grad=True)
    with torch.enable_grad():
        loss = SURFACES[key].loss(here[0], here[1])
        (slope,) = torch.autograd.grad(loss, here, create_graph=True)
        rows = [torch.autograd.grad(part, here, retain_graph=True)[0] for part in slope]
    hessian = torch.stack(rows).numpy()
    curvatures = np.linalg.eigvalsh(hessian) if np.isfinite(hessian).all() else np.full(2, np.nan)
    return loss.item(), float(slope.detach().norm()), curvatures
