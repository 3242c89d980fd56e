"""Propose the map of a typed formula: the part of the plane that is shown, the start, and the scale of the tones."""

import math
from collections.abc import Callable
from statistics import median
from typing import Literal

import torch
from torch import Tensor

from surfaces.typed import Bounds, TypedFormula
from trajectories.derivatives import derivatives_of
from trajectories.effort import rounds_of

Loss = Callable[[Tensor, Tensor], Tensor]

ASPECT = 1.6  # width over height, as the map is drawn
REACHES = (8.0, 64.0)  # stationary points are searched for within this distance of the origin, the near ones first
STARTS = 14  # along each axis
ROUNDS = 12  # Newton's steps
MOST_POINTS = 9  # a periodic formula has more stationary points than can be shown
WIDE = 5.0  # how many times its own size a lone hill or dip gets as half of the height of its map
USUAL = 3.0  # half of the height of a map with one stationary point, or none
DEFINED = 0.5  # of the map: where less of it has a value, a better half is looked for
NEARLY = 0.8  # of the most values that a moved map has: a map that is moved less is preferred
LOG_SPAN = 130.0  # how many times as high as the lowest 5 % of the map its highest 5 % must be, for a log scale


def propose_bounds(formula: TypedFormula) -> Bounds:
    """The part of the plane on which something is to be seen.

    Parameters
    ----------
    formula : TypedFormula
        Only its text counts: letters have the value 1, so that the map stays where it is while one of them changes.

    Returns
    -------
    ((float, float), (float, float))
        The stationary points near the origin, with room around them; where there are none, the plane around the origin.
        If the formula has no value on most of it: the half or the quarter on which it has most values.

    Examples
    --------
    >>> from formulas.typed import read_typed
    >>> propose_bounds(TypedFormula("(x-5)^2 + y^2", read_typed("(x-5)^2 + y^2")))
    ((0.2, 9.8), (-3.0, 3.0))
    """
    plain = TypedFormula(formula.text, formula.node, tuple((name, 1.0) for name, _ in formula.letters))
    for reach in REACHES:
        points = _stationary(plain, reach)
        if len(points):
            return _around(plain, points)
    return _defined(plain, torch.zeros(2, dtype=torch.float64), USUAL)


def _stationary(formula: TypedFormula, reach: float) -> Tensor:
    """Points with a zero gradient within a distance of the origin along each axis, the nearest first, (n, 2)."""
    axis = torch.linspace(-reach, reach, STARTS, dtype=torch.float64) + reach / 97  # not on lines of symmetry
    points = torch.cartesian_prod(axis, axis)
    typical = 0.0
    for _ in range(rounds_of(formula, ROUNDS)):
        losses, gradients, hessians = derivatives_of(formula.loss, points)
        finite = losses.isfinite() & gradients.isfinite().all(dim=1) & hessians.isfinite().all(dim=2).all(dim=1)
        points, gradients, hessians = points[finite], gradients[finite], hessians[finite]
        if not len(points):
            return points
        typical = max(typical, float(gradients.norm(dim=1).median()))
        curvatures, axes = torch.linalg.eigh(hessians)
        curved = curvatures.abs() > 1e-9 * curvatures.abs().amax(dim=1, keepdim=True).clamp(min=1e-300)
        along = (axes.mT @ gradients[..., None])[..., 0]
        steps = (axes @ torch.where(curved, along / curvatures, 0.0)[..., None])[..., 0]
        longest = reach / 4
        points = points - steps * (longest / steps.norm(dim=1, keepdim=True).clamp(min=longest))
    lengths = steps.norm(dim=1)
    level = gradients.norm(dim=1) <= 1e-6 * typical
    settled = level & (lengths <= 1e-6 * reach) & (points.abs() <= reach).all(dim=1) & curved.any(dim=1)
    points = points[settled]
    places: Tensor = torch.unique((points / (1e-3 * reach)).round(), dim=0) * (1e-3 * reach)
    return places[places.norm(dim=1).argsort()][:MOST_POINTS]


def _around(formula: TypedFormula, points: Tensor) -> Bounds:
    distances = points.norm(dim=1).tolist()
    near = points[torch.tensor([distance <= 4 * max(median(distances), 0.5) for distance in distances])]
    low, high = near.amin(dim=0), near.amax(dim=0)
    center, half = (low + high) / 2, (high - low) / 2
    height = max(float(half[1]), float(half[0]) / ASPECT)
    height = _height_around(formula, center) if height < 1e-3 else 1.7 * height
    return _defined(formula, center, height)


def _height_around(formula: TypedFormula, center: Tensor) -> float:
    """Half of the height of a map around one point: the usual one, unless the point is a narrow hill or dip."""
    losses, _, hessians = derivatives_of(formula.loss, center[None])
    x, y = center.tolist()
    around = grid_losses(formula.loss, ((x - USUAL, x + USUAL), (y - USUAL, y + USUAL)), 24)
    rise, curvature = float((around - losses).abs().nanmedian()), float(hessians.abs().max())
    if not (math.isfinite(rise) and math.isfinite(curvature) and curvature > 0 and rise > 0):
        return USUAL
    return min(USUAL, WIDE * math.sqrt(2 * rise / curvature))


def _defined(formula: TypedFormula, center: Tensor, height: float) -> Bounds:
    """The map around a center, or the part of it on which the formula has most values."""
    x, y = center.tolist()
    step = 10 ** math.floor(math.log10(height)) / 10
    height = math.ceil(height / step) * step
    whole = _box(x, y, height, step)
    if _share(formula, whole) >= DEFINED:
        return whole
    halves = (0.0, 0.5, -0.5, 1.0, -1.0)
    moved = sorted(((dx, dy) for dx in halves for dy in halves), key=lambda by: abs(by[0]) + abs(by[1]))
    boxes = [_box(x + dx * ASPECT * height, y + dy * height, height, step) for dx, dy in moved]
    shares = [_share(formula, box) for box in boxes]
    return next(box for box, share in zip(boxes, shares, strict=True) if share >= NEARLY * max(shares))


def _box(x: float, y: float, height: float, step: float) -> Bounds:
    x, y = (round(value / step) * step for value in (x, y))
    width = ASPECT * height
    low, high, bottom, top = (float(f"{value:.6g}") for value in (x - width, x + width, y - height, y + height))
    return (low, high), (bottom, top)


def _share(formula: TypedFormula, box: Bounds) -> float:
    return float(grid_losses(formula.loss, box, 24).isfinite().double().mean())


def grid_losses(loss: Loss, bounds: Bounds, count: int) -> Tensor:
    """The losses on a grid of the map, (count, count); NaN or infinite where there is no value."""
    x, y = (torch.linspace(*edge, count, dtype=torch.float64) for edge in bounds)
    with torch.no_grad():
        losses: Tensor = loss(*torch.meshgrid(x, y, indexing="ij"))
    return losses


def propose_start(formula: TypedFormula, bounds: Bounds) -> tuple[float, float] | None:
    """Where a walk starts: near the upper left corner, or the first place from there on at which there is a value.

    None if the formula has a value and a gradient nowhere on a grid of the map.
    """
    (x_low, x_high), (y_low, y_high) = bounds
    shares = torch.tensor([0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 0.07], dtype=torch.float64)
    across, down = torch.cartesian_prod(shares, shares).T
    order = (across + down).argsort(stable=True)
    x, y = x_low + (x_high - x_low) * across[order], y_high - (y_high - y_low) * down[order]
    losses, gradients, _ = derivatives_of(formula.loss, torch.stack((x, y), dim=1), hessians=False)
    usable = (losses.isfinite() & gradients.isfinite().all(dim=1)).nonzero()[:, 0].tolist()
    if not usable:
        return None
    best = next((index for index in usable if float(gradients[index].norm()) > 0), usable[0])  # where a walk moves
    return float(f"{float(x[best]):.4g}"), float(f"{float(y[best]):.4g}")


def propose_scale(loss: Loss, bounds: Bounds) -> Literal["linear", "log"]:
    """The scale of the tones: ``log`` if the loss spans powers of ten, seen from its lowest values."""
    losses = grid_losses(loss, bounds, 60)
    heights = losses[losses.isfinite()]
    if not len(heights):
        return "linear"
    heights = heights - heights.min()
    low, high = (float(heights.quantile(share)) for share in (0.05, 0.95))
    return "log" if high > LOG_SPAN * low > 0 else "linear"
