"""Many walks of one optimizer at once, as the columns of one tensor: starts, hyperparameters and seeds may differ.

Where the columns share their hyperparameters, torch's class takes the first step and its kernel the others, on one
(2, n) tensor: every elementwise optimizer treats a column as if it were alone. Where they differ by column, the
optimizer's rule is evaluated with a tensor for each hyperparameter (``OptimizerSpec.rule``). Nothing is recorded but
what observers keep, so that memory does not grow with the steps.
"""

import inspect
import os
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Generic, Protocol, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from optimizers import OPTIMIZERS, OptimizerSpec
from surfaces import Landscape
from trajectories.by_rule import RuleStepper
from trajectories.source import GradientSource, Noisy

MOST_COLUMNS = 100_000
# A block is walked to its end before the next begins: what it computes with stays in the processor's cache.
BLOCK, RULE_BLOCK, LEAST_BLOCK = 16_384, 4_096, 1_024
# Vectorised kernels round a last, incomplete vector as scalars: a block is filled up to whole vectors, unrolled twice.
VECTOR = 32
SEEDS_AT_ONCE = 1_024  # draws of noise for so many seeds are held at a time


class Observer(Protocol):
    """What looks at the walks of a block."""

    def see(self, step: int, positions: Tensor, losses: Tensor, gradients: Tensor) -> None:
        """Look at a step: (2, n), (n,), (2, n). The tensors are overwritten later: copy what is kept."""


Seer = TypeVar("Seer", bound=Observer)


class CancelledError(Exception):
    """The batch was given up before its end, as asked."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Columns:
    """Walks side by side.

    Parameters
    ----------
    landscape : Landscape
        What they descend.
    optimizer : str
        A key of ``OPTIMIZERS``.
    starts : Tensor, float64, (2, n)
        Where each begins; 1 to 100 000 of them.
    values : mapping of str to float or Tensor, float64, (n,)
        Every hyperparameter: one number for all, or one for each column.
    steps : int
        How many steps each takes.
    noise : float
        Standard deviation of the noise on each gradient.
    seeds : int or ndarray, int64, (n,)
        Of the noise: one for all, or one for each column.

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
    noise: float = 0.0
    seeds: int | NDArray[np.int64] = 0

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST_COLUMNS:
            raise ValueError(f"A batch must have 1 to {MOST_COLUMNS} walks: got {self.count}.")
        refusal = self.spec.refusal(batch=True)
        if refusal is not None:
            raise ValueError(refusal)

    @property
    def spec(self) -> OptimizerSpec:
        """The optimizer's record."""
        return OPTIMIZERS[self.optimizer]

    @property
    def count(self) -> int:
        """How many walks."""
        return self.starts.shape[1]

    @property
    def by_rule(self) -> bool:
        """Whether a hyperparameter differs by column, so that the rule has to be evaluated."""
        return any(isinstance(value, Tensor) for value in self.values.values())

    def part(self, which: Tensor) -> "Columns":
        """Some of the columns, by their numbers."""
        return Columns(
            landscape=self.landscape,
            optimizer=self.optimizer,
            starts=self.starts[:, which],
            values={name: value[which] if isinstance(value, Tensor) else value for name, value in self.values.items()},
            steps=self.steps,
            noise=self.noise,
            seeds=self.seeds if isinstance(self.seeds, int) else self.seeds[which.numpy()],
        )


def walk(columns: Columns, observe: Callable[[int], Seer], cancelled: Callable[[], bool] = lambda: False) -> list[Seer]:
    """Walk all columns to their end.

    Parameters
    ----------
    columns : Columns
        The walks.
    observe : callable
        ``observe(count)`` makes what looks at a block of so many walks.
    cancelled : callable
        Asked at each step of each block; once it says True, the batch ends.

    Returns
    -------
    list of observer
        One for each block, in the columns' order. A block may hold more columns than are left, at the end of the last
        one: cut what the observers give to ``columns.count``.

    Raises
    ------
    CancelledError
        If ``cancelled`` said so.
    """
    blocks = [columns.part(which) for which in _blocks(columns)]
    if len(blocks) == 1:
        return [_walk_block(blocks[0], observe, cancelled)]
    return list(_pool().map(lambda block: _walk_block(block, observe, cancelled), blocks))


def walk_in_pieces(columns: Columns, observe: Callable[[int], Seer], count: int) -> Generator[None, None, list[Seer]]:
    """As ``walk``, block after block in whichever thread asks, with a pause after every ``count`` steps.

    To give it up, close the generator.
    """
    observers = []
    for which in _blocks(columns):
        walk = _BlockWalk(columns.part(which), observe)
        while not walk.finished:
            walk.advance(count, lambda: False)
            yield
        observers.append(walk.observer)
    return observers


def _blocks(columns: Columns) -> list[Tensor]:
    """The columns' numbers block by block; the last number is repeated up to whole vectors."""
    most = RULE_BLOCK if columns.by_rule else BLOCK
    if not isinstance(columns.seeds, int):
        most = min(most, SEEDS_AT_ONCE)
    shared = -(-columns.count // _cores())  # every core has a block, unless blocks would be too small to be worth it
    width = VECTOR * -(-min(most, max(shared, LEAST_BLOCK)) // VECTOR)
    numbers = torch.arange(width * -(-columns.count // width)).clamp_(max=columns.count - 1)
    blocks = list(torch.split(numbers, width))
    last = VECTOR * -(-(columns.count - width * (len(blocks) - 1)) // VECTOR)
    return [*blocks[:-1], blocks[-1][:last]]


def _walk_block(block: Columns, observe: Callable[[int], Seer], cancelled: Callable[[], bool]) -> Seer:
    walk = _BlockWalk(block, observe)
    walk.advance(block.steps + 1, cancelled)
    return walk.observer


class _BlockWalk(Generic[Seer]):
    """A block on its way; it may be advanced now by one thread, now by another."""

    @torch.inference_mode()
    def __init__(self, block: Columns, observe: Callable[[int], Seer]) -> None:
        self.observer = observe(block.count)
        self._steps = block.steps
        self._next = 0
        exact = block.noise == 0
        self._source = GradientSource(block.landscape) if exact else Noisy(block.landscape, block.noise, block.seeds)
        self._positions = block.starts.clone(memory_format=torch.contiguous_format)
        stepper = RuleStepper if block.by_rule else ClassStepper
        self._stepper: RuleStepper | ClassStepper = stepper(block.spec, block.values)

    @property
    def finished(self) -> bool:
        return self._next > self._steps

    @torch.inference_mode()
    def advance(self, count: int, cancelled: Callable[[], bool]) -> None:
        """Look at so many more steps; the first is the start."""
        for step in range(self._next, min(self._next + count, self._steps + 1)):
            if cancelled():
                raise CancelledError
            results = self._source.columns(step, self._positions)
            self.observer.see(step, self._positions, results[0], results[1:])
            if step < self._steps:
                self._positions = self._stepper.take(self._positions, results[1:])
        self._next += count


class ClassStepper:
    """Steps columns by torch's class, and by its kernel once the class has made its state."""

    def __init__(self, spec: OptimizerSpec, values: Mapping[str, float | Tensor]) -> None:
        self._spec = spec
        self._values = {name: float(value) for name, value in values.items()}
        self._take: Callable[[Tensor, Tensor], None] = self._first

    def take(self, positions: Tensor, gradients: Tensor) -> Tensor:
        """Move the positions, (2, n), in place."""
        self._take(positions, gradients)
        return positions

    def _first(self, positions: Tensor, gradients: Tensor) -> None:
        optimizer = self._spec.build([positions], **self._values)
        take_step = inspect.unwrap(type(optimizer).step)
        positions.grad = gradients
        take_step(optimizer)
        kernel, state = self._spec.kernel, optimizer.state[positions]
        if kernel is not None and set(kernel.state) <= state.keys():
            tensors = [[state[name]] for name in kernel.state]
            numbers = [self._values[name] for name in kernel.values]
            self._take = lambda positions, gradients: kernel.step([positions], [gradients], tensors, numbers)
        else:

            def by_class(positions: Tensor, gradients: Tensor) -> None:
                positions.grad = gradients
                take_step(optimizer)

            self._take = by_class


def join(parts: Iterable[Tensor], count: int) -> NDArray[np.generic]:
    """Put what the observers of the blocks found one after the other along the last axis, cut to the columns."""
    joined = torch.cat(list(parts), dim=-1)[..., :count].numpy()
    joined.flags.writeable = False
    return joined


@cache
def _cores() -> int:
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


@cache
def _pool() -> ThreadPoolExecutor:
    # Each block has a thread; a second level of threads within torch would only wait for the first.
    return ThreadPoolExecutor(_cores(), thread_name_prefix="batch", initializer=torch.set_num_threads, initargs=(1,))
