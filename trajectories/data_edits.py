"""Edits of the data behind a loss: examples that are moved, left out or added, and the visitor's own rows."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from datasets import Column, Dataset
from datasets.base import LARGEST, MOST_ROWS, Row
from trajectories.checked import Checked
from trajectories.checks import check_number, check_whole
from trajectories.sentences import show_text, show_value, suggest

MAX_POINTS = 40
FEWEST_ROWS = 2


class PointEdit(Checked):
    """One edit of the examples of a dataset.

    Parameters
    ----------
    example : int or None
        The number of the example that is moved or left out, from 1; None: an example is added, after all others.
    values : tuple of float or None
        Its inputs, then its target, in the units of the data; None: it is left out.

    Examples
    --------
    >>> moved, out, new = PointEdit(example=3, values=(12.5, 40)), PointEdit(example=4), PointEdit(values=(20, 30))
    >>> edited_rows(((4.0, 2.0), (4.0, 10.0), (7.0, 4.0), (7.0, 22.0)), (moved, out, new))
    ((4.0, 2.0), (4.0, 10.0), (12.5, 40.0), (20.0, 30.0))
    """

    what: ClassVar[str] = "point"

    example: int | None = None
    values: tuple[float, ...] | None = None


def edited_rows(rows: Sequence[Row], points: Sequence[PointEdit]) -> tuple[Row, ...]:
    """Rows after edits: those that stay keep their order, added ones follow.

    Parameters
    ----------
    rows : sequence of tuple of float
        The rows of a dataset, or the visitor's own.
    points : sequence of PointEdit
        Checked edits: see ``check_points``.
    """
    changed = {point.example: point.values for point in points if point.example is not None}
    kept = [changed.get(number, row) for number, row in enumerate(rows, start=1)]
    return (*(row for row in kept if row is not None), *(p.values for p in points if p.example is None and p.values))


def check_table(table: object, dataset: Dataset | None) -> tuple[Row, ...] | None:
    """The visitor's own rows; otherwise a ValueError whose text is a sentence for people.

    Parameters
    ----------
    table : object
        None, or 2 to 500 rows with the columns of the dataset: its inputs, then its target.
    dataset : Dataset or None
        The dataset that the rows replace; None on a surface without data that can be edited.
    """
    if table is None:
        return None
    if dataset is None:
        raise ValueError(f"table must be null on a surface without data that can be edited: got {show_value(table)}.")
    if not isinstance(table, list | tuple) or not FEWEST_ROWS <= len(table) <= MOST_ROWS:
        raise ValueError(f"table must have {FEWEST_ROWS} to {MOST_ROWS} rows: got {show_value(table)}.")
    return tuple(check_row(f"row {number} of table", row, dataset.axes) for number, row in enumerate(table, start=1))


def check_points(points: object, dataset: Dataset | None, table: Sequence[Row] | None) -> tuple[PointEdit, ...]:
    """Edits that fit together; otherwise a ValueError whose text is a sentence for people.

    Parameters
    ----------
    points : object
        At most 40 edits, as records or as objects; each example is edited at most once, and 2 to 500 examples are left.
    dataset : Dataset or None
        The dataset; None on a surface without data that can be edited.
    table : sequence of tuple of float or None
        The rows that the edits refer to, instead of those of the dataset.
    """
    if not isinstance(points, list | tuple) or len(points) > MAX_POINTS:
        raise ValueError(f"points must be a list of at most {MAX_POINTS} edits: got {show_value(points)}.")
    if not points:
        return ()
    if dataset is None:
        raise ValueError(
            f"points must be empty on a surface without data that can be edited: got {show_value(points)}."
        )
    rows = dataset.rows if table is None else table
    checked: list[PointEdit] = []
    for number, point in enumerate(points, start=1):
        checked.append(_check_point(f"point {number}", point, dataset, len(rows)))
        check_fits(f"point {number}", checked, len(rows))
    left = len(edited_rows(rows, checked))
    if not FEWEST_ROWS <= left <= MOST_ROWS:
        raise ValueError(f"After all points there must be {FEWEST_ROWS} to {MOST_ROWS} examples: got {left}.")
    return tuple(checked)


def check_fits(name: str, points: Sequence[PointEdit], count: int) -> None:
    """Raise a ValueError if the last of some edits concerns an example that does not exist or is edited before."""
    example = points[-1].example
    if example is None:
        return
    check_whole(f"{name}: example", example, 1, count)
    if any(point.example == example for point in points[:-1]):
        raise ValueError(f"{name}: example {example} has an edit already.")


def check_row(name: str, row: object, axes: Sequence[Column]) -> Row:
    """One row with the columns of a dataset as floats; otherwise a ValueError whose text is a sentence for people."""
    if not isinstance(row, list | tuple) or len(row) != len(axes):
        columns = ", ".join(column.label for column in axes)
        raise ValueError(f"{name} must have {len(axes)} numbers, {columns}: got {show_value(row)}.")
    return tuple(check_cell(f"{name}: {column.label}", cell, column) for cell, column in zip(row, axes, strict=True))


def check_cell(name: str, value: object, column: Column) -> float:
    """A number of a column: a class, or a finite number of at most 1e9; otherwise a ValueError with a sentence."""
    if column.classes:
        return float(check_whole(name, value, 0, len(column.classes) - 1))
    return check_number(name, value, -LARGEST, LARGEST) + 0.0  # -0 becomes 0: equal rows are the same landscape


def _check_point(name: str, point: object, dataset: Dataset, count: int) -> PointEdit:
    if isinstance(point, PointEdit):
        given: Mapping[str, object] = {"example": point.example, "values": point.values}
    elif isinstance(point, Mapping):
        given = point
    else:
        raise ValueError(f"{name} must be an object of example, values: got {show_value(point)}.")
    fields = list(PointEdit.model_fields)
    for field in given:
        if field not in fields:
            raise ValueError(f"{name} has no {show_text(str(field))}. {suggest(str(field), fields)}")
    example, values = given.get("example"), given.get("values")
    if example is None and values is None:
        raise ValueError(f"{name} needs an example, values or both.")
    return PointEdit(
        example=None if example is None else check_whole(f"{name}: example", example, 1, count),
        values=None if values is None else check_row(name, values, dataset.axes),
    )
