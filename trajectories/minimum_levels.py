"""A landscape's minima in the form that the judge needs: positions, and the highest loss that counts as low in each."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from surfaces import Landscape, is_visitors
from trajectories.minima import lowest, minima_of
from trajectories.once import once

RADIUS = 0.02  # of the map's width and height: a walk within this distance of a point counts as being there
RIM = 64  # directions in which the rim of a basin is measured
# The allowed height is at least this share of the height of the rim's highest point: along a trough the rim is level.
LEVEL = 0.01
CELLS = 256  # along each side of the map
RELATIVE, ABSOLUTE = 1e-4, 1e-5  # tolerances of "as low as the lowest loss": listed minima have few digits
ROUNDING = 1e-9
FEW = 4  # for at most this many minima, a comparison with each of them is faster than to find the nearest


def is_global(landscape: Landscape, value: float) -> bool:
    """Whether a loss is that of the global minimum."""
    return bool(are_global(landscape, torch.tensor([value], dtype=torch.float64)))


def are_global(landscape: Landscape, values: Tensor) -> Tensor:
    """Whether each of some losses, (n,), is that of the global minimum, bool (n,). All code uses this tolerance."""
    bottom = lowest(landscape)
    if bottom is None:
        return torch.ones_like(values, dtype=torch.bool)  # no lower loss is known
    return (values - bottom).abs() <= torch.maximum(RELATIVE * values.abs(), torch.tensor(ABSOLUTE))


@dataclass(frozen=True, kw_only=True, eq=False)
class MinimumLevels:
    """The minima of a landscape, in coordinates in which the map is a square of side 1.

    Parameters
    ----------
    factor : Tensor, float64, (2, 1)
        ``position * factor`` is the place in these coordinates.
    corner : Tensor, float64, (2, 1)
        The place of the map's lower left corner.
    places : Tensor, float64, (2, minima)
        The minima, in the landscape's order.
    values : Tensor, float64, (minima,)
        Their losses.
    levels : Tensor, float64, (minima,)
        The highest loss that counts as low in each basin.
    separate : bool
        Whether no place is near two of the minima.
    table : Tensor, int64, (CELLS * CELLS,), optional
        The nearest minimum of each cell. None if there are few minima, or if a cell may be near two of them.
    """

    factor: Tensor
    corner: Tensor
    places: Tensor
    values: Tensor
    levels: Tensor
    separate: bool
    table: Tensor | None

    def nearest(self, places: Tensor) -> Tensor:
        """The index of the nearest minimum of each place, (2, n) -> int64 (n,); exact within RADIUS of a minimum."""
        if self.table is None:
            away = (places[:, :, None] - self.places[:, None]).square_().sum(dim=0)
            return away.nan_to_num_(nan=math.inf).argmin(dim=1)
        column, row = ((places - self.corner) * CELLS).nan_to_num_(nan=0.0).clamp_(0, CELLS - 1).to(torch.int64)
        return self.table[column * CELLS + row]

    def low_in(self, places: Tensor, losses: Tensor) -> Tensor:
        """The index of the minimum that each place, (2, n), is near and whose level its loss, (n,), does not exceed.

        -1 where there is none.
        """
        if self.separate and len(self.levels) <= FEW:
            low_in = torch.full_like(losses, -1, dtype=torch.int64)
            for number, level in enumerate(self.levels.tolist()):
                away = torch.sub(places, self.places[:, number, None]).square_()
                low_in.masked_fill_((away[0].add_(away[1]) <= RADIUS**2) & (losses <= level), number)
            return low_in
        nearest = self.nearest(places)
        away = (places - self.places[:, nearest]).square_().sum(dim=0)
        return torch.where((away <= RADIUS**2) & (losses <= self.levels[nearest]), nearest, -1)


@once(64, is_visitors)
def minimum_levels(landscape: Landscape) -> MinimumLevels:
    """Measure the basins of a landscape.

    Parameters
    ----------
    landscape : Landscape
        Its ``loss``, ``bounds`` and ``minima`` are used.

    Returns
    -------
    MinimumLevels
        The level of a basin is the lowest loss on the rim of the ellipse of places near its minimum: a walk whose loss
        is below that level and never rises cannot leave the ellipse.
    """
    low, high = torch.tensor(landscape.bounds, dtype=torch.float64).T[:, :, None]
    size = high - low
    points = torch.tensor([(m.x, m.y) for m in minima_of(landscape)], dtype=torch.float64).reshape(-1, 2).T
    values = torch.tensor([m.value for m in minima_of(landscape)], dtype=torch.float64)
    places, corner = points / size, low / size
    table = None
    apart = _apart(places)
    if len(values) > FEW and apart > 2 * RADIUS + 2 / CELLS:
        axis = (torch.arange(CELLS, dtype=torch.float64) + 0.5) / CELLS
        grid = torch.stack(torch.meshgrid(axis, axis, indexing="ij")).reshape(2, -1) + corner
        columns = torch.split(grid, CELLS, dim=1)
        table = torch.cat([(some[:, :, None] - places[:, None]).square_().sum(dim=0).argmin(dim=1) for some in columns])
    return MinimumLevels(
        factor=1 / size,
        corner=corner,
        places=places,
        values=values,
        levels=values + allowances(landscape, points, values),
        separate=apart > 2 * RADIUS * (1 + ROUNDING),
        table=table,
    )


def allowances(landscape: Landscape, points: Tensor, values: Tensor) -> Tensor:
    """How high above each minimum, (2, n), a walk may be and still count as low in its basin, (n,)."""
    size = torch.tensor([high - low for low, high in landscape.bounds], dtype=torch.float64)
    turns = 2 * math.pi * torch.arange(RIM, dtype=torch.float64) / RIM
    rim = points[:, :, None] + RADIUS * size[:, None, None] * torch.stack((turns.cos(), turns.sin()))[:, None]
    with torch.no_grad():
        heights = landscape.loss(*rim.reshape(2, -1)).reshape(-1, RIM) - values[:, None]
    least = heights.nan_to_num(nan=math.inf).amin(dim=1)
    highest = heights.nan_to_num(nan=-math.inf, posinf=-math.inf).amax(dim=1)
    return torch.maximum(least, LEVEL * highest).clamp_(min=0)


def _apart(places: Tensor) -> float:
    """The smallest distance between two of the places."""
    if places.shape[1] < 2:
        return math.inf
    away = (places[:, :, None] - places[:, None]).square().sum(dim=0)
    return math.sqrt(float(away.fill_diagonal_(math.inf).min()))
