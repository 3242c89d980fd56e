"""The parts of a run's steps: torch's state where torch keeps it, the rest computed by the optimizer's rule."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from optimizers import OPTIMIZERS
from optimizers.evaluate import take_step
from trajectories.scenario import Run


class Inside:
    """The parts of the steps of one run; none if the rule of its optimizer is not written down.

    torch's state after each step is stored while the run is stepped. The other parts are computed from it by the rule,
    when they are needed.

    Parameters
    ----------
    run : Run
        The optimizer and its hyperparameters.
    record : ndarray, float64, (steps + 1, 5)
        The run's x, y, loss, and gradient as the optimizer gets it; filled while the run is stepped.
    """

    def __init__(self, run: Run, record: NDArray[np.float64]) -> None:
        self._spec = OPTIMIZERS[run.optimizer]
        self._run = run
        self._record = record
        self._last = 0
        self._kept: dict[str, NDArray[np.float64]] = {}

    @property
    def names(self) -> list[str]:
        """The keys of the parts: those of the rule's lines, without ``g``."""
        return [line.key for line in self._spec.rule.lines[1:]]

    def keep(self, step: int, state: Mapping[str, Any]) -> None:
        """Store torch's state after a step; parts that it does not hold are computed by the rule later."""
        self._last = step
        for key, name in self._spec.state.items():
            if name in state:
                if key not in self._kept:
                    self._kept[key] = np.full((len(self._record), 2), np.nan)
                self._kept[key][step] = _numbers(state[name])

    def parts(self, first: int, last: int) -> NDArray[np.float64]:
        """The parts of the steps ``first`` to ``last``, (count, parts, 2), in the order of ``names``.

        A part that both coordinates share is in both columns. NaN where no step was taken.
        """
        table = np.full((last - first + 1, len(self.names), 2), np.nan)
        for step in range(max(first, 1), min(last, self._last) + 1) if self.names else ():
            for axis in (0, 1):
                table[step - first, :, axis] = self._step(step, axis)
        return table

    def all_parts(self) -> dict[str, NDArray[np.float64]]:
        """The parts of all steps by name, (steps + 1, 2), or (steps + 1,) where both coordinates share it."""
        table = self.parts(0, len(self._record) - 1)
        return {
            name: table[:, column, 0 if self._spec.parts[name].drawn == "number" else slice(None)].copy()
            for column, name in enumerate(self.names)
        }

    def _step(self, step: int, axis: int) -> list[float]:
        """The parts of one step along one axis."""
        before: Any = self._record[step - 1].tolist()
        kept = {key: float(numbers[step, axis]) for key, numbers in self._kept.items()}
        memory = {key: float(numbers[step - 1, axis]) for key, numbers in self._kept.items()} if step > 1 else {}
        taken = take_step(
            self._spec.rule, self._run.values_at(step), before[3 + axis], before[axis], step, memory, kept
        )
        return [float(taken[name]) for name in self.names]


def _numbers(kept: Any) -> NDArray[np.float64] | float:
    return kept.numpy() if isinstance(kept, Tensor) else float(kept)
