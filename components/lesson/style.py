"""The style sheet of the lessons' page. It is sent before the elements, so that nothing moves while the page loads."""

from pathlib import Path

import streamlit as st

_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def send_style() -> None:
    """Send the style sheet to the browser."""
    st.html(f"<style>{_STYLE}</style>")
