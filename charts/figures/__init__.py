"""The figures under a lesson's stage: a learner's scenario in, a picture of one idea out."""

from collections.abc import Mapping
from types import MappingProxyType

from charts.figures import epsilon, fates, first_steps, sizes, sweep, tuning, weights
from charts.figures.base import FigureSpec
from charts.figures.look import CONFIG

FIGURES: Mapping[str, FigureSpec] = MappingProxyType(
    {
        spec.key: spec
        for spec in (
            weights.FIGURE,
            sizes.FIGURE,
            sweep.FIGURE,
            fates.FIGURE,
            epsilon.FIGURE,
            first_steps.FIGURE,
            tuning.FIGURE,
        )
    }
)

__all__ = ["CONFIG", "FIGURES", "FigureSpec"]
