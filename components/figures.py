"""The figures of a lesson: drawn again from whatever scenario the learner has made."""

from threading import Semaphore

import plotly.graph_objects as go
import streamlit as st

from charts.figures import CONFIG, FIGURES
from charts.theme import THEMES
from lessons import LESSONS
from trajectories import Scenario
from trajectories.once import once

# So many draw at a time: a class that moves its starts at once would take the processor from all who step, else.
_SEATS = Semaphore(1)


def figures(lesson: str, scenario: Scenario, *, complete: bool) -> None:
    """Draw a lesson's figures, one below another, each with its caption.

    Parameters
    ----------
    lesson : str
        The lesson's key.
    scenario : Scenario
        What the learner has made of the lesson's.
    complete : bool
        Whether every goal is reached: a figure that gives one away waits for that, or to be opened.
    """
    theme = "dark" if st.context.theme.type == "dark" else "light"
    for place, figure in enumerate(LESSONS[lesson].figures):
        key = f"figure-{lesson}-{place}"
        waits = figure.tells and not complete
        with st.expander("The whole picture (it gives a goal away)") if waits else st.container(key=key):
            st.markdown(figure.caption)
            try:
                drawn = _drawn(lesson, place, scenario, theme)
            except ValueError as error:
                # A learner may make a scenario that has not what the figure shows: that is said, and no mistake.
                st.caption(f"Not for this scenario: {error}")
            else:
                st.plotly_chart(drawn, theme=None, config=CONFIG, key=f"{key}-chart")


# Most of a class look at the same scenario. A figure takes a quarter of a megabyte.
@once(48)
def _drawn(lesson: str, place: int, scenario: Scenario, theme: str) -> go.Figure:
    """Draw one figure, for all who look at it; nobody may change it."""
    figure = LESSONS[lesson].figures[place]
    with _SEATS:
        return FIGURES[figure.kind].draw(scenario, THEMES[theme], **figure.parameters)
