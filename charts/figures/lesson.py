"""The figures of lessons; each is drawn once for all visitors that have the same scenario."""

import logging
from threading import Event, Semaphore

import plotly.graph_objects as go

from charts.figures.catalogue import FIGURES
from charts.theme import THEMES
from lessons import LESSONS
from trajectories import Scenario, parse_link
from trajectories.once import once

logger = logging.getLogger(__name__)

# One figure is drawn at a time: if a whole class changes its scenarios at once, processors remain free for walks.
_DRAWING = Semaphore(1)


# In a class most visitors have the same scenario. A cached figure takes a quarter of a megabyte.
@once(64)
def lesson_figure(lesson: str, place: int, scenario: Scenario, theme: str) -> go.Figure:
    """Draw one of a lesson's figures, or return the cached one. The caller must not change it.

    Parameters
    ----------
    lesson : str
        The lesson's key.
    place : int
        The index of the figure in the lesson.
    scenario : Scenario
        The learner's scenario.
    theme : str
        A key of ``THEMES``.

    Returns
    -------
    plotly.graph_objects.Figure
        See ``FigureSpec.draw``.

    Raises
    ------
    ValueError
        If the scenario lacks what the figure shows; one sentence for people.
    """
    figure = LESSONS[lesson].figures[place]
    with _DRAWING:
        return FIGURES[figure.kind].draw(scenario, THEMES[theme], **figure.parameters)


def warm_figures(stop: Event | None = None) -> None:
    """Draw the figures of all lessons with their own scenarios, into the cache. It takes seconds: call it in a thread.

    Parameters
    ----------
    stop : threading.Event, optional
        The function returns early once this event is set, for example when the server stops.
    """
    for key, lesson in LESSONS.items():
        scenario, _ = parse_link(lesson.scenario)
        for place in range(len(lesson.figures)):
            for theme in THEMES:
                if stop is not None and stop.is_set():
                    return
                try:
                    lesson_figure(key, place, scenario, theme)
                except ValueError as problem:  # of a lesson that is not ours; the page says the same
                    logger.warning("lesson %s: a figure cannot be drawn: %s", key, problem)
