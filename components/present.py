"""The presenter's view: large type, the stage fills the screen, keys only."""

from pathlib import Path

import streamlit as st

from components.loader import assets, loader

_PRESENT = st.components.v2.component(
    "mr_adam_present",
    css=Path(__file__).with_name("present.css").read_text(encoding="utf-8"),
    js=loader("present.js"),
    isolate_styles=False,
)


def present(stage: str, key: str) -> None:
    """Show the button that turns the page into a presenter's, which ``?present=true`` in the address does, too.

    Parameters
    ----------
    stage : str
        The key of the stage to present; when it changes, the new stage is given the focus.
    key : str
        The button's own key for Streamlit.
    """
    _PRESENT(key=key, data={"stage": stage, "assets": assets()})
