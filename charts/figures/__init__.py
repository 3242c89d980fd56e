"""The figures under a lesson's stage: a learner's scenario in, a picture of one idea out."""

from charts.figures.base import FigureSpec
from charts.figures.catalogue import FIGURES
from charts.figures.lesson import lesson_figure, warm_figures
from charts.figures.look import CONFIG

__all__ = ["CONFIG", "FIGURES", "FigureSpec", "lesson_figure", "warm_figures"]
