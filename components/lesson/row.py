"""The list of lessons as a Streamlit component; its links open another lesson by changing the address."""

from typing import Any

from components.lesson.attempt import Course
from components.loader import assets, component
from lessons import LESSONS

_ROW = component("row", "lesson/row.js", "lesson/row.css")


def row(now: Course, key: str) -> None:
    """Show all lessons in a row: a number for each, with a tick where all its goals are reached.

    Parameters
    ----------
    now : Course
        The course, with the lesson on the page.
    key : str
        The row's own key for Streamlit.
    """
    _show(now, key, "row")


def neighbors(now: Course, key: str) -> None:
    """Show the lessons before and after this one, by their titles."""
    _show(now, key, "neighbors")


def _show(now: Course, key: str, shape: str) -> None:
    _ROW(key=key, data=row_data(now) | {"shape": shape})


def row_data(now: Course) -> dict[str, Any]:
    """Build the component's data, plain JSON."""
    done = [key for key, attempt in now.attempts.items() if attempt.complete]
    begun = [key for key, attempt in now.attempts.items() if attempt.answer is not None]
    return {
        "assets": assets(),
        "current": now.key,
        "lessons": [
            {"key": key, "number": lesson.order, "title": lesson.title, "done": key in done, "begun": key in begun}
            for key, lesson in LESSONS.items()
        ],
    }
