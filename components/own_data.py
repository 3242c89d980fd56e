"""A form in which a visitor pastes a table: the model is fitted to it. The table stays in the visitor's session."""

import streamlit as st

from components.visit import Visit
from datasets import Dataset
from datasets.base import MOST_ROWS
from trajectories import Scenario
from trajectories.pasted import PastedError, read_pasted

TITLE = "Your own data"
USE = "Use these data"
HELP = (
    "Paste a table with the columns {columns}, at most {most} rows; separate them by commas, semicolons or tabs. "
    "The server does not store it. It becomes a part of this page's link: whoever gets the link sees the table."
)
NAMED = "{label}: {classes}"


def own_data(now: Visit, dataset: Dataset, key: str) -> None:
    """Show the form; a table that can be used replaces the data of the visit's scenario, and the page runs again.

    Parameters
    ----------
    now : Visit
        The visit whose scenario gets the table.
    dataset : Dataset
        The data of its surface: the table must have the same columns.
    key : str
        Streamlit's key of the form.
    """
    with st.expander(TITLE), st.form(key, border=False):
        text = st.text_area(describe(dataset), key=f"{key}-{dataset.key}", height=120)
        sentences: tuple[str, ...] = ()
        if st.form_submit_button(USE):
            sentences = use_pasted(now, text, dataset)
            if not sentences:
                st.rerun()
        for sentence in sentences:
            st.error(plain(sentence))


def use_pasted(now: Visit, text: str, dataset: Dataset) -> tuple[str, ...]:
    """Replace the data of a visit's scenario by a pasted table; if it cannot be used, a sentence for each mistake."""
    try:
        rows = read_pasted(text, dataset.axes)
    except PastedError as error:
        return error.sentences
    now.turn(Scenario(**dict(now.scenario) | {"table": rows, "points": ()}))
    return ()


def describe(dataset: Dataset) -> str:
    """What to paste for a dataset."""
    columns = [
        NAMED.format(label=axis.title, classes=", ".join(f"{value} {name}" for value, name in enumerate(axis.classes)))
        if axis.classes
        else axis.title
        for axis in dataset.axes
    ]
    return HELP.format(columns=" and ".join(columns), most=MOST_ROWS)


def plain(sentence: str) -> str:
    """A sentence whose characters have no meaning in Markdown: it may quote what a visitor has pasted."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()<>#+-!|~$:" else letter for letter in sentence)
