"""The styles of minima: which color and symbol stand for each, the same in every figure and on the map of basins."""

import numpy as np
import torch
from numpy.typing import NDArray

from charts.palette import OTHER_MINIMA, OUTCOME_SYMBOLS
from charts.theme import Theme
from surfaces import Landscape, is_visitors
from trajectories.minima import minima_of
from trajectories.minimum_levels import is_global, minimum_levels
from trajectories.once import once

# The global minimum, a local minimum, and then further minima, whether global or local.
GLOBAL_STYLE, LOCAL_STYLE = 0, 1
OTHER_SYMBOLS = ("circle", "triangle-down", "pentagon", "cross")
STYLES = 2 + len(OTHER_SYMBOLS)
CELLS = 96  # along each side of the map: neighbors of a minimum are found on so many cells


@once(64, is_visitors)
def minimum_styles(landscape: Landscape) -> tuple[int, ...]:
    """The style of each minimum of a landscape, in their order: an index of ``style_of``.

    Only the first minimum has GLOBAL_STYLE, and only local minima have LOCAL_STYLE. If there are more minima than
    styles, several minima have the same style; minima of which one is the nearest to a place and the other to the place
    beside it have different styles as far as possible.
    """
    minima = minima_of(landscape)
    if not minima:
        return ()
    touching = _neighbors(landscape, len(minima))
    styles = [GLOBAL_STYLE]
    for number, minimum in enumerate(minima[1:], 1):
        allowed = range(LOCAL_STYLE + is_global(landscape, minimum.value), STYLES)
        around = [styles[other] for other in np.flatnonzero(touching[number]) if other < number]
        used = [*around, *(styles if len(minima) <= STYLES else ())]
        styles.append(min(allowed, key=lambda style: (used.count(style), style)))
    return tuple(styles)


def style_of(theme: Theme, style: int) -> tuple[str, str]:
    """The color and the symbol of a style; those of global and local minima are those of their outcomes."""
    match style:
        case 0:
            return theme.outcomes["global_minimum"], OUTCOME_SYMBOLS["global_minimum"]
        case 1:
            return theme.outcomes["local_minimum"], OUTCOME_SYMBOLS["local_minimum"]
        case _:
            return theme.trails[OTHER_MINIMA[style - 2]].color, OTHER_SYMBOLS[style - 2]


def _neighbors(landscape: Landscape, count: int) -> NDArray[np.bool_]:
    """Which minima are the nearest ones to two cells that touch, (count, count)."""
    axes = [torch.linspace(low, high, CELLS, dtype=torch.float64) for low, high in landscape.bounds]
    known = minimum_levels(landscape)
    places = torch.stack(torch.meshgrid(*axes, indexing="ij")).reshape(2, -1) * known.factor
    nearest = known.nearest(places).reshape(CELLS, CELLS).numpy()
    touching = np.zeros((count, count), dtype=np.bool_)
    for one, other in (
        (nearest[1:], nearest[:-1]),
        (nearest[:, 1:], nearest[:, :-1]),
        (nearest[1:, 1:], nearest[:-1, :-1]),
        (nearest[1:, :-1], nearest[:-1, 1:]),
    ):
        touching[one, other] = touching[other, one] = True
    np.fill_diagonal(touching, val=False)
    return touching
