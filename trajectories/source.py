"""The gradient that optimizers get: exact or noisy. The recorded loss is always the landscape's own."""

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from surfaces import Landscape
from trajectories.gradient import columns_evaluator, evaluator
from trajectories.scenario import Scenario

NOISE_BLOCK = 1024


class GradientSource:
    """The exact gradient of a landscape; other sources are subclasses.

    Steps have to be evaluated in order, from 0: a source may draw random numbers for each.

    Parameters
    ----------
    landscape : Landscape
        The landscape that is descended.
    """

    def __init__(self, landscape: Landscape) -> None:
        self._rows, self._columns = evaluator(landscape), columns_evaluator(landscape)

    def rows(self, step: int, positions: Tensor) -> Tensor:  # noqa: ARG002
        """Loss and gradient at a step for the rows of a walk, (WIDTH, 2) -> (WIDTH, 3)."""
        return self._rows(positions)

    def columns(self, step: int, positions: Tensor) -> Tensor:  # noqa: ARG002
        """Loss and gradient at a step for the columns of a batch, (2, n) -> (3, n)."""
        return self._columns(positions)

    def added(self, step: int) -> Tensor | None:  # noqa: ARG002
        """Numbers to add to the exact gradient at this step and at the next ones, one row a step, (1 or more, 2).

        None for a source that never adds anything. A compiled loop adds all rows, then calls this method again.
        """
        return None


class Noisy(GradientSource):
    """The landscape's gradient plus a normal random number; at each step it is the same for every run.

    Parameters
    ----------
    landscape : Landscape
        The landscape that is descended.
    sigma : float
        Standard deviation of the draws, in the gradient's unit.
    seed : int or sequence of int
        Seed of the draws; for a batch it may be one for each column.
    """

    def __init__(self, landscape: Landscape, sigma: float, seed: int | NDArray[np.int64]) -> None:
        super().__init__(landscape)
        seeds, self._column = np.unique(np.atleast_1d(seed), return_inverse=True)
        self._draws = [Draws(sigma, int(one)) for one in seeds]
        self._table = torch.empty(0, 2, len(seeds), dtype=torch.float64)
        self._first = self._end = 0

    def rows(self, step: int, positions: Tensor) -> Tensor:
        """See ``GradientSource``."""
        results = super().rows(step, positions).clone()
        results[:, 1:] += self._draws[0].block(step)[0]
        return results

    def columns(self, step: int, positions: Tensor) -> Tensor:
        """See ``GradientSource``."""
        results = super().columns(step, positions).clone()
        if step >= self._end:
            blocks = [draws.block(step) for draws in self._draws]
            self._table = torch.stack(blocks, dim=2)  # (rows, 2, seeds)
            self._first, self._end = step, step + len(self._table)
        draws = self._table[step - self._first]
        results[1:] += draws if len(self._draws) == 1 else draws[:, self._column]
        return results

    def added(self, step: int) -> Tensor | None:
        """See ``GradientSource``; up to the end of a block of draws."""
        return self._draws[0].block(step)


class Draws:
    """Normal draws for the steps of a walk, in order; a longer walk begins with the same draws."""

    def __init__(self, sigma: float, seed: int) -> None:
        self._blocks = self._draw(sigma, torch.Generator().manual_seed(seed))
        self._end = 0
        self._block = torch.empty(0, 2, dtype=torch.float64)

    def block(self, step: int) -> Tensor:
        """The draws of a step and of the next ones, (1 to NOISE_BLOCK, 2), up to the end of their block."""
        if step < self._end - len(self._block):
            raise ValueError(
                f"Draws must be taken in order: the first one left is {self._end - len(self._block)}, got {step}."
            )
        while self._end <= step:
            self._block = next(self._blocks)
            self._end += NOISE_BLOCK
        return self._block[step - self._end :]

    @staticmethod
    def _draw(sigma: float, generator: torch.Generator) -> Iterator[Tensor]:
        while True:  # blocks of one size, since torch draws a long row differently from a short one
            yield sigma * torch.randn(NOISE_BLOCK, 2, dtype=torch.float64, generator=generator)


def source_of(scenario: Scenario) -> GradientSource:
    """The gradient source of a scenario."""
    landscape = scenario.landscape
    return Noisy(landscape, scenario.noise, scenario.seed) if scenario.noise else GradientSource(landscape)
