"""Mini-batches: which examples the gradient of each step uses."""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor


class Batches:
    """The batches of ``torch.utils.data.DataLoader(examples, batch_size=size, shuffle=True, generator=...)``.

    In each epoch every example is in one batch, in a new order; the last batch of an epoch is shorter if ``size`` does
    not divide ``count``. Step t uses batch t, counted from 0; a longer walk begins with the same batches.

    Parameters
    ----------
    count : int
        The number of examples.
    size : int
        The number of examples in a batch, at least 1.
    seeds : sequence of int
        For each order of the examples, the seed of the loader's generator.

    Notes
    -----
    A loader draws three times per epoch from its generator: a seed for its workers, the order, and once more an order,
    of which it uses nothing (``RandomSampler`` draws it for samples that do not fill an epoch). A test compares the
    batches with those of a real loader.

    Examples
    --------
    >>> batches = Batches(count=5, size=2, seeds=[0])
    >>> [batches.at(step).tolist() for step in range(4)]
    [[[3, 1]], [[0, 4]], [[2]], [[1, 4]]]
    """

    def __init__(self, count: int, size: int, seeds: Sequence[int]) -> None:
        self.steps_per_epoch = -(-count // size)
        self._size = size
        self._epochs = [_orders(count, seed) for seed in seeds]
        self._epoch = -1
        self._batches: tuple[Tensor, ...] = ()

    def at(self, step: int) -> Tensor:
        """The examples of a step's batch by their index, int64, (seeds, batch). Steps must be taken in order."""
        epoch, number = divmod(step, self.steps_per_epoch)
        if epoch < self._epoch:
            raise ValueError(f"Batches must be taken in order: the present epoch is {self._epoch}, got {epoch}.")
        while self._epoch < epoch:
            order = torch.stack([next(orders) for orders in self._epochs])
            self._batches = torch.split(order, self._size, dim=1)
            self._epoch += 1
        return self._batches[number]


def _orders(count: int, seed: int) -> Iterator[Tensor]:
    """The order of the examples in each epoch."""
    generator = torch.Generator().manual_seed(seed)
    while True:
        torch.empty((), dtype=torch.int64).random_(generator=generator)  # the seed of the loader's workers
        yield torch.randperm(count, generator=generator)
        torch.randperm(count, generator=generator)  # for samples beyond whole epochs, of which there are none
