"""Write a scenario as a query that people can read."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from optimizers import OPTIMIZERS
from trajectories.data_edits import PointEdit
from trajectories.link_table import LINK, LinkField
from trajectories.own_formula import OWN, FormulaLetter
from trajectories.scenario import Run, Scenario
from trajectories.sentences import show_number

LONGEST_LINK = 8192
DATA = ("points", "rows")
VISITORS = (*DATA, "text", "letters")  # what the visitor has written or drawn
PLAIN = "!~*'()"  # what the browser does not encode either


def format_link(scenario: Scenario) -> str:
    """Write a scenario as a query.

    Batch, noise and seed are omitted where they are 0, hyperparameters where they have their default. The data are
    omitted where the link cannot carry them: see ``carries_data``.

    Examples
    --------
    >>> format_link(Scenario(surface="hump", start=(-4, 1.5), runs=[Run(optimizer="adam", values={"lr": 0.1})]))
    'surface=hump&start=-4,1.5&steps=100&run=adam:lr=0.1'
    """
    return _write(scenario, without=() if carries_data(scenario) else DATA)


def format_settings(scenario: Scenario) -> str:
    """Write a scenario as a query without its data and its formula, which belong to the visitor: for logs."""
    surface = f"surface={OWN}&" if scenario.surface == OWN else ""
    return surface + _write(scenario, without=VISITORS)


def carries_data(scenario: Scenario) -> bool:
    """Whether the link of a scenario contains its edited data: a table has few rows, and the link is not too long."""
    small = scenario.table is None or len(scenario.table) <= LINK.most_rows
    return small and len(_write(scenario)) <= LONGEST_LINK


def _write(scenario: Scenario, *, without: Sequence[str] = ()) -> str:
    parts = []
    for part in LINK.fields:
        value = getattr(scenario, part.field)
        if part.kind not in without and (part.left_out is None or value != part.left_out):
            parts += [f"{part.key}={text}" for text in _format_part(part, value)]
    return "&".join(parts)


def _format_part(part: LinkField, value: Any) -> list[str]:
    return [] if value is None else _FORMATS[part.kind](value)


def _format_numbers(numbers: Sequence[float]) -> str:
    return ",".join(map(show_number, numbers))


def _format_letter(letter: FormulaLetter) -> str:
    text = f"{quote(letter.name)}:{show_number(letter.value)}"
    if letter.low is None and letter.high is None:
        return text
    low, high = letter.ends
    return f"{text}:{show_number(low)}{LINK.between}{show_number(high)}"


def _format_point(point: PointEdit) -> str:
    example = LINK.new if point.example is None else str(point.example)
    return f"{example}:{LINK.out if point.values is None else _format_numbers(point.values)}"


def _format_run(run: Run) -> str:
    defaults = OPTIMIZERS[run.optimizer].defaults
    changed = [f"{name}={show_number(value)}" for name, value in run.values.items() if value != defaults[name]]
    return run.optimizer + (":" + ",".join(changed) if changed else "")


_FORMATS: Mapping[str, Callable[[Any], list[str]]] = {
    "name": lambda name: [quote(name)],
    "text": lambda text: [quote(text, safe=PLAIN)],
    "number": lambda number: [show_number(number)],
    "numbers": lambda numbers: [_format_numbers(numbers)],
    "letters": lambda letters: [_format_letter(letter) for letter in letters],
    "runs": lambda runs: [_format_run(run) for run in runs],
    "points": lambda points: [_format_point(point) for point in points],
    "rows": lambda rows: [";".join(map(_format_numbers, rows))],
}
