"""The figures of a lesson, drawn with the scenario on its stage."""

import streamlit as st

from charts.figures import CONFIG, FIGURES, lesson_figure
from lessons import LESSONS
from trajectories import Scenario


def figures(lesson: str, scenario: Scenario, *, narrow: bool, complete: bool) -> None:
    """Draw a lesson's narrow figures, or its others, one below another, each with its caption.

    Parameters
    ----------
    lesson : str
        The lesson's key.
    scenario : Scenario
        The scenario on the lesson's stage.
    narrow : bool
        Whether to draw those figures that can be read in a column of text (``FigureSpec.narrow``), or the others.
    complete : bool
        Whether every goal is reached. Until then a figure that shows a goal's solution is collapsed.
    """
    theme = "dark" if st.context.theme.type == "dark" else "light"
    for place, figure in enumerate(LESSONS[lesson].figures):
        if FIGURES[figure.kind].narrow is not narrow:
            continue
        key = f"figure-{lesson}-{place}"
        collapsed = figure.tells and not complete
        with st.expander("Show the figure (it gives a solution away)") if collapsed else st.container(key=key):
            st.markdown(figure.caption)
            try:
                drawn = lesson_figure(lesson, place, scenario, theme)
            except ValueError as error:
                # A learner can remove what the figure shows, for example its run.
                st.caption(f"This figure cannot be drawn for this scenario: {error}")
            else:
                st.plotly_chart(drawn, theme=None, config=CONFIG, key=f"{key}-chart")
