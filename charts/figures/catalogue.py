"""All kinds of figures, by the key that a lesson's head gives as ``kind``."""

from collections.abc import Mapping
from types import MappingProxyType

from charts.figures import basins, epsilon, first_steps, room, seeds, settings, sizes, sweep, tuning, weights
from charts.figures.base import FigureSpec

FIGURES: Mapping[str, FigureSpec] = MappingProxyType(
    {
        spec.key: spec
        for spec in (
            weights.FIGURE,
            sizes.FIGURE,
            sweep.FIGURE,
            basins.FIGURE,
            epsilon.FIGURE,
            first_steps.FIGURE,
            tuning.FIGURE,
            settings.FIGURE,
            room.FIGURE,
            seeds.FIGURE,
        )
    }
)
