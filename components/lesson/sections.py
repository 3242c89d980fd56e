"""The text of a lesson."""

from collections.abc import Sequence

import streamlit as st

from components.lesson.attempt import Attempt


def sections(attempt: Attempt, headings: Sequence[str]) -> None:
    """Show some of a lesson's sections, by their headings."""
    for heading in headings:
        with st.container():
            st.header(heading, anchor=False)
            st.markdown(attempt.lesson.sections[heading])
