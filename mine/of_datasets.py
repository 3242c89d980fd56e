"""The checks of a dataset beyond those of its record."""

from collections.abc import Iterator

from datasets import Dataset


def has_columns_that_differ(dataset: Dataset) -> Iterator[str]:
    """No column holds one value only: standardizing it would divide by zero."""
    for values, column in zip(zip(*dataset.rows, strict=True), dataset.axes, strict=True):
        if len(set(values)) < 2:
            yield f"the column {column.label!r} must have at least two different values: got {values[0]:g} in each row."


def has_rows_of_every_class(dataset: Dataset) -> Iterator[str]:
    """Every class that a column names has a row."""
    for values, column in zip(zip(*dataset.rows, strict=True), dataset.axes, strict=True):
        for number, name in enumerate(column.classes):
            if number not in values:
                yield f"the column {column.label!r} must have a row of each of its classes: got none of {name!r}."


FIRST = (has_columns_that_differ,)
FURTHER = (has_rows_of_every_class,)
