"""The bifurcation view: where the last positions of a run lie, for each value of one of its settings."""

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from surfaces import Landscape
from trajectories.checks import check_whole
from trajectories.ends import EndObserver, ends_from
from trajectories.ensemble import Columns, step_ensemble_in_pieces
from trajectories.once import once
from trajectories.scenario import Scenario
from trajectories.settings_map import Axis, check_axes, ensembles_of, values_of

MOST_VALUES = 1024
LAST = 50  # positions of each walk
LONGEST_PERIOD = 16
# Positions that come back to within this share of the map are the same.
ALIKE, SETTLING = 1e-6, 1e-5
STEPS_AT_ONCE = 64


@dataclass(frozen=True, kw_only=True, eq=False)
class Orbits:
    """The last positions of one run for each value of a setting; all arrays are read-only.

    Parameters
    ----------
    axis : Axis
        The setting.
    values : ndarray, float64, (n,)
        Its values, rising.
    positions : ndarray, float64, (n, last, 2)
        The last positions of each walk, in the order of the steps: 50, or all of a shorter walk. NaN or infinite where
        it diverged.
    losses : ndarray, float64, (n, last)
        The losses there.
    kinds : ndarray, int8, (n,)
        The outcome of each walk, as an index into ``KINDS``.
    periods : ndarray, int64, (n,)
        After how many steps a walk is again where it was: 1 at rest, 2 where it alternates; 0 if that is after none of
        1 to 16 steps, as in chaos. See ``periods_of``.
    """

    axis: Axis
    values: NDArray[np.float64]
    positions: NDArray[np.float64]
    losses: NDArray[np.float64]
    kinds: NDArray[np.int8]
    periods: NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in (self.values, self.positions, self.losses, self.kinds, self.periods):
            array.flags.writeable = False


def orbits(scenario: Scenario, axis: Axis, count: int = 400) -> Orbits:
    """Simulate one run of a scenario for each value of a setting, and keep where its last 50 positions lie.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    axis : Axis
        A hyperparameter of a run, or one of ``settings_map.SHARED``.
    count : int
        The number of values, 2 to 1024: the middles of equal parts of the axis, spaced as on the setting's slider. An
        axis of batches has each whole number once, so it may have fewer.

    Raises
    ------
    ValueError
        If there is no such run or setting, the range is invalid, or the optimizer or the landscape cannot be stepped as
        an ensemble: one sentence.

    Examples
    --------
    Gradient descent on f = (1 - x y)^2 / 2 from x = y rests at the minimum below lr 1, alternates between two positions
    from there, and between four from sqrt(5) - 1 = 1.236:

    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=hyperbola&start=0.9,0.9&steps=1000&run=sgd")
    >>> found = orbits(scenario, Axis(name="lr", low=0.8, high=1.28), 3)
    >>> found.values.round(2).tolist(), found.periods.tolist()
    ([0.86, 1.01, 1.18], [1, 2, 2])
    """
    check_axes(scenario, (axis,))
    check_whole("count", count, 2, MOST_VALUES)
    return _orbits(scenario, axis, count)


@once(16)
def _orbits(scenario: Scenario, axis: Axis, count: int) -> Orbits:
    work = orbits_in_pieces(scenario, axis, count, STEPS_AT_ONCE)
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: Orbits = end.value
            return found


def orbits_in_pieces(scenario: Scenario, axis: Axis, count: int, steps: int) -> Generator[None, None, Orbits]:
    """As ``orbits``, with a pause after every ``steps`` steps; close the generator to cancel it."""
    values = values_of(scenario, axis, count)
    last = min(LAST, scenario.steps + 1)
    positions = np.empty((len(values), last, 2))
    losses = np.empty((len(values), last))
    kinds = np.empty(len(values), dtype=np.int8)
    for which, columns in ensembles_of(scenario, axis.run, (axis,), (values,)):
        recorders = yield from step_ensemble_in_pieces(columns, partial(_Recorder, columns), steps)
        recorded = torch.cat([recorder.last for recorder in recorders], dim=2)[..., : columns.count].numpy()
        positions[which] = recorded[:, :2].transpose(2, 0, 1)
        losses[which] = recorded[:, 2].T
        kinds[which] = ends_from(columns, recorders).kinds
    return Orbits(
        axis=axis,
        values=np.array(values),
        positions=positions,
        losses=losses,
        kinds=kinds,
        periods=periods_of(scenario.landscape, positions),
    )


def periods_of(landscape: Landscape, positions: NDArray[np.float64]) -> NDArray[np.int64]:
    """After how many steps the last positions of walks repeat, int64 (n,); 0 if after none of 1 to 16.

    Parameters
    ----------
    landscape : Landscape
        Positions are the same if they differ by at most a millionth of its map, along x and along y. A walk that
        repeats to within ten millionths is still settling, and gets 0.
    positions : ndarray, float64, (n, last, 2)
        Consecutive positions of each walk. A period is found only if it fits into them at least twice.

    Examples
    --------
    >>> from surfaces import SURFACES
    >>> back_and_forth = np.array([[[0.0, 1.0], [1.0, 1.0]] * 25])
    >>> periods_of(SURFACES["hump"].landscape, back_and_forth).tolist()
    [2]
    """
    found = np.zeros(len(positions), dtype=np.int64)
    last = positions.shape[1]
    settling = np.zeros(len(positions), dtype=np.bool_)
    # The extent of positions that are not finite is NaN, which is not alike.
    with np.errstate(invalid="ignore"):
        for period in range(1, min(LONGEST_PERIOD, last // 2) + 1):
            rounds = positions[:, last % period :].reshape(len(positions), -1, period, 2)
            extents = ((rounds.max(axis=1) - rounds.min(axis=1)) / landscape.size).max(axis=(1, 2))
            found[(found == 0) & ~settling & (extents <= ALIKE)] = period
            # A walk that nearly repeats is still approaching this period: no multiple of it is one.
            settling |= extents <= SETTLING
    return found


class _Recorder(EndObserver):
    """The observer of a block that also stores x, y and the loss of the last steps, (last, 3, count)."""

    def __init__(self, columns: Columns, count: int) -> None:
        super().__init__(columns, count)
        self._first = max(0, columns.steps + 1 - LAST)
        self.last = torch.empty(columns.steps + 1 - self._first, 3, count, dtype=torch.float64)

    def add_steps(self, first: int, record: Tensor) -> None:
        """See ``ensemble.Observer``."""
        late = record[max(0, self._first - first) :, :, :3]
        at = first + len(record) - len(late) - self._first
        self.last[at : at + len(late)] = late.transpose(1, 2)
        super().add_steps(first, record)
