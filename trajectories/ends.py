"""How the walks of an ensemble end: position, loss and outcome of each."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from trajectories.ensemble import Columns, step_ensemble, step_ensemble_in_pieces
from trajectories.judge import Judge
from trajectories.outcome import Ending
from trajectories.stretch import stretch_of
from trajectories.verdicts import DIVERGED, KINDS, LEFT, Verdicts


@dataclass(frozen=True, kw_only=True, eq=False)
class Ends:
    """The ends of n walks; all arrays are read-only.

    Parameters
    ----------
    positions : ndarray, float64, (n, 2)
        The position after the last step; NaN where the walk diverged.
    losses : ndarray, float64, (n,)
        The loss there; NaN where the walk diverged.
    late_losses : ndarray, float64, (n,)
        The worst loss of the last 5 % of the steps: see ``sweep.late_loss``. Infinite for a walk that left the map or
        diverged.
    kinds, steps, minima, exits : ndarray, (n,)
        The judge's verdicts: see ``verdicts.Verdicts``.
    """

    positions: NDArray[np.float64]
    losses: NDArray[np.float64]
    late_losses: NDArray[np.float64]
    kinds: NDArray[np.int8]
    steps: NDArray[np.int64]
    minima: NDArray[np.int64]
    exits: NDArray[np.int64]

    def ending(self, index: int) -> Ending:
        """How one of the walks ended."""
        return Ending(
            kind=KINDS[self.kinds[index]],
            step=int(self.steps[index]),
            exit=int(self.exits[index]),
            minimum=int(self.minima[index]),
            position=self.positions[index],
        )

    def __post_init__(self) -> None:
        for array in vars(self).values():
            array.flags.writeable = False


def ends_of(columns: Columns, cancelled: Callable[[], bool] = lambda: False) -> Ends:
    """Step an ensemble to its end, and determine the outcome of each walk.

    Parameters
    ----------
    columns : Columns
        The walks.
    cancelled : callable
        Called at each step; once it returns True, ``ensemble.CancelledError`` is raised.

    Notes
    -----
    A walk from the same start in ``simulate`` may differ in its last digits, and in more digits if it is chaotic: torch
    rounds functions such as the exponential differently for many numbers than for a few.

    Examples
    --------
    Gradient descent on a bowl of curvature 1 along its steeper axis, with a learning rate for each walk:

    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=matyas&steps=200&run=sgd")
    >>> starts = torch.tensor([[1.0, 1.0, 1.0], [-1.0, -1.0, -1.0]], dtype=torch.float64)
    >>> lrs = torch.tensor([0.001, 1.0, 2.1], dtype=torch.float64)
    >>> from trajectories.verdicts import KINDS
    >>> columns = Columns(landscape=scenario.landscape, optimizer="sgd", starts=starts, values={"lr": lrs}, steps=200)
    >>> [KINDS[kind] for kind in ends_of(columns).kinds]
    ['still_moving', 'global_minimum', 'left_the_map']
    """
    return ends_from(columns, step_ensemble(columns, lambda count: EndObserver(columns, count), cancelled))


def ends_in_pieces(columns: Columns, count: int) -> Generator[None, None, Ends]:
    """As ``ends_of``, with a pause after every ``count`` steps: see ``ensemble.step_ensemble_in_pieces``."""
    return ends_from(
        columns, (yield from step_ensemble_in_pieces(columns, lambda width: EndObserver(columns, width), count))
    )


def ends_from(columns: Columns, observers: "Sequence[EndObserver]") -> Ends:
    """The ends that the observers of an ensemble have recorded."""
    tables = [observer.table() for observer in observers]
    positions, losses, late, kinds, steps, minima, exits = (
        torch.cat(parts, dim=-1)[..., : columns.count].numpy() for parts in zip(*tables, strict=True)
    )
    return Ends(
        positions=positions.T, losses=losses, late_losses=late, kinds=kinds, steps=steps, minima=minima, exits=exits
    )


class EndObserver:
    """The observer of a block: passes its steps to a judge; stores the last positions, last losses and late losses."""

    def __init__(self, columns: Columns, count: int) -> None:
        self._judge = Judge(columns.landscape, columns.steps, count, noisy=columns.noisy)
        self._late = columns.steps - stretch_of(columns.steps) + 1
        self._worst = torch.full((count,), -torch.inf, dtype=torch.float64)
        self._last = columns.steps
        self._end = (torch.empty(2, count, dtype=torch.float64), torch.empty(count, dtype=torch.float64))

    def add_steps(self, first: int, record: Tensor) -> None:
        """See ``ensemble.Observer``."""
        self._judge.add_steps(first, record)
        last = first + len(record) - 1
        if last >= self._late:
            late = record[max(0, self._late - first) :, :, 2].amax(dim=0)
            torch.maximum(self._worst, late, out=self._worst)
        if last == self._last:
            self._end = record[-1, :, :2].T.clone(), record[-1, :, 2].clone()

    def table(self) -> tuple[Tensor, ...]:
        """Positions, losses, late losses, kinds, steps, minima, exits; the columns along the last axis."""
        verdicts: Verdicts = self._judge.verdicts()
        diverged = verdicts.kinds == DIVERGED
        positions, losses = (torch.where(diverged, torch.nan, numbers) for numbers in self._end)
        late = torch.where(diverged | (verdicts.kinds == LEFT), torch.inf, self._worst)
        return positions, losses, late, verdicts.kinds, verdicts.steps, verdicts.minima, verdicts.exits
