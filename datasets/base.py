"""The record of a dataset: its columns, its rows, and where they come from."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Text = Annotated[str, Field(min_length=1)]
Row = tuple[float, ...]

MOST_ROWS = 500
LARGEST = 1e9  # of a value; squares of larger ones lose the digits that a loss needs


class _Checked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Column(_Checked):
    """One column of a table.

    Parameters
    ----------
    label : str
        Its name for people.
    unit : str
        The unit of its values; empty if they have none.
    classes : tuple of str
        The names of its values 0, 1, ... if it says which class a row belongs to; else empty.
    """

    label: Text
    unit: str = ""
    classes: tuple[Text, ...] = ()

    @property
    def title(self) -> str:
        """The label with the unit, as it stands at an axis."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


class Dataset(_Checked):
    """Examples, each with one or two inputs and a target.

    Parameters
    ----------
    key : str
        The file's name.
    name : str
        Its name for people.
    row : str
        What one row is: "one braking test".
    source : str
        Who published the numbers, where and when.
    license : str
        Why they may be distributed.
    notes : str
        What was left out or changed, and why; empty if nothing was.
    columns : mapping of str to Column
        Every column of the table, in its order.
    inputs : tuple of str
        The columns that a model gets; one or two.
    target : str
        The column that a model predicts.
    rows : tuple of tuple of float
        For each example its inputs, then its target; 2 to 500 of them, finite.
    """

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: Text
    row: Text
    source: Text
    license: Text
    notes: str = ""
    columns: Mapping[str, Column]
    inputs: Annotated[tuple[Text, ...], Field(min_length=1, max_length=2)]
    target: Text
    rows: Annotated[tuple[Row, ...], Field(min_length=2, max_length=MOST_ROWS)]

    @field_validator("columns", mode="after")
    @classmethod
    def _read_only(cls, columns: Mapping[str, Column]) -> Mapping[str, Column]:
        return MappingProxyType(dict(columns))

    @model_validator(mode="after")
    def _names_its_columns(self) -> Self:
        for name in (*self.inputs, self.target):
            if name not in self.columns:
                raise ValueError(f"must have a column for each input and the target: {name!r} is none")
        return self

    @model_validator(mode="after")
    def _holds_rows_of_its_columns(self) -> Self:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.axes):
                raise ValueError(f"row {number} must have {len(self.axes)} values: got {len(row)}")
            for value, column in zip(row, self.axes, strict=True):
                if abs(value) > LARGEST:
                    raise ValueError(f"row {number}: {column.label} must be at most {LARGEST:g}: got {value:g}")
                if column.classes and value not in range(len(column.classes)):
                    last = len(column.classes) - 1
                    raise ValueError(f"row {number}: {column.label} must be a class from 0 to {last}: got {value:g}")
        return self

    @property
    def axes(self) -> tuple[Column, ...]:
        """The columns of ``rows``: the inputs, then the target."""
        return tuple(self.columns[name] for name in (*self.inputs, self.target))
