"""The lie of the land: how steep a surface usually is, and what a resting walker rests on."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray

from surfaces import SURFACES
from trajectories.gradient import WIDTH, evaluator

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


@cache
def typical_slope(key: str) -> float:
    """Median norm of a surface's gradient over a coarse grid of its map."""
    surface = SURFACES[key]
    axes = [torch.linspace(low, high, GRID, dtype=torch.float64) for low, high in surface.bounds]
    x, y = (column.flatten().requires_grad_() for column in torch.meshgrid(*axes, indexing="ij"))
    with torch.enable_grad():
        slopes = torch.stack(torch.autograd.grad(surface.loss(x, y).sum(), (x, y)))
    return float(slopes.norm(dim=0).nanmedian())


def is_steep(key: str, x: float, y: float) -> bool:
    """Whether there is clearly a way down: the quick look that spares most walks the close one."""
    positions = torch.tensor([[x, y]], dtype=torch.float64).expand(WIDTH, 2)
    _, slope_x, slope_y = evaluator(SURFACES[key])(positions)[0].tolist()
    return math.hypot(slope_x, slope_y) > SLIGHT * typical_slope(key)


def sharpest_curvature(key: str, x: float, y: float) -> float:
    """The larger of the surface's two main curvatures at a point, without its sign; NaN where it is not finite."""
    hessian = _look_closely(key, np.array([x, y]))[2]
    return float(np.abs(np.linalg.eigvalsh(hessian)).max()) if np.isfinite(hessian).all() else math.nan


def curvatures_along_x(key: str, positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """A surface's second derivative along x at each of some positions, (n, 2): d2f/dx2, with its sign, by autograd."""
    x, y = torch.tensor(positions).T
    x.requires_grad_()
    with torch.enable_grad():
        (slope,) = torch.autograd.grad(SURFACES[key].loss(x, y).sum(), x, create_graph=True)
        (curvature,) = torch.autograd.grad(slope.sum(), x)
    return np.asarray(curvature.numpy())


def standstill_near(key: str, x: float, y: float, reach: tuple[float, float]) -> Standstill | None:
    """Follow Newton's method from a point to where the slope vanishes, if that is within reach.

    A small slope alone proves nothing: on the floor of a long valley it is small too, and the minimum far.
    How far says the curvature. Along an axis that is not curved there is nowhere to go.
    """
    level = SMALL * typical_slope(key)
    flat = level / max(high - low for low, high in SURFACES[key].bounds)
    here = np.array([x, y])
    for _ in range(NEWTON_STEPS):
        loss, slope, hessian = _look_closely(key, here)
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
    return Standstill(x=float(here[0]), y=float(here[1]), loss=loss, bends=(low, high))


def _look_closely(key: str, point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Loss, gradient and Hessian at one point, by autograd."""
    here = torch.tensor(point, dtype=torch.float64, requires_grad=True)
    with torch.enable_grad():
        loss = SURFACES[key].loss(here[0], here[1])
        (slope,) = torch.autograd.grad(loss, here, create_graph=True)
        rows = [torch.autograd.grad(part, here, retain_graph=True)[0] for part in slope]
    return loss.item(), slope.detach().numpy(), torch.stack(rows).numpy()
