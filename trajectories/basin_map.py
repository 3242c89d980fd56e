"""The basin map: where the walk of one run ends from each start of a grid over the map."""

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from surfaces import Landscape
from trajectories.checks import check_whole
from trajectories.ends import Ends, ends_in_pieces, ends_of
from trajectories.ensemble import Columns
from trajectories.once import once
from trajectories.scenario import Run, Scenario
from trajectories.sentences import show_value
from trajectories.verdicts import GLOBAL, LOCAL

ELSEWHERE = -1
MOST_ROWS = 1024
# A strip of whole rows with at most so many starts is one ensemble: memory does not grow with the size of the map.
STRIP = 16_384
# Starts whose distance is this share of the map end at the same place, unless the walk is sensitive to its start.
NEIGHBOR = 1e-12

Shape = tuple[int, int]
Range = tuple[float, float]
Window = tuple[Range, Range]


@dataclass(frozen=True, kw_only=True, eq=False)
class BasinMap:
    """Where the walks from a grid of starts end; all arrays are read-only.

    Parameters
    ----------
    x, y : ndarray, float64, (columns,) and (rows,)
        The starts: the middles of the equal cells that the window is divided into.
    ends : ndarray, float64, (rows, columns, 2)
        The position after the last step; NaN where the walk diverged.
    losses : ndarray, float64, (rows, columns)
        The loss there; NaN where the walk diverged.
    kinds : ndarray, int8, (rows, columns)
        The outcome of each walk, as an index into ``KINDS``.
    steps : ndarray, int64, (rows, columns)
        The first step from which the outcome holds until the end.
    minima : ndarray, int64, (rows, columns)
        Index of the landscape's minimum at which the walk arrives, from 0; -1 if it arrives at none.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    ends: NDArray[np.float64]
    losses: NDArray[np.float64]
    kinds: NDArray[np.int8]
    steps: NDArray[np.int64]
    minima: NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in vars(self).values():
            array.flags.writeable = False


def basins(scenario: Scenario, run: int = 0, shape: Shape = (36, 60), window: Window | None = None) -> BasinMap:
    """Simulate one run of a scenario from each start of a grid, all at once.

    Parameters
    ----------
    scenario : Scenario
        The scenario; its own start is not used.
    run : int
        The index of the run, from 0.
    shape : (int, int)
        The number of rows and columns of starts, 1 to 1024 each.
    window : ((float, float), (float, float)), optional
        The ranges of x and y that the cells fill; by default the bounds of the landscape.

    Returns
    -------
    BasinMap
        A walk from the same start in ``simulate`` may differ in its last digits, and in more digits if it is chaotic:
        see ``sensitive``.

    Raises
    ------
    ValueError
        If there is no such run, or an argument is out of its range, or the optimizer or the landscape cannot be stepped
        as an ensemble: one sentence.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=two_wells&steps=200&run=sgd:lr=0.05")
    >>> basins(scenario, shape=(2, 8)).minima.tolist()
    [[0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 1, 1, 1, 1]]
    """
    settings = scenario.runs[check_whole("run", run, 0, len(scenario.runs) - 1)]
    window = check_window(window, scenario.landscape)
    for name, count in zip(("rows of shape", "columns of shape"), shape, strict=True):
        check_whole(name, count, 1, MOST_ROWS)
    chance = scenario.batch, scenario.noise, scenario.seed
    return _basins(scenario.landscape, scenario.steps, chance, settings, shape, window)


@once(64)
def _basins(
    landscape: Landscape, steps: int, chance: tuple[int, float, int], run: Run, shape: Shape, window: Window
) -> BasinMap:
    """Cached without the scenario's start: the answer stays the same while a visitor drags the start."""
    return _simulated(landscape, steps, chance, run, *cells(window, shape))


def basins_in_pieces(
    scenario: Scenario, run: int, shape: Shape, window: Window, rows: slice, count: int, *, neighbors: bool = False
) -> Generator[None, None, BasinMap]:
    """Some rows of ``basins``, with a pause after every ``count`` steps; close the generator to cancel it.

    With ``neighbors``, the walks begin at the neighbors of the cells' middles: see ``sensitive``.
    """
    x, y = cells(window, shape)
    if neighbors:
        x, y = _shifted(scenario.landscape, x, y)
    chance = scenario.batch, scenario.noise, scenario.seed
    strip = _strip(scenario.landscape, scenario.steps, chance, scenario.runs[run], x, y[rows])
    return _joined(x, y[rows], [(yield from ends_in_pieces(strip, count))])


def sensitive(scenario: Scenario, found: BasinMap, run: int = 0) -> NDArray[np.bool_]:
    """Which starts of a basin map have a neighbor, at 1e-12 of the map, whose walk ends elsewhere; (rows, columns).

    There rounding decides where a walk ends: ``simulate`` may give another end than the map.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=two_wells&steps=200&run=sgd:lr=0.05")
    >>> bool(sensitive(scenario, basins(scenario, shape=(2, 8))).any())
    False
    """
    x, y = _shifted(scenario.landscape, found.x, found.y)
    chance = scenario.batch, scenario.noise, scenario.seed
    return differ(found, _simulated(scenario.landscape, scenario.steps, chance, scenario.runs[run], x, y))


def differ(one: BasinMap, other: BasinMap) -> NDArray[np.bool_]:
    """Where two maps of the same size have different outcomes or minima, (rows, columns)."""
    return np.asarray((one.kinds != other.kinds) | (one.minima != other.minima))


def check_window(window: object, landscape: Landscape) -> Window:
    """A window as ((x_low, x_high), (y_low, y_high)); None is the landscape's bounds.

    Raises
    ------
    ValueError
        If it is no pair of finite, rising ranges: one sentence.
    """
    if window is None:
        return landscape.bounds
    try:
        ranges = [(float(low), float(high)) for low, high in window]  # type: ignore[attr-defined]
        (x_low, x_high), (y_low, y_high) = ranges
    except (TypeError, ValueError):
        raise ValueError(f"window must be two ranges, of x and of y: got {show_value(window)}.") from None
    for name, low, high in (("x", x_low, x_high), ("y", y_low, y_high)):
        if not (math.isfinite(high - low) and low < high):
            raise ValueError(f"the range of {name} in window must be finite and rise: got {show_value([low, high])}.")
    return (x_low, x_high), (y_low, y_high)


def cells(window: Window, shape: Shape) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The middles of the equal cells of a window along x, (columns,), and along y, (rows,)."""
    rows, columns = shape
    x, y = (
        low + (high - low) * (np.arange(count) + 0.5) / count
        for (low, high), count in zip(window, (columns, rows), strict=True)
    )
    return x, y


def strips_of(shape: Sequence[int], most: int = STRIP) -> Iterator[slice]:
    """The rows of each strip of a map: as many whole rows as have at most so many starts, but at least one."""
    rows, columns = shape
    height = max(1, most // columns)
    return (slice(first, min(first + height, rows)) for first in range(0, rows, height))


def _shifted(
    landscape: Landscape, x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    across, up = (NEIGHBOR * (high - low) for low, high in landscape.bounds)
    return x + across, y + up


def _simulated(
    landscape: Landscape,
    steps: int,
    chance: tuple[int, float, int],
    run: Run,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> BasinMap:
    """The map of all walks from every pair of an x, (columns,), and a y, (rows,)."""
    strips = [_strip(landscape, steps, chance, run, x, y[rows]) for rows in strips_of((len(y), len(x)))]
    return _joined(x, y, [ends_of(strip) for strip in strips])


def _strip(
    landscape: Landscape,
    steps: int,
    chance: tuple[int, float, int],
    run: Run,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> Columns:
    """The walks from every pair of an x, (columns,), and a y, (rows,); row by row."""
    batch, noise, seed = chance
    return Columns(
        landscape=landscape,
        optimizer=run.optimizer,
        starts=torch.tensor(np.stack(np.meshgrid(x, y)).reshape(2, -1)),
        values=run.values,
        steps=steps,
        batch=batch,
        noise=noise,
        seeds=seed,
    )


def _joined(x: NDArray[np.float64], y: NDArray[np.float64], strips: Sequence[Ends]) -> BasinMap:
    shape = len(y), len(x)
    kinds, steps, minima, losses, ends = (
        np.concatenate([getattr(strip, name) for strip in strips])
        for name in ("kinds", "steps", "minima", "losses", "positions")
    )
    return BasinMap(
        x=x.copy(),
        y=y.copy(),
        ends=ends.reshape(*shape, 2),
        losses=losses.reshape(shape),
        kinds=kinds.reshape(shape),
        steps=steps.reshape(shape),
        minima=np.where((kinds == GLOBAL) | (kinds == LOCAL), minima, ELSEWHERE).reshape(shape),
    )
