"""The lie of the land: how steep a landscape usually is, and what a resting walker rests on."""

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from surfaces import Landscape
from trajectories.gradient import WIDTH, evaluator, slopes
from trajectories.once import once

GRID = 33
NEWTON_STEPS = 4
SLIGHT = 0.05  # of the typical slope: steeper than this, nobody rests
SMALL = 1e-4  # of the typical slope: level; of that over the map's size: not curved


@dataclass(frozen=True, kw_only=True)
class Standstill:
    """A point without slope: where it is, its loss, and which way it bends (-1, 0, 1) along its two main axes."""

    x: float
    y: float
    loss: float
    bends: tuple[int, int]


@once(256)
def typical_slope(landscape: Landscape) -> float:
    """Median norm of a landscape's gradient over a coarse grid of its map."""
    axes = [torch.linspace(low, high, GRID, dtype=torch.float64) for low, high in landscape.bounds]
    x, y = (column.flatten().requires_grad_() for column in torch.meshgrid(*axes, indexing="ij"))
    with torch.enable_grad():
        steepness = torch.stack(slopes(landscape.loss(x, y), (x, y))).norm(dim=0)
    return float(steepness.nanmedian())


def is_steep(landscape: Landscape, x: float, y: float) -> bool:
    """Whether there is clearly a way down: the quick look that spares most walks the close one."""
    positions = torch.tensor([[x, y]], dtype=torch.float64).expand(WIDTH, 2)
    _, slope_x, slope_y = evaluator(landscape)(positions)[0].tolist()
    return math.hypot(slope_x, slope_y) > SLIGHT * typical_slope(landscape)


def sharpest_curvature(landscape: Landscape, x: float, y: float) -> float:
    """The larger of the two main curvatures at a point, without its sign; NaN where it is not finite."""
    hessian = look_closely(landscape, torch.tensor([[x, y]], dtype=torch.float64))[2][0].numpy()
    return float(np.abs(np.linalg.eigvalsh(hessian)).max()) if np.isfinite(hessian).all() else math.nan


def curvatures_along_x(landscape: Landscape, positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """The second derivative along x at each of some positions, (n, 2): d2f/dx2, with its sign, by autograd."""
    x, y = torch.tensor(positions).T
    x.requires_grad_()
    with torch.enable_grad():
        (slope,) = slopes(landscape.loss(x, y), (x,), create_graph=True)
        (curvature,) = slopes(slope, (x,))
    return np.asarray(curvature.numpy())


def standstill_near(landscape: Landscape, x: float, y: float, reach: tuple[float, float]) -> Standstill | None:
    """Follow Newton's method from a point to where the slope vanishes, if that is within reach.

    A small slope alone proves nothing: on the floor of a long valley it is small too, and the minimum far.
    How far says the curvature. Along an axis that is not curved there is nowhere to go.
    """
    level = SMALL * typical_slope(landscape)
    flat = level / max(landscape.size)
    here = np.array([x, y])
    for _ in range(NEWTON_STEPS):
        loss, slope, hessian = (part[0].numpy() for part in look_closely(landscape, torch.tensor(here[None])))
        if not np.isfinite([*slope, *hessian.flat]).all():
            return None
        curvatures, axes = np.linalg.eigh(hessian)
        curved = np.abs(curvatures) > flat
        way = np.divide(axes.T @ slope, curvatures, out=np.zeros(2), where=curved)
        if np.abs(way).max() == 0 or np.linalg.norm(slope) <= SMALL * level:
            break
        here = here - axes @ way
        if not np.hypot(*((here - (x, y)) / reach)) <= 1:
            return None
    if np.linalg.norm(slope) > level:
        return None
    low, high = (int(np.sign(curvature)) if bent else 0 for curvature, bent in zip(curvatures, curved, strict=True))
    return Standstill(x=float(here[0]), y=float(here[1]), loss=float(loss), bends=(low, high))


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
