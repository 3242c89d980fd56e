"""Strategies of edits of the data, for the tests of links, requests and rows."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from datasets import Column
from datasets.base import LARGEST, MOST_ROWS
from surfaces import SURFACES
from trajectories import MAX_POINTS

WITH_DATA = [key for key, surface in SURFACES.items() if surface.family == "data"]


def rows_of(axes: Sequence[Column]) -> st.SearchStrategy[tuple[float, ...]]:
    """A row with the columns of a dataset."""
    cells = (
        st.integers(0, len(column.classes) - 1).map(float) if column.classes else st.floats(-LARGEST, LARGEST)
        for column in axes
    )
    return st.tuples(*cells)


@st.composite
def edits(draw: st.DrawFn, surface: str, most_rows: int = 70) -> dict[str, Any]:
    """The fields of a scenario that edit the data of its surface; none on a surface without data."""
    model = SURFACES[surface].landscape.model
    if model is None or draw(st.booleans()):
        return {}
    row = rows_of(model.dataset.axes)
    table = draw(st.none() | st.lists(row, min_size=2, max_size=most_rows))
    count = len(model.dataset.rows if table is None else table)
    numbers = draw(st.lists(st.integers(1, count), unique=True, max_size=min(count - 2, MAX_POINTS // 2)))
    points = [{"example": number, "values": draw(st.none() | row)} for number in numbers]
    room = min(MAX_POINTS - len(points), MOST_ROWS - count)
    points += [{"example": None, "values": values} for values in draw(st.lists(row, max_size=room))]
    return {"table": table, "points": draw(st.permutations(points))}
