"""Read a table that a visitor has pasted: the only parser of visitors' data."""

import csv
import re
from collections.abc import Iterator, Sequence

from datasets import Column
from datasets.base import LARGEST, MOST_ROWS, Row
from trajectories.data_edits import FEWEST_ROWS, check_cell
from trajectories.sentences import show_number, show_text

MOST_CHARACTERS = 100_000
MOST_SENTENCES = 5
SEPARATORS = {"\t": "tabs", ";": "semicolons", ",": "commas"}

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?", re.ASCII)
# A cell of a header begins with a letter; "nan" and "inf" are numbers that are not allowed, not names.
_NAME = re.compile(r"(?!(nan|na|n/a|inf|infinity|null|none)\s*$)[^\W\d_]", re.IGNORECASE)


class PastedError(ValueError):
    """A table that cannot be used; ``sentences`` has one for each mistake, at most a few."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


def read_pasted(text: str, axes: Sequence[Column]) -> tuple[Row, ...]:
    r"""Read a table.

    Parameters
    ----------
    text : str
        Rows of numbers, separated by tabs, semicolons or commas. The first line may be a header. With tabs or
        semicolons a comma is a decimal point. Quotes around cells, a byte order mark and empty lines are allowed.
    axes : sequence of Column
        The columns: the inputs, then the target.

    Returns
    -------
    tuple of tuple of float
        2 to 500 rows.

    Raises
    ------
    PastedError
        If it cannot be used: one sentence for each mistake, with the line, the value and what is allowed.

    Examples
    --------
    >>> speed, distance = Column(label="speed"), Column(label="distance")
    >>> read_pasted("speed;distance\n4,5;2\n7;12,25\n", (speed, distance))
    ((4.5, 2.0), (7.0, 12.25))
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise PastedError([f"There is no table: paste {FEWEST_ROWS} to {MOST_ROWS} rows of {len(axes)} numbers."])
    lines = text.count("\n") + 1
    if lines > 2 * MOST_ROWS + 1 or len(text) > MOST_CHARACTERS:
        raise PastedError(
            [
                f"The table is too long: {lines} lines and {len(text)} characters; "
                f"at most {MOST_ROWS} rows and {MOST_CHARACTERS} characters can be used."
            ]
        )
    separator = _separator(text)
    rows: list[Row] = []
    sentences: list[str] = []
    count = 0
    for place, (line, cells) in enumerate(_lines(text, separator, sentences)):
        if place == 0 and all(_NAME.match(cell) for cell in cells):
            if len(cells) != len(axes):
                sentences.append(_wrong_width(line, cells, axes, separator))
            continue
        count += 1
        try:
            rows.append(_row(line, cells, axes, separator))
        except ValueError as error:
            sentences.append(str(error))
    if not sentences and not FEWEST_ROWS <= count <= MOST_ROWS:
        sentences.append(f"The table must have {FEWEST_ROWS} to {MOST_ROWS} rows: got {count}.")
    if sentences:
        more = len(sentences) - MOST_SENTENCES
        raise PastedError(sentences[:MOST_SENTENCES] + ([f"{more} more lines cannot be used."] if more > 0 else []))
    return tuple(rows)


def _separator(text: str) -> str:
    first = next(line for line in text.splitlines() if line.strip())
    outside = re.sub(r'"[^"]*"', "", first)
    return next((separator for separator in SEPARATORS if separator in outside), ",")


def _lines(text: str, separator: str, sentences: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that is not empty, with its number; a line that is no CSV ends them with a sentence."""
    reader = csv.reader(text.splitlines(), delimiter=separator, strict=True, skipinitialspace=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        sentences.append(f"Line {reader.line_num} cannot be read: {error}.")


def _row(line: int, cells: Sequence[str], axes: Sequence[Column], separator: str) -> Row:
    if len(cells) != len(axes):
        raise ValueError(_wrong_width(line, cells, axes, separator))
    return tuple(_cell(line, cell, column, separator) for cell, column in zip(cells, axes, strict=True))


def _cell(line: int, cell: str, column: Column, separator: str) -> float:
    name = f"Line {line}: {column.label}"
    decimal = separator != "," and _DECIMAL_COMMA.fullmatch(cell)
    number = cell.replace(",", ".") if decimal else cell
    if not _NUMBER.fullmatch(number):
        allowed = (
            f"a class from 0 to {len(column.classes) - 1}"
            if column.classes
            else f"a number from -{show_number(LARGEST)} to {show_number(LARGEST)}"
        )
        raise ValueError(f"{name} must be {allowed}: got {show_text(cell)}.")
    return check_cell(name, float(number), column)


def _wrong_width(line: int, cells: Sequence[str], axes: Sequence[Column], separator: str) -> str:
    labels = ", ".join(column.label for column in axes)
    return f"Line {line} must have {len(axes)} cells, {labels}, separated by {SEPARATORS[separator]}: got {len(cells)}."
