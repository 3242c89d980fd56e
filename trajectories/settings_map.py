"""The settings map: how the walks of a scenario end for each value of one setting, or for each pair of two."""

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from trajectories.axis import SHARED, Axis, range_of, values_of
from trajectories.checks import check_whole
from trajectories.ends import Ends, ends_in_pieces
from trajectories.ensemble import Columns
from trajectories.once import once
from trajectories.scenario import Run, Scenario
from trajectories.sentences import show_text
from trajectories.verdicts import GLOBAL, LOCAL

__all__ = ["MOST_VALUES", "SHARED", "Axis", "SettingsMap", "range_of", "runs_of", "settings", "values_of"]

MOST_VALUES = 256  # of each setting
STEPS_AT_ONCE = 64


@dataclass(frozen=True, kw_only=True, eq=False)
class SettingsMap:
    """How walks end for each value, or each pair of values; all arrays are read-only.

    Parameters
    ----------
    axes : (Axis,) or (Axis, Axis)
        The setting along x, and the one along y.
    x, y : ndarray, float64, (columns,) and (rows,)
        Their values; with one axis y is empty, and there is one row.
    runs : tuple of int
        The runs that were simulated, in the order of the first axis of the arrays below: those whose hyperparameters
        the axes are.
    late_losses : ndarray, float64, (runs, rows, columns)
        The worst loss of the last 5 % of the steps; infinite where the walk left the map or diverged.
    kinds : ndarray, int8, (runs, rows, columns)
        The outcome of each walk, as an index into ``KINDS``.
    steps : ndarray, int64, (runs, rows, columns)
        The first step from which the outcome holds until the end.
    minima : ndarray, int64, (runs, rows, columns)
        Index of the minimum at which the walk arrives or which it circles; -1 for none.
    """

    axes: tuple[Axis, ...]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    runs: tuple[int, ...]
    late_losses: NDArray[np.float64]
    kinds: NDArray[np.int8]
    steps: NDArray[np.int64]
    minima: NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in (self.x, self.y, self.late_losses, self.kinds, self.steps, self.minima):
            array.flags.writeable = False

    def best(self, run: int) -> tuple[int, int] | None:
        """The row and column with the smallest late loss of a run, the first of equal ones.

        None if every walk left the map or diverged.
        """
        return _least(self.late_losses[self.runs.index(run)])

    def soonest(self, run: int) -> tuple[int, int] | None:
        """The row and column from which a run arrives at a minimum in the fewest steps, the first of equal ones.

        At a global minimum if any walk arrives at one. None if no walk arrives.
        """
        place = self.runs.index(run)
        for kind in (GLOBAL, LOCAL):
            found = _least(np.where(self.kinds[place] == kind, self.steps[place], math.inf))
            if found is not None:
                return found
        return None


def _least(numbers: NDArray[np.float64]) -> tuple[int, int] | None:
    row, column = np.unravel_index(int(np.argmin(numbers)), numbers.shape)
    return (int(row), int(column)) if math.isfinite(numbers[row, column]) else None


def settings(scenario: Scenario, axes: Sequence[Axis], shape: tuple[int, int] = (24, 32)) -> SettingsMap:
    """Simulate a scenario for each value of one setting, or for each pair of values of two, all else unchanged.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    axes : (Axis,) or (Axis, Axis)
        The setting along x, and the one along y: two different ones.
    shape : (int, int)
        The number of values along y and along x, 2 to 256 each; with one axis only the second counts. See
        ``values_of``: the values are the middles of equal cells on the setting's scale.

    Raises
    ------
    ValueError
        If there is no such run or setting, a range is invalid, or the optimizer or the landscape cannot be stepped as
        an ensemble: one sentence.

    Examples
    --------
    Gradient descent on a bowl with the largest curvature 1 converges for learning rates below 2, with momentum 0.5
    below 3:

    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=matyas&start=1,-1&steps=400&run=momentum")
    >>> axes = Axis(name="lr", low=0.8, high=3.5), Axis(name="momentum", low=0, high=0.75)
    >>> found = settings(scenario, axes, (2, 3))
    >>> found.x.tolist(), found.y.tolist()
    ([1.02, 1.67, 2.74], [0.293, 0.646])
    >>> [[float(loss) < 0.1 for loss in row] for row in found.late_losses[0]]
    [[True, True, False], [True, True, True]]
    """
    for name, count in list(zip(("columns of shape", "rows of shape"), reversed(shape), strict=True))[: len(axes)]:
        check_whole(name, count, 2, MOST_VALUES)
    return _settings(scenario, check_axes(scenario, axes), shape)


def check_axes(scenario: Scenario, axes: Sequence[Axis]) -> tuple[Axis, ...]:
    """The axes of a map, if there are one or two different ones with valid ranges; else a ValueError, one sentence."""
    if len(axes) not in {1, 2}:
        raise ValueError(f"A settings map has one or two axes: got {len(axes)}.")
    for axis in axes:
        range_of(scenario, axis)
    if len({(axis.name, axis.run * (not axis.is_shared)) for axis in axes}) < len(axes):
        raise ValueError(f"The axes must be two different settings: got {show_text(axes[0].name)} twice.")
    return tuple(axes)


@once(32)
def _settings(scenario: Scenario, axes: tuple[Axis, ...], shape: tuple[int, int]) -> SettingsMap:
    work = settings_in_pieces(scenario, axes, shape, STEPS_AT_ONCE)
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: SettingsMap = end.value
            return found


def settings_in_pieces(
    scenario: Scenario, axes: tuple[Axis, ...], shape: tuple[int, int], count: int
) -> Generator[None, None, SettingsMap]:
    """As ``settings``, with a pause after every ``count`` steps; close the generator to cancel it."""
    values = tuple(values_of(scenario, axis, many) for axis, many in zip(axes, reversed(shape), strict=False))
    cells = len(values[1]) if len(axes) > 1 else 1, len(values[0])
    runs = runs_of(axes)
    tables: dict[str, list[NDArray[np.float64]]] = {name: [] for name in ("late_losses", "kinds", "steps", "minima")}
    for run in runs:
        parts: list[tuple[NDArray[np.intp], Ends]] = []
        own = _values_for(run, axes, values)
        for which, columns in ensembles_of(scenario, run, axes, own):
            parts.append((which, (yield from ends_in_pieces(columns, count))))
        order = np.argsort(np.concatenate([which for which, _ in parts]))
        size = len(own[1]) if len(axes) > 1 else 1, len(own[0])
        for name, table in tables.items():
            joined = np.concatenate([getattr(ends, name) for _, ends in parts])[order].reshape(size)
            table.append(np.broadcast_to(joined, cells))
    return SettingsMap(
        axes=axes,
        x=np.array(values[0]),
        y=np.array(values[1] if len(axes) > 1 else ()),
        runs=runs,
        **{name: np.stack(table) for name, table in tables.items()},  # type: ignore[arg-type]
    )


def runs_of(axes: Sequence[Axis]) -> tuple[int, ...]:
    """The runs that a map simulates: those whose hyperparameters its axes are; the axes' first run if none are."""
    own = tuple(dict.fromkeys(axis.run for axis in axes if not axis.is_shared))
    return own or (axes[0].run,)


def with_settings(scenario: Scenario, run: int, axes: Sequence[Axis], values: Sequence[float]) -> Scenario:
    """The scenario with the values of a cell: of the settings that all runs share, and of the hyperparameters of a run.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=hump&run=sgd&run=adam")
    >>> with_settings(scenario, 1, (Axis(name="lr", run=1), Axis(name="x")), (0.2, -3)).runs[1].values["lr"]
    0.2
    """
    shared = {axis.name: value for axis, value in zip(axes, values, strict=True) if axis.is_shared}
    own = {axis.name: value for axis, value in zip(axes, values, strict=True) if not axis.is_shared and axis.run == run}
    x, y = scenario.start
    runs = list(scenario.runs)
    runs[run] = Run(optimizer=runs[run].optimizer, values={**runs[run].values, **own})
    changed = {
        "start": (shared.get("x", x), shared.get("y", y)),
        "batch": int(shared.get("batch", scenario.batch)),
        "noise": shared.get("noise", scenario.noise),
        "runs": runs,
    }
    return Scenario(**dict(scenario) | changed)


def tried_by(run: int, axes: Sequence[Axis], shape: tuple[int, int]) -> int:
    """How many settings of a run a map of (rows, columns) tries: another run's hyperparameter does not change it."""
    return math.prod(
        count for axis, count in zip(axes, reversed(shape), strict=False) if axis.is_shared or axis.run == run
    )


Values = tuple[tuple[float, ...], ...]


def _values_for(run: int, axes: tuple[Axis, ...], values: Values) -> Values:
    """The values of the axes that change the walks of a run; of another axis the first only."""
    return tuple(of if axis.is_shared or axis.run == run else of[:1] for axis, of in zip(axes, values, strict=True))


def ensembles_of(
    scenario: Scenario, run: int, axes: tuple[Axis, ...], values: Values
) -> Iterator[tuple[NDArray[np.intp], Columns]]:
    """The walks of a run for each pair of values, and their places: row by row, each from the first value of x on.

    Walks of one ensemble have the same batch and the same noise.
    """
    grid = [cells.ravel() for cells in np.meshgrid(*values)]
    columns = {axis.name: cells for axis, cells in zip(axes, grid, strict=True) if axis.is_shared or axis.run == run}
    count = len(grid[0])
    own = scenario.runs[run].values
    chance = np.stack([columns.get(name, np.full(count, getattr(scenario, name))) for name in ("batch", "noise")])
    for batch, noise in np.unique(chance, axis=1).T.tolist():
        which = np.flatnonzero((chance[0] == batch) & (chance[1] == noise))
        starts = [columns.get(name, np.full(count, at))[which] for name, at in zip("xy", scenario.start, strict=True)]
        ensemble = Columns(
            landscape=scenario.landscape,
            optimizer=scenario.runs[run].optimizer,
            starts=torch.tensor(np.stack(starts)),
            values={name: torch.tensor(columns[name][which]) if name in columns else own[name] for name in own},
            steps=scenario.steps,
            batch=int(batch),
            noise=noise,
            seeds=scenario.seed,
        )
        yield which, ensemble
