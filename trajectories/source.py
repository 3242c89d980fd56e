"""The gradient that optimizers get: exact, of a batch, or noisy. The recorded loss is always the landscape's own."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from surfaces import Landscape
from trajectories.batches import Batches
from trajectories.compiled import Steps
from trajectories.gradient import columns_evaluator, data_evaluator, evaluator

NOISE_BLOCK = 1024
Seeds = int | NDArray[np.int64]


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
        examples = landscape.examples
        self._data = [] if examples is None else [examples.inputs, examples.targets]

    def rows(self, step: int, positions: Tensor) -> Tensor:  # noqa: ARG002
        """Loss and gradient at a step for the rows of a walk, (WIDTH, 2) -> (WIDTH, 3).

        With batches there is one column more: the loss of the step's batch.
        """
        return self._rows(positions)

    def columns(self, step: int, positions: Tensor) -> Tensor:  # noqa: ARG002
        """Loss and gradient at a step for the columns of an ensemble, (2, n) -> (3 or 4, n), as ``rows``."""
        return self._columns(positions)

    def steps(self, first: int, count: int) -> Steps:
        """What a compiled loop needs for at most ``count`` steps from ``first`` on; the source may give fewer steps."""
        return Steps(first=first, count=count, data=self._data)


class Batched(GradientSource):
    """The gradient of a batch of examples; at each step the batch is the same for every run.

    Parameters
    ----------
    landscape : Landscape
        The landscape that is descended; it has a model and examples.
    size : int
        The number of examples in a batch.
    seed : int or sequence of int
        Seed of the order of the examples; for an ensemble it may be one for each column.

    Raises
    ------
    ValueError
        If the landscape has no data.
    """

    def __init__(self, landscape: Landscape, size: int, seed: Seeds) -> None:
        super().__init__(landscape)
        if landscape.model is None or landscape.examples is None:
            raise ValueError(f"landscape {landscape.key!r} has no data.")
        self._evaluate = data_evaluator(landscape.model)
        seeds, self._column = np.unique(np.atleast_1d(seed), return_inverse=True)
        self._batches = Batches(landscape.examples.count, size, seeds.tolist())
        self._shared = len(seeds) == 1

    def rows(self, step: int, positions: Tensor) -> Tensor:
        """See ``GradientSource``."""
        return self.columns(step, positions.t().contiguous()).t()

    def columns(self, step: int, positions: Tensor) -> Tensor:
        """See ``GradientSource``."""
        batch = self._batches.at(step)
        return self._evaluate(positions, self._data, [batch[0] if self._shared else batch[self._column]])

    def steps(self, first: int, count: int) -> Steps:
        """See ``GradientSource``."""
        batches = [self._batches.at(step)[0] for step in range(first, first + count)]
        return replace(super().steps(first, count), batches=batches)


class Noisy(GradientSource):
    """Another source's gradient plus a normal random number; at each step it is the same for every run.

    Parameters
    ----------
    source : GradientSource
        The other source.
    sigma : float
        Standard deviation of the draws, in the gradient's unit.
    seed : int or sequence of int
        Seed of the draws; for an ensemble it may be one for each column.
    """

    def __init__(self, source: GradientSource, sigma: float, seed: Seeds) -> None:
        self._source = source
        seeds, self._column = np.unique(np.atleast_1d(seed), return_inverse=True)
        self._draws = [Draws(sigma, int(one)) for one in seeds]
        self._table = torch.empty(0, 2, len(seeds), dtype=torch.float64)
        self._first = self._end = 0

    def rows(self, step: int, positions: Tensor) -> Tensor:
        """See ``GradientSource``."""
        results = self._source.rows(step, positions).clone()
        results[:, 1:3] += self._draws[0].block(step)[0]
        return results

    def columns(self, step: int, positions: Tensor) -> Tensor:
        """See ``GradientSource``."""
        results = self._source.columns(step, positions).clone()
        if step >= self._end:
            blocks = [draws.block(step) for draws in self._draws]
            self._table = torch.stack(blocks, dim=2)  # (rows, 2, seeds)
            self._first, self._end = step, step + len(self._table)
        draws = self._table[step - self._first]
        results[1:3] += draws if len(self._draws) == 1 else draws[:, self._column]
        return results

    def steps(self, first: int, count: int) -> Steps:
        """See ``GradientSource``; up to the end of a block of draws."""
        noise = self._draws[0].block(first)[:count]
        return replace(self._source.steps(first, len(noise)), noise=noise)


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


def source_of(landscape: Landscape, batch: int, noise: float, seed: Seeds) -> GradientSource:
    """The gradient source of a walk or of an ensemble; ``batch`` and ``noise`` may be 0."""
    source = Batched(landscape, batch, seed) if batch else GradientSource(landscape)
    return Noisy(source, noise, seed) if noise else source
