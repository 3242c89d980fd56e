"""Many seeds of one scenario: where its walks end if chance decides otherwise."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from trajectories.checks import check_whole
from trajectories.ends import ends_of
from trajectories.ensemble import Columns, step_ensemble
from trajectories.once import once
from trajectories.scenario import Scenario
from trajectories.verdicts import GLOBAL, LOCAL

MOST_SEEDS = 256


@dataclass(frozen=True, kw_only=True, eq=False)
class Seeds:
    """The walks of one run with many seeds; all arrays are read-only.

    Parameters
    ----------
    seeds : ndarray, int64, (n,)
        The scenario's own seed first, then the numbers after it.
    positions : ndarray, float64, (n, steps + 1, 2)
        Each walk, from its start.
    kinds : ndarray, int8, (n,)
        The outcome of each walk, as an index into ``KINDS``.
    steps : ndarray, int64, (n,)
        The first step from which the outcome holds until the end.
    minima : ndarray, int64, (n,)
        Index of the minimum at which the walk arrives or which it circles; -1 for none.
    """

    seeds: NDArray[np.int64]
    positions: NDArray[np.float64]
    kinds: NDArray[np.int8]
    steps: NDArray[np.int64]
    minima: NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in vars(self).values():
            array.flags.writeable = False

    @property
    def ends(self) -> NDArray[np.float64]:
        """The position of each walk after the last step, (n, 2); NaN or infinite where it diverged."""
        return self.positions[:, -1]

    @property
    def arrived(self) -> int:
        """How many walks arrive at a minimum, global or local."""
        return int(((self.kinds == GLOBAL) | (self.kinds == LOCAL)).sum())


def seeds(scenario: Scenario, count: int = 64, run: int = 0) -> Seeds:
    """Simulate one run of a scenario with many seeds.

    Parameters
    ----------
    scenario : Scenario
        The scenario; without noise and batches all walks are the same.
    count : int
        How many seeds, 1 to 256: the scenario's own, and the numbers after it.
    run : int
        The index of the run.

    Raises
    ------
    ValueError
        If a number is out of its range, or the optimizer or the landscape cannot be stepped as an ensemble.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=hump&steps=50&noise=0.5&seed=3&run=sgd:lr=0.05")
    >>> found = seeds(scenario, 4)
    >>> found.seeds.tolist(), found.positions.shape, len(set(map(tuple, found.ends.tolist())))
    ([3, 4, 5, 6], (4, 51, 2), 4)
    """
    check_whole("count", count, 1, MOST_SEEDS)
    check_whole("run", run, 0, len(scenario.runs) - 1)
    return _seeds(scenario, count, run)


@once(16)
def _seeds(scenario: Scenario, count: int, run: int) -> Seeds:
    settings = scenario.runs[run]
    start = torch.tensor(scenario.start, dtype=torch.float64)
    numbers = scenario.seed + np.arange(count, dtype=np.int64)
    columns = Columns(
        landscape=scenario.landscape,
        optimizer=settings.optimizer,
        starts=start[:, None].repeat(1, count),
        values=settings.values,
        steps=scenario.steps,
        batch=scenario.batch,
        noise=scenario.noise,
        seeds=numbers,
    )
    recorders = step_ensemble(columns, lambda width: _Recorder(width, scenario.steps))
    ends = ends_of(columns)
    paths = torch.cat([recorder.positions for recorder in recorders], dim=2)[..., :count]
    return Seeds(
        seeds=numbers,
        positions=paths.permute(2, 0, 1).numpy(),
        kinds=ends.kinds,
        steps=ends.steps,
        minima=ends.minima,
    )


class _Recorder:
    """The observer of a block that stores every position, (steps + 1, 2, count)."""

    def __init__(self, count: int, steps: int) -> None:
        self.positions = torch.empty(steps + 1, 2, count, dtype=torch.float64)

    def add_step(self, step: int, positions: Tensor, losses: Tensor, gradients: Tensor) -> None:  # noqa: ARG002
        """Store a step."""
        self.positions[step] = positions
