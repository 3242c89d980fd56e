"""The layout of the lessons' page, sent before anything that it lays out: nothing jumps while the page arrives."""

from pathlib import Path

import streamlit as st

_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def dress() -> None:
    """Lay the page out."""
    st.html(f"<style>{_STYLE}</style>")
