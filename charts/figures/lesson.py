"""A lesson's figures, drawn once for all who look at the same."""

from threading import Event, Semaphore

import plotly.graph_objects as go

from charts.figures.catalogue import FIGURES
from charts.theme import THEMES
from lessons import LESSONS
from trajectories import Scenario, parse_link
from trajectories.once import once

# So many are drawn at a time: a class that moves its starts at once would else take the processor from all who step.
_SEATS = Semaphore(1)


# Most of a class look at the same scenario. A figure takes a quarter of a megabyte.
@once(64)
def lesson_figure(lesson: str, place: int, scenario: Scenario, theme: str) -> go.Figure:
    """Draw one of a lesson's figures, or give the one that was drawn: nobody may change it.

    Parameters
    ----------
    lesson : str
        The lesson's key.
    place : int
        Which of its figures.
    scenario : Scenario
        What the learner has made of the lesson's.
    theme : str
        A key of ``THEMES``.

    Returns
    -------
    plotly.graph_objects.Figure
        See ``FigureSpec.draw``.

    Raises
    ------
    ValueError
        If this scenario has not what the figure shows: one sentence.
    """
    figure = LESSONS[lesson].figures[place]
    with _SEATS:
        return FIGURES[figure.kind].draw(scenario, THEMES[theme], **figure.parameters)


def warm_figures(stop: Event | None = None) -> None:
    """Draw what a class sees that answers its lesson's question. Takes seconds; call it in a thread of its own.

    Parameters
    ----------
    stop : threading.Event, optional
        Set it to end the work early, when the server stops.
    """
    for key, lesson in LESSONS.items():
        scenario, _ = parse_link(lesson.scenario)
        for place in range(len(lesson.figures)):
            for theme in THEMES:
                if stop is not None and stop.is_set():
                    return
                lesson_figure(key, place, scenario, theme)
