"""Reads the text of a dataset: a head in TOML between two lines of plus signs, then a table in CSV."""

import csv
import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from datasets.base import LARGEST, Dataset, Row

_PARTS = re.compile(r"\A\+\+\+\n(?P<head>.*?)^\+\+\+\n(?P<table>.*)\Z", re.MULTILINE | re.DOTALL)


class DatasetError(ValueError):
    """A dataset that cannot be read; the text is one sentence for people."""


def read_dataset(key: str, text: str) -> Dataset:
    """Read a dataset.

    Parameters
    ----------
    key : str
        Its name: that of its file.
    text : str
        The file. ``count`` in the head is the number of rows, so that a lost line is noticed.

    Raises
    ------
    DatasetError
        If head or table is not valid; one sentence with the wrong value and what is allowed.
    """
    parts = _PARTS.match(text)
    if parts is None:
        raise DatasetError(f"Dataset {key!r} must begin with a head between two lines of +++.")
    try:
        head = tomllib.loads(parts["head"])
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DatasetError(f"The head of dataset {key!r} is not valid TOML: {error}.") from None
    count, (names, *lines) = head.pop("count", None), _table(key, parts["table"])
    columns = _columns(key, head)
    if names != list(columns):
        raise DatasetError(f"Dataset {key!r} must name the columns of its table in the head: got {names}.")
    if count != len(lines):
        raise DatasetError(f"Dataset {key!r} must have as many rows as its head counts, {count}: got {len(lines)}.")
    inputs = head.get("inputs")
    used = [*inputs, head.get("target")] if isinstance(inputs, list) else [inputs]
    if not (isinstance(inputs, list) and all(name in names for name in used) and len(set(used)) == len(used)):
        raise DatasetError(f"Dataset {key!r} must have a column for each input and the target: got {used}.")
    for name in ("key", "rows"):
        if name in head:
            raise DatasetError(f"The head of dataset {key!r} must not have {name!r}: it follows from the file.")
    places = [names.index(str(name)) for name in used]
    rows = tuple(_row(key, number, line, names, places) for number, line in enumerate(lines, start=1))
    try:
        return Dataset.model_validate(
            {"notes": "", **head, "key": key, "columns": columns, "inputs": tuple(inputs), "rows": rows}
        )
    except ValidationError as error:
        raise DatasetError(_sentence(key, error)) from None


def _table(key: str, text: str) -> list[list[str]]:
    try:
        lines = list(csv.reader(text.strip().splitlines(), strict=True))
    except csv.Error as error:
        raise DatasetError(f"The table of dataset {key!r} is not valid CSV: {error}.") from None
    if not lines:
        raise DatasetError(f"Dataset {key!r} must have a table after its head.")
    return lines


def _columns(key: str, head: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a head describes, as the record wants them."""
    columns = head.get("columns")
    if not isinstance(columns, dict) or not all(isinstance(column, dict) for column in columns.values()):
        raise DatasetError(f"Dataset {key!r} must have a section [columns.name] for each column of its table.")
    lists = {name: column.get("classes") for name, column in columns.items()}
    tuples = {name: {"classes": tuple(classes)} for name, classes in lists.items() if isinstance(classes, list)}
    return {name: {**column, **tuples.get(name, {})} for name, column in columns.items()}


def _row(key: str, number: int, line: Sequence[str], names: Sequence[str], places: Sequence[int]) -> Row:
    if len(line) != len(names):
        raise DatasetError(f"Row {number} of dataset {key!r} must have {len(names)} values: got {len(line)}.")
    return tuple(_value(key, number, names[place], line[place]) for place in places)


def _value(key: str, number: int, name: str, text: str) -> float:
    try:
        value = math.nan if "_" in text else float(text)  # for Python 1_0 is 10
    except ValueError:
        value = math.nan
    if not abs(value) <= LARGEST:
        raise DatasetError(
            f"Row {number} of dataset {key!r}: {name} must be a number of at most {LARGEST:g}: got {text!r}."
        )
    return value


def _sentence(key: str, error: ValidationError) -> str:
    detail = error.errors(include_url=False)[0]
    place = ".".join(map(str, detail["loc"])) or "the head"
    if detail["type"] == "missing":
        return f"The head of dataset {key!r} must give {place}: got nothing."
    return f"Dataset {key!r}: {place!r} is not valid: {detail['msg'].rstrip('.')}."
