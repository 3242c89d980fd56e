"""Write a scenario as a query that people can read."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from optimizers import OPTIMIZERS
from trajectories.data_edits import PointEdit
from trajectories.link_table import LINK, LinkField
from trajectories.scenario import Run, Scenario
from trajectories.sentences import show_number

LONGEST_LINK = 8192
DATA = ("points", "rows")


def format_link(scenario: Scenario) -> str:
    """Write a scenario as a query.

    Batch, noise and seed are omitted where they are 0, hyperparameters where they have their default. The data are
    omitted where the link cannot carry them: see ``carries_data``.

    Examples
    --------
    >>> format_link(Scenario(surface="hump", start=(-4, 1.5), runs=[Run(optimizer="adam", values={"lr": 0.1})]))
    'surface=hump&start=-4,1.5&steps=100&run=adam:lr=0.1'
    """
    return _write(scenario, data=carries_data(scenario))


def format_settings(scenario: Scenario) -> str:
    """Write a scenario as a query without its data, which belong to the visitor: for logs."""
    return _write(scenario, data=False)


def carries_data(scenario: Scenario) -> bool:
    """Whether the link of a scenario contains its edited data: a table has few rows, and the link is not too long."""
    small = scenario.table is None or len(scenario.table) <= LINK.most_rows
    return small and len(_write(scenario, data=True)) <= LONGEST_LINK


def _write(scenario: Scenario, *, data: bool) -> str:
    parts = []
    for part in LINK.fields:
        value = getattr(scenario, part.field)
        if (data or part.kind not in DATA) and (part.left_out is None or value != part.left_out):
            parts += [f"{part.key}={text}" for text in _format_part(part, value)]
    return "&".join(parts)


def _format_part(part: LinkField, value: Any) -> list[str]:
    match part.kind:
        case "name":
            return [quote(value)]
        case "number":
            return [show_number(value)]
        case "numbers":
            return [_format_numbers(value)]
        case "runs":
            return [_format_run(run) for run in value]
        case "points":
            return [_format_point(point) for point in value]
        case "rows":
            return [] if value is None else [";".join(map(_format_numbers, value))]


def _format_numbers(numbers: Sequence[float]) -> str:
    return ",".join(map(show_number, numbers))


def _format_point(point: PointEdit) -> str:
    example = LINK.new if point.example is None else str(point.example)
    return f"{example}:{LINK.out if point.values is None else _format_numbers(point.values)}"


def _format_run(run: Run) -> str:
    defaults = OPTIMIZERS[run.optimizer].defaults
    changed = [f"{name}={show_number(value)}" for name, value in run.values.items() if value != defaults[name]]
    return run.optimizer + (":" + ",".join(changed) if changed else "")
