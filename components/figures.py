"""The figures of a lesson: drawn again from whatever scenario the learner has made."""

from collections.abc import Sequence

import streamlit as st

from charts.figures import CONFIG, FIGURES
from charts.theme import THEMES
from lessons.base import Figure
from trajectories import Scenario


def figures(wanted: Sequence[Figure], scenario: Scenario, key: str, *, complete: bool) -> None:
    """Draw a lesson's figures, one below another, each with its caption.

    Parameters
    ----------
    wanted : sequence of Figure
        Of which kind, with which parameters.
    scenario : Scenario
        What the learner has made of the lesson's.
    key : str
        Names the figures for Streamlit.
    complete : bool
        Whether every goal is reached: a figure that gives one away waits for that, or to be opened.
    """
    theme = THEMES["dark" if st.context.theme.type == "dark" else "light"]
    for place, figure in enumerate(wanted):
        waits = figure.tells and not complete
        with st.expander("The whole picture (it gives a goal away)") if waits else st.container(key=f"{key}-{place}"):
            st.markdown(figure.caption)
            try:
                drawn = FIGURES[figure.kind].draw(scenario, theme, **figure.parameters)
            except ValueError as error:
                # A learner may make a scenario that has not what the figure shows: that is said, and no mistake.
                st.caption(f"Not for this scenario: {error}")
            else:
                st.plotly_chart(drawn, theme=None, config=CONFIG, key=f"{key}-{place}-chart")
