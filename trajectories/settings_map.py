"""The settings map: how the walks of a scenario end for each pair of values of two of its settings."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from optimizers import OPTIMIZERS
from trajectories.checks import check_whole
from trajectories.ends import Ends, ends_of
from trajectories.ensemble import Columns
from trajectories.once import once
from trajectories.scales import spaced
from trajectories.scenario import MAX_NOISE, Scenario
from trajectories.sentences import show_number, show_text, suggest

MOST_VALUES = 256  # of each setting
LEAST_NOISE = 1e-3  # the least noise of an axis, except for none
# What belongs to the scenario, and so to all its runs: the coordinates of the start, and what changes the gradients.
SHARED = ("x", "y", "batch", "noise")


@dataclass(frozen=True, kw_only=True)
class Axis:
    """A setting, and the range of its values on one axis of a map.

    Parameters
    ----------
    name : str
        A hyperparameter of the run, or one of ``SHARED``: "x" and "y" are the coordinates of the start.
    run : int
        The index of the run whose hyperparameter it is; not used for ``SHARED``.
    low, high : float, optional
        The range; by default that of the hyperparameter, of the map, or from the least to the largest batch or noise.
    """

    name: str
    run: int = 0
    low: float | None = None
    high: float | None = None

    @property
    def is_shared(self) -> bool:
        """Whether it belongs to all runs."""
        return self.name in SHARED


@dataclass(frozen=True, kw_only=True, eq=False)
class SettingsMap:
    """How walks end for each pair of values; all arrays are read-only.

    Parameters
    ----------
    axes : (Axis, Axis)
        The settings along x and along y.
    x, y : ndarray, float64, (columns,) and (rows,)
        Their values.
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

    axes: tuple[Axis, Axis]
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
        losses = self.late_losses[self.runs.index(run)]
        row, column = np.unravel_index(int(np.argmin(losses)), losses.shape)
        return (int(row), int(column)) if math.isfinite(losses[row, column]) else None


def settings(scenario: Scenario, axes: tuple[Axis, Axis], shape: tuple[int, int] = (24, 32)) -> SettingsMap:
    """Simulate a scenario for each pair of values of two settings, all else unchanged.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    axes : (Axis, Axis)
        The settings along x and along y: two different ones.
    shape : (int, int)
        The number of values along y and along x, 2 to 256 each. The values are spaced as on the setting's slider; an
        axis of batches has each whole number once, so it may have fewer.

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
    >>> axes = Axis(name="lr", low=0.9, high=3.2), Axis(name="momentum", low=0, high=0.5)
    >>> [[float(loss) < 0.1 for loss in row] for row in settings(scenario, axes, (2, 3)).late_losses[0]]
    [[True, True, False], [True, True, False]]
    """
    for name, count in zip(("rows of shape", "columns of shape"), shape, strict=True):
        check_whole(name, count, 2, MOST_VALUES)
    across, up = axes
    if (across.name, across.run * (not across.is_shared)) == (up.name, up.run * (not up.is_shared)):
        raise ValueError(f"The axes must be two different settings: got {show_text(up.name)} twice.")
    return _settings(scenario, axes, shape)


@once(32)
def _settings(scenario: Scenario, axes: tuple[Axis, Axis], shape: tuple[int, int]) -> SettingsMap:
    x, y = (values_of(scenario, axis, count) for axis, count in zip(axes, reversed(shape), strict=True))
    found = [_ends_of_run(scenario, run, axes, (x, y)) for run in runs_of(axes)]
    tables = {
        name: np.stack([getattr(ends, name).reshape(len(y), len(x)) for ends in found])
        for name in ("late_losses", "kinds", "steps", "minima")
    }
    return SettingsMap(axes=axes, x=np.array(x), y=np.array(y), runs=runs_of(axes), **tables)


def runs_of(axes: Sequence[Axis]) -> tuple[int, ...]:
    """The runs that a map simulates: those whose hyperparameters its axes are; the axes' first run if none are."""
    own = tuple(dict.fromkeys(axis.run for axis in axes if not axis.is_shared))
    return own or (axes[0].run,)


def values_of(scenario: Scenario, axis: Axis, count: int) -> tuple[float, ...]:
    """The values of a setting along an axis, rising; at most ``count`` of them.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=hump&run=momentum")
    >>> values_of(scenario, Axis(name="lr", low=0.01, high=1), 3), values_of(scenario, Axis(name="y"), 2)
    ((0.01, 0.1, 1.0), (-2.6, 2.6))
    """
    low, high, scale = _range_of(scenario, axis)
    if axis.name == "batch":
        return tuple(sorted({float(round(value)) for value in spaced(low, high, count, scale)}))
    return spaced(low, high, count, scale)


def _range_of(scenario: Scenario, axis: Axis) -> tuple[float, float, str]:
    """The range of an axis, and the scale on which its values are spaced."""
    check_whole("run", axis.run, 0, len(scenario.runs) - 1)
    landscape = scenario.landscape
    match axis.name:
        case "x" | "y":
            (least, most), scale = landscape.bounds["xy".index(axis.name)], "linear"
        case "batch":
            if not landscape.example_count:
                raise ValueError(f"batch cannot be an axis: surface {scenario.surface!r} has no data.")
            least, most, scale = 1.0, float(landscape.example_count), "log"
        case "noise":
            least, most, scale = LEAST_NOISE, MAX_NOISE, "log"
        case name:
            known = {of.name: of for of in OPTIMIZERS[scenario.runs[axis.run].optimizer].hyperparameters}
            if name not in known:
                raise ValueError(f"There is no setting {show_text(name)}. {suggest(name, (*known, *SHARED))}")
            least, most, scale = known[name].low, known[name].high, known[name].scale
    low, high = (given if given is not None else own for given, own in ((axis.low, least), (axis.high, most)))
    within = axis.name in {"x", "y"} or least <= low < high <= most
    if not (math.isfinite(high - low) and low < high and within):
        raise ValueError(
            f"The range of {axis.name} must rise within {show_number(least)} to {show_number(most)}: "
            f"got {show_number(low)} to {show_number(high)}."
        )
    return low, high, scale


def _ends_of_run(
    scenario: Scenario, run: int, axes: tuple[Axis, Axis], values: tuple[tuple[float, ...], tuple[float, ...]]
) -> Ends:
    """How the walks of a run end: row by row, each from the first value of x to its last."""
    grid = [np.array(column) for column in zip(*_pairs(values), strict=True)]
    columns = {axis.name: cells for axis, cells in zip(axes, grid, strict=True) if axis.is_shared or axis.run == run}
    count = len(grid[0])
    parts: list[tuple[NDArray[np.intp], Ends]] = []
    # Walks of one ensemble have the same batch and the same noise.
    chance = np.stack([columns.get(name, np.full(count, getattr(scenario, name))) for name in ("batch", "noise")])
    for batch, noise in np.unique(chance, axis=1).T.tolist():
        which = np.flatnonzero((chance[0] == batch) & (chance[1] == noise))
        starts = [columns.get(name, np.full(count, at))[which] for name, at in zip("xy", scenario.start, strict=True)]
        own = scenario.runs[run].values
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
        parts.append((which, ends_of(ensemble)))
    order = np.argsort(np.concatenate([which for which, _ in parts]))
    return Ends(**{name: np.concatenate([vars(ends)[name] for _, ends in parts])[order] for name in vars(parts[0][1])})


def _pairs(values: tuple[tuple[float, ...], tuple[float, ...]]) -> Iterator[tuple[float, float]]:
    x, y = values
    return ((across, up) for up, across in itertools.product(y, x))
