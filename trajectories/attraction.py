"""Basins of attraction: the minimum in which one run ends from each start of a grid over the map."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from surfaces import Landscape
from trajectories.checks import check_whole
from trajectories.ends import ends_of
from trajectories.ensemble import Columns
from trajectories.once import once
from trajectories.scenario import Run, Scenario
from trajectories.verdicts import GLOBAL, LOCAL

ELSEWHERE = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Attraction:
    """Where the walks from a grid of starts end; all arrays are read-only.

    Parameters
    ----------
    x, y : ndarray, float64, (columns,) and (rows,)
        The starts: the middles of the equal cells that the map is divided into.
    ends : ndarray, float64, (rows, columns, 2)
        The position after the last step; not finite where the walk diverged.
    minima : ndarray, int64, (rows, columns)
        Index of the landscape's minimum in which the walk ends, from 0; -1 if it ends in none.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    ends: NDArray[np.float64]
    minima: NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in (self.x, self.y, self.ends, self.minima):
            array.flags.writeable = False


def attraction(scenario: Scenario, run: int = 0, columns: int = 60, rows: int = 36) -> Attraction:
    """Simulate one run of a scenario from each start of a grid, all at once.

    Parameters
    ----------
    scenario : Scenario
        The scenario; its own start is not used.
    run : int
        The index of the run, from 0.
    columns, rows : int
        The number of starts along x and along y.

    Returns
    -------
    Attraction
        A walk ends in a minimum if its outcome is that it arrived there. A walk from the same start in ``simulate`` may
        differ in its last digits, and in more digits if it is chaotic.

    Raises
    ------
    ValueError
        If there is no such run.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=two_wells&steps=200&run=sgd:lr=0.05")
    >>> attraction(scenario, columns=8, rows=2).minima.tolist()
    [[0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 1, 1, 1, 1]]
    """
    settings = scenario.runs[check_whole("run", run, 0, len(scenario.runs) - 1)]
    chance = scenario.batch, scenario.noise, scenario.seed
    return _attraction(scenario.landscape, scenario.steps, chance, settings, columns, rows)


@once(64)
def _attraction(
    landscape: Landscape, steps: int, chance: tuple[int, float, int], run: Run, columns: int, rows: int
) -> Attraction:
    """Cached without the scenario's start: the answer stays the same while a visitor drags the start."""
    batch, noise, seed = chance
    x, y = (_middles(*bounds, count) for bounds, count in zip(landscape.bounds, (columns, rows), strict=True))
    starts = torch.tensor(np.stack(np.meshgrid(x, y)).reshape(2, -1))
    ends = ends_of(
        Columns(
            landscape=landscape,
            optimizer=run.optimizer,
            starts=starts,
            values=run.values,
            steps=steps,
            batch=batch,
            noise=noise,
            seeds=seed,
        )
    )
    rests = (ends.kinds == GLOBAL) | (ends.kinds == LOCAL)
    minima = np.where(rests, ends.minima, ELSEWHERE)
    return Attraction(x=x, y=y, ends=ends.positions.reshape(rows, columns, 2), minima=minima.reshape(rows, columns))


def _middles(low: float, high: float, count: int) -> NDArray[np.float64]:
    return low + (high - low) * (np.arange(count) + 0.5) / count
