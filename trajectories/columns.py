"""The walks of an ensemble, as columns: starts, hyperparameters and seeds, one for all columns or one for each."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from optimizers import OPTIMIZERS, OptimizerSpec
from surfaces import Landscape

MOST_COLUMNS = 100_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Columns:
    """The walks of an ensemble.

    Parameters
    ----------
    landscape : Landscape
        The landscape that they descend.
    optimizer : str
        A key of ``OPTIMIZERS``.
    starts : Tensor, float64, (2, n)
        The start of each walk; 1 to 100 000 of them.
    values : mapping of str to float or Tensor, float64, (n,)
        Every hyperparameter: one number for all columns, or one for each.
    steps : int
        The number of steps of each walk.
    batch : int
        The number of examples whose mean gradient a step uses; 0: all examples.
    noise : float
        Standard deviation of the noise on each gradient.
    seeds : int or ndarray, int64, (n,)
        Seed of the batches and of the noise: one for all columns, or one for each.

    Raises
    ------
    ValueError
        If there are too many columns or none, or the optimizer cannot step columns: one sentence.
    """

    landscape: Landscape
    optimizer: str
    starts: Tensor
    values: Mapping[str, float | Tensor]
    steps: int
    batch: int = 0
    noise: float = 0.0
    seeds: int | NDArray[np.int64] = 0

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST_COLUMNS:
            raise ValueError(f"An ensemble must have 1 to {MOST_COLUMNS} walks: got {self.count}.")
        if self.landscape.embedding is not None:
            raise ValueError(f"An ensemble steps two weights; {self.landscape.key} is a network: simulate its runs.")
        refusal = self.spec.refusal(ensemble=True, settings=self.by_rule)
        if refusal is not None:
            raise ValueError(refusal)

    @property
    def spec(self) -> OptimizerSpec:
        """The optimizer's record."""
        return OPTIMIZERS[self.optimizer]

    @property
    def count(self) -> int:
        """The number of walks."""
        return self.starts.shape[1]

    @property
    def noisy(self) -> bool:
        """Whether chance changes the gradients: by noise or by batches."""
        return self.noise > 0 or self.batch > 0

    @property
    def by_rule(self) -> bool:
        """Whether a hyperparameter differs by column, so that the optimizer's rule has to be evaluated."""
        return any(isinstance(value, Tensor) for value in self.values.values())

    def part(self, which: Tensor) -> "Columns":
        """The columns with these indices."""
        return Columns(
            landscape=self.landscape,
            optimizer=self.optimizer,
            starts=self.starts[:, which],
            values={name: value[which] if isinstance(value, Tensor) else value for name, value in self.values.items()},
            steps=self.steps,
            batch=self.batch,
            noise=self.noise,
            seeds=self.seeds if isinstance(self.seeds, int) else self.seeds[which.numpy()],
        )
