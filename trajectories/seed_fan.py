"""Many seeds of one scenario: where its walks end if chance decides otherwise."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from trajectories.checks import check_whole
from trajectories.ends import EndObserver, ends_from
from trajectories.ensemble import Columns, step_ensemble, step_ensemble_in_pieces
from trajectories.once import once
from trajectories.scenario import MAX_SEED, Scenario
from trajectories.verdicts import CIRCLING, GLOBAL, LOCAL

MOST_SEEDS = 256


@dataclass(frozen=True, kw_only=True, eq=False)
class Seeds:
    """The walks of one run with many seeds; all arrays are read-only.

    Parameters
    ----------
    seeds : ndarray, int64, (n,)
        The scenario's own seed first, then the numbers after it; after the largest seed comes 0.
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

    @property
    def circled(self) -> int:
        """How many walks circle a minimum until the end."""
        return int((self.kinds == CIRCLING).sum())


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
    check_seeds(scenario, count, run)
    return _seeds(scenario, count, run)


def check_seeds(scenario: Scenario, count: int, run: int) -> None:
    """Check the arguments of ``seeds``; a ValueError's text is a sentence for people."""
    check_whole("count", count, 1, MOST_SEEDS)
    check_whole("run", run, 0, len(scenario.runs) - 1)


def seeds_in_pieces(scenario: Scenario, count: int, run: int, steps: int) -> Generator[None, None, Seeds]:
    """As ``seeds``, with a pause after every ``steps`` steps; close the generator to cancel it."""
    check_seeds(scenario, count, run)
    columns = _columns(scenario, count, run)
    recorders = yield from step_ensemble_in_pieces(columns, lambda width: _Recorder(columns, width), steps)
    return _found(columns, recorders)


@once(16)
def _seeds(scenario: Scenario, count: int, run: int) -> Seeds:
    columns = _columns(scenario, count, run)
    return _found(columns, step_ensemble(columns, lambda width: _Recorder(columns, width)))


def _columns(scenario: Scenario, count: int, run: int) -> Columns:
    settings = scenario.runs[run]
    start = torch.tensor(scenario.start, dtype=torch.float64)
    return Columns(
        landscape=scenario.landscape,
        optimizer=settings.optimizer,
        starts=start[:, None].repeat(1, count),
        values=settings.values,
        steps=scenario.steps,
        batch=scenario.batch,
        noise=scenario.noise,
        seeds=(scenario.seed + np.arange(count, dtype=np.int64)) % (MAX_SEED + 1),
    )


def _found(columns: Columns, recorders: "list[_Recorder]") -> Seeds:
    ends = ends_from(columns, recorders)
    paths = torch.cat([recorder.positions for recorder in recorders], dim=2)[..., : columns.count]
    return Seeds(
        seeds=np.array(columns.seeds),
        positions=paths.permute(2, 0, 1).numpy(),
        kinds=ends.kinds,
        steps=ends.steps,
        minima=ends.minima,
    )


class _Recorder(EndObserver):
    """The observer of a block that also stores every position, (steps + 1, 2, count)."""

    def __init__(self, columns: Columns, count: int) -> None:
        super().__init__(columns, count)
        self.positions = torch.empty(columns.steps + 1, 2, count, dtype=torch.float64)

    def add_steps(self, first: int, record: Tensor) -> None:
        """Store the positions of the steps, too."""
        self.positions[first : first + len(record)] = record[:, :, :2].transpose(1, 2)
        super().add_steps(first, record)
