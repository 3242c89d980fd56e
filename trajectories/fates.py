"""Which start ends where: one optimizer let loose from every point of a grid over the map, all at once."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from surfaces import Landscape
from trajectories.batch import Columns
from trajectories.ends import ends_of
from trajectories.once import once
from trajectories.scenario import Run, Scenario, check_whole
from trajectories.verdicts import GLOBAL, LOCAL

ELSEWHERE = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Fates:
    """Where the walks from a grid of starts end.

    Parameters
    ----------
    x, y : ndarray, float64, (columns,) and (rows,)
        The starts: the middles of equal cells that together are the map. Read-only, as all here.
    ends : ndarray, float64, (rows, columns, 2)
        Where each walk is after the last step; not finite where it diverged.
    minima : ndarray, int64, (rows, columns)
        Which of the surface's ``minima`` it rests in, from 0; -1 for none of them.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    ends: NDArray[np.float64]
    minima: NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in (self.x, self.y, self.ends, self.minima):
            array.flags.writeable = False


def fates(scenario: Scenario, run: int = 0, columns: int = 60, rows: int = 36) -> Fates:
    """Walk one run of a scenario from a grid of starts.

    Parameters
    ----------
    scenario : Scenario
        Its start does not matter.
    run : int
        Which of its runs, from 0.
    columns, rows : int
        Starts along x and along y.

    Returns
    -------
    Fates
        By the judge of ``simulate``'s outcomes: in a minimum is a walk that arrived there. Two walks from one start,
        here and in ``simulate``, may differ in their last digits, and in chaos more.

    Raises
    ------
    ValueError
        If there is no such run.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=two_wells&steps=200&run=sgd:lr=0.05")
    >>> fates(scenario, columns=8, rows=2).minima.tolist()
    [[0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 1, 1, 1, 1]]
    """
    who = scenario.runs[check_whole("run", run, 0, len(scenario.runs) - 1)]
    return _fates(scenario.landscape, scenario.steps, scenario.noise, scenario.seed, who, columns, rows)


@once(64)
def _fates(landscape: Landscape, steps: int, noise: float, seed: int, run: Run, columns: int, rows: int) -> Fates:
    """Without the start: who drags it asks for the same fates."""
    x, y = (_middles(*bounds, count) for bounds, count in zip(landscape.bounds, (columns, rows), strict=True))
    starts = torch.tensor(np.stack(np.meshgrid(x, y)).reshape(2, -1))
    ends = ends_of(
        Columns(
            landscape=landscape,
            optimizer=run.optimizer,
            starts=starts,
            values=run.values,
            steps=steps,
            noise=noise,
            seeds=seed,
        )
    )
    rests = (ends.kinds == GLOBAL) | (ends.kinds == LOCAL)
    minima = np.where(rests, ends.minima, ELSEWHERE)
    return Fates(x=x, y=y, ends=ends.positions.reshape(rows, columns, 2), minima=minima.reshape(rows, columns))


def _middles(low: float, high: float, count: int) -> NDArray[np.float64]:
    return low + (high - low) * (np.arange(count) + 0.5) / count
