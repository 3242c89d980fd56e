"""Every number of the walk as JSON: the columns with their meaning, the rows, and how the runs ended."""

import json
import math
from collections.abc import Iterator

from exports import heading
from exports.base import Format
from exports.walked import Cell, Table
from trajectories import Scenario


def write(scenario: Scenario) -> Iterator[bytes]:
    """The object in pieces.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> read = json.loads(b"".join(write(parse_link("surface=booth&steps=1&run=sgd:lr=0.1")[0])))
    >>> list(read)
    ['title', 'link', 'about', 'columns', 'rows', 'runs']
    >>> read["rows"][0][:6]
    [1, 'SGD', 'sgd', 0, -8.0, 7.0]
    """
    table = Table(scenario)
    begin = {
        "title": heading.title(scenario),
        "link": heading.link(scenario),
        "about": [*heading.about_surface(scenario), *heading.about_data(scenario)],
        "columns": dict(table.columns),
    }
    yield json.dumps(begin, indent=1, ensure_ascii=False)[:-2].encode() + b',\n "rows": ['
    apart = "\n  "
    for rows in table.pieces():
        if rows:
            lines = [json.dumps([_plain(cell) for cell in row], ensure_ascii=False, allow_nan=False) for row in rows]
            yield (apart + ",\n  ".join(lines)).encode()
            apart = ",\n  "
    runs = [
        {
            "name": ended.name,
            "optimizer": ended.run.optimizer,
            "settings": dict(ended.run.values),
            "outcome": {"kind": ended.outcome.kind, "step": ended.outcome.step, "sentence": ended.sentence},
        }
        for ended in table.ended
    ]
    yield ('\n ],\n "runs": ' + json.dumps(runs, indent=1, ensure_ascii=False).replace("\n", "\n ") + "\n}\n").encode()


def _plain(cell: Cell) -> Cell:
    """A cell as JSON has it: NaN is null, and an infinite number is a text, "inf" or "-inf"."""
    if isinstance(cell, float) and not math.isfinite(cell):
        return None if math.isnan(cell) else str(cell)
    return cell


FORMAT = Format(
    key="json",
    label="Data (JSON)",
    family="numbers",
    order=20,
    says="The same numbers with the settings and the outcomes of the runs, for programs.",
    suffix=".json",
    media_type="application/json",
    write=write,
)
