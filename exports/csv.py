"""A table of every number of the walk, as comma-separated values; lines that begin with # say what is in it."""

import csv
import io
from collections.abc import Iterator

from exports.base import Format
from exports.walked import Table, head, spell
from trajectories import Scenario


def write(scenario: Scenario) -> Iterator[bytes]:
    """The table in pieces.

    Examples
    --------
    Comments first, then the names of the columns, then the start:

    >>> from trajectories import parse_link
    >>> text = b"".join(write(parse_link("surface=booth&steps=1&run=sgd:lr=0.1")[0])).decode()
    >>> [line for line in text.splitlines() if not line.startswith("#")][1][:22]
    '1,SGD,sgd,0,-8.0,7.0,1'
    """
    table = Table(scenario)
    about = [*head(scenario), "", *(f"{name}: {text}" for name, text in table.columns.items()), ""]
    yield ("".join(f"# {line}".rstrip() + "\n" for line in about)).encode()
    yield _lines([list(table.columns)])
    for rows in table.pieces():
        yield _lines([[spell(cell) for cell in row] for row in rows])


def _lines(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


FORMAT = Format(
    key="csv",
    label="Table (CSV)",
    family="numbers",
    order=10,
    says="Every number of the walk and all parts of every step, to the last digit: for a spreadsheet or for pandas.",
    suffix=".csv",
    media_type="text/csv; charset=utf-8",
    write=write,
)
