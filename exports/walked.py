"""Every number of a walk as a table: a row for each run and step, and what each column holds."""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from charts.words import say
from exports import heading
from exports.base import ExportError
from optimizers import OPTIMIZERS
from trajectories import Outcome, Run, Scenario
from trajectories.naming import distinct_names
from trajectories.outcome import classify
from trajectories.walk import walk_of

PIECE_SECONDS = 0.03  # so long a piece of the table is computed; a server computes other things between two pieces
STEPS_AT_ONCE = 8

Cell = int | float | str | None

# What the columns of a walk hold, by their names in ``stepping.Walk`` and ``network_walk.NetworkWalk``.
MEASURED = {
    "x": "position along x",
    "y": "position along y",
    "loss": "loss at the position, without noise and over all examples",
    "gradient_x": "gradient along x as the optimizer gets it: with batches that of the batch, noise included",
    "gradient_y": "gradient along y, the same",
    "batch_loss": "loss of the batch that this gradient belongs to, at the same position",
    "distance": "distance from all weights to the plane of the map",
    "moved": "distance from the first weights to these",
    "validation_loss": "mean loss over the examples that do not train",
    "weight_1": "the weight that changes most along x",
    "weight_2": "the weight that changes most along y",
    "slope_1": "gradient of weight_1",
    "slope_2": "gradient of weight_2",
    "accuracy": "share of the training examples whose class is predicted",
    "validation_accuracy": "share of the other examples whose class is predicted",
}
IDENTITY = {
    "run": "number of the run, from 1",
    "name": "name of the run",
    "optimizer": "its optimizer, as in the link",
    "step": "number of the step; 0 is the start",
}


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A run, when its walk is complete."""

    name: str
    run: Run
    outcome: Outcome

    @property
    def sentence(self) -> str:
        """How it ended, in words."""
        return say(self.outcome.message)


class Table:
    """The table of a scenario.

    Parameters
    ----------
    scenario : Scenario
        The scenario.

    Attributes
    ----------
    columns : mapping of str to str
        What each column holds, by its name, in the order of a row.
    ended : list of Ended
        The runs with their outcomes; filled when the last piece has been taken.

    Raises
    ------
    ExportError
        If an optimizer cannot be stepped.
    ValueError
        If two columns would have the same name.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        try:
            self._walk = walk_of(scenario, inside=range(len(scenario.runs)))
        except ValueError as refusal:  # the class of an optimizer cannot be stepped
            raise ExportError(str(refusal)) from None
        self._names = distinct_names(scenario)
        self._axes = ("1", "2") if scenario.landscape.embedding is not None else ("x", "y")
        described = [(name, MEASURED[name]) for name in self._walk.columns]
        settings = {h.name: h.help for run in scenario.runs for h in OPTIMIZERS[run.optimizer].hyperparameters}
        parts: dict[str, str] = {}
        for name, text in (pair for run in scenario.runs for pair in self._parts(run).items()):
            parts[name] = text if parts.get(name, text) == text else f"{parts[name]}, or {text}"
        described += [(name, f"setting with which the step was taken: {text}") for name, text in settings.items()]
        described += [(name, f"part of the step that led here: {text}") for name, text in parts.items()]
        self.columns = IDENTITY | dict(described)
        if len(self.columns) < len(IDENTITY) + len(described):
            raise ValueError(f"Two columns have the same name: {[name for name, _ in described]}.")
        self.ended: list[Ended] = []

    def _parts(self, run: Run) -> dict[str, str]:
        """The columns of the parts of a run's steps: two for each part, or one that both coordinates share."""
        columns = {}
        for key, part in list(OPTIMIZERS[run.optimizer].parts.items())[1:]:
            for axis in ("",) if part.drawn == "number" else self._axes:
                columns[f"{key}_{axis}" if axis else key] = part.label
        return columns

    def pieces(self) -> Iterator[list[list[Cell]]]:
        """Rows in the order of the steps, in pieces that take about 30 ms each. A run that diverged has no more rows.

        A cell is None if its column does not concern the run, or no step leads to the start.
        """
        rows: list[list[Cell]] = []
        deadline = time.perf_counter() + PIECE_SECONDS
        first = 0
        while first <= self._scenario.steps:
            last = min(first + STEPS_AT_ONCE - 1, self._scenario.steps)
            self._walk.advance(last - self._walk.step)
            rows += self._rows(first, last)
            first = last + 1
            if time.perf_counter() >= deadline:
                yield rows
                rows, deadline = [], time.perf_counter() + PIECE_SECONDS
        outcomes = classify(self._scenario, self._walk.record)
        self.ended = [
            Ended(name=name, run=run, outcome=outcome)
            for name, run, outcome in zip(self._names, self._scenario.runs, outcomes, strict=True)
        ]
        yield rows

    def _rows(self, first: int, last: int) -> list[list[Cell]]:
        inside = [self._walk.inside[index].parts(first, last) for index in range(len(self._scenario.runs))]
        rows = []
        for step in range(first, last + 1):
            for index in range(len(self._scenario.runs)):
                ended = self._walk.diverged[index]
                if ended is None or step <= ended:
                    rows.append(self._row(index, step, inside[index][step - first]))
        return rows

    def _row(self, index: int, step: int, parts: NDArray[np.float64]) -> list[Cell]:
        run = self._scenario.runs[index]
        cells: dict[str, Cell] = {"run": index + 1, "name": self._names[index], "optimizer": run.optimizer}
        cells |= {"step": step} | dict(zip(self._walk.columns, self._walk.record[step, index].tolist(), strict=True))
        if step > 0:
            cells |= run.values_at(step)
            names = list(self._parts(run))
            shared = [part.drawn == "number" for part in list(OPTIMIZERS[run.optimizer].parts.values())[1:]]
            numbers = [n for pair, one in zip(parts.tolist(), shared, strict=True) for n in (pair[:1] if one else pair)]
            cells |= dict(zip(names, numbers, strict=True))
        return [cells.get(name) for name in self.columns]


def spell(cell: Cell) -> str:
    """A cell as text: a number with as many digits as it has, NaN and None as nothing.

    Examples
    --------
    >>> spell(0.1), spell(3.0), spell(float("inf")), spell(None)
    ('0.1', '3.0', 'inf', '')
    """
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return repr(cell) if isinstance(cell, float) else str(cell)


def head(scenario: Scenario) -> list[str]:
    """Lines about a table: title, link, runs and data."""
    return [
        f"{heading.title(scenario)}, computed by {heading.APP}",
        f"link: {heading.link(scenario)}",
        *(f"run {number}: {text}" for number, text in enumerate(heading.run_settings(scenario), 1)),
        *heading.about_data(scenario),
    ]
