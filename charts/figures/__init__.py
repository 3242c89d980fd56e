"""The figures under a lesson's stage: each shows one idea with the learner's scenario."""

from charts.figures.base import FigureSpec
from charts.figures.catalogue import FIGURES
from charts.figures.drawing import CONFIG
from charts.figures.lesson import lesson_figure, warm_figures

__all__ = ["CONFIG", "FIGURES", "FigureSpec", "lesson_figure", "warm_figures"]
