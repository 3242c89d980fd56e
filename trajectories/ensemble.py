"""An ensemble: many walks of one optimizer at once, as the columns of one tensor.

Starts, hyperparameters and seeds may differ by column.

Where the columns share their hyperparameters, torch's class takes the first step and its kernel the others, on one
(2, n) tensor: an elementwise optimizer computes each column independently of the others. Where hyperparameters differ
by column, the optimizer's rule is evaluated with a tensor for each hyperparameter (``OptimizerSpec.rule``). Only
observers store results of the steps, so memory does not grow with the number of steps.
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
from trajectories.source import source_of

MOST_COLUMNS = 100_000
# A block takes all its steps before the next one begins, so its tensors stay in the processor's cache.
BLOCK, RULE_BLOCK, LEAST_BLOCK = 16_384, 4_096, 1_024
BLOCK_EXAMPLES = 2**18  # the most examples, summed over the columns, that a block of a landscape with data evaluates
# Kernels round the numbers of the last, incomplete vector differently, so blocks are filled up to complete vectors.
VECTOR = 32
SEEDS_AT_ONCE = 1_024  # the draws of at most so many seeds are in memory at a time


class Observer(Protocol):
    """Receives the steps of a block of walks."""

    def add_step(self, step: int, positions: Tensor, losses: Tensor, gradients: Tensor) -> None:
        """Process a step: (2, n), (n,), (2, n). The tensors are overwritten later: copy what you need later."""


ObserverType = TypeVar("ObserverType", bound=Observer)


class CancelledError(Exception):
    """The ensemble was cancelled before its end."""


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
        refusal = self.spec.refusal(ensemble=True)
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


def step_ensemble(
    columns: Columns, observe: Callable[[int], ObserverType], cancelled: Callable[[], bool] = lambda: False
) -> list[ObserverType]:
    """Take all steps of all columns.

    Parameters
    ----------
    columns : Columns
        The walks.
    observe : callable
        ``observe(count)`` creates the observer of a block of so many walks.
    cancelled : callable
        Called at each step of each block; once it returns True, the ensemble ends.

    Returns
    -------
    list of observer
        One for each block, in the columns' order. The last block may be filled up with copies of the last column: use
        only the first ``columns.count`` of all columns.

    Raises
    ------
    CancelledError
        If ``cancelled`` returned True.
    """
    blocks = [columns.part(which) for which in _blocks(columns)]
    if len(blocks) == 1:
        return [_step_block(blocks[0], observe, cancelled)]
    return list(_pool().map(lambda block: _step_block(block, observe, cancelled), blocks))


def step_ensemble_in_pieces(
    columns: Columns, observe: Callable[[int], ObserverType], count: int
) -> Generator[None, None, list[ObserverType]]:
    """As ``step_ensemble``, but one block after the other in the calling thread; yields after every ``count`` steps.

    Close the generator to cancel the ensemble.
    """
    observers = []
    for which in _blocks(columns):
        block = _Block(columns.part(which), observe)
        while not block.finished:
            block.advance(count, lambda: False)
            yield
        observers.append(block.observer)
    return observers


def _blocks(columns: Columns) -> list[Tensor]:
    """The indices of the columns of each block; the last index is repeated to fill complete vectors."""
    most = RULE_BLOCK if columns.by_rule else BLOCK
    if not isinstance(columns.seeds, int):
        most = min(most, SEEDS_AT_ONCE)
    if columns.landscape.examples is not None:
        most = max(VECTOR, min(most, BLOCK_EXAMPLES // columns.landscape.examples.count))
    shared = -(-columns.count // _cores())  # one block for each core, unless blocks would be too small
    width = VECTOR * -(-min(most, max(shared, LEAST_BLOCK)) // VECTOR)
    numbers = torch.arange(width * -(-columns.count // width)).clamp_(max=columns.count - 1)
    blocks = list(torch.split(numbers, width))
    last = VECTOR * -(-(columns.count - width * (len(blocks) - 1)) // VECTOR)
    return [*blocks[:-1], blocks[-1][:last]]


def _step_block(
    columns: Columns, observe: Callable[[int], ObserverType], cancelled: Callable[[], bool]
) -> ObserverType:
    block = _Block(columns, observe)
    block.advance(columns.steps + 1, cancelled)
    return block.observer


class _Block(Generic[ObserverType]):
    """A block of walks and their present step. Several threads may advance it, but not at the same time."""

    @torch.inference_mode()
    def __init__(self, block: Columns, observe: Callable[[int], ObserverType]) -> None:
        self.observer = observe(block.count)
        self._steps = block.steps
        self._next = 0
        self._source = source_of(block.landscape, block.batch, block.noise, block.seeds)
        self._positions = block.starts.clone(memory_format=torch.contiguous_format)
        stepper = RuleStepper if block.by_rule else ClassStepper
        self._stepper: RuleStepper | ClassStepper = stepper(block.spec, block.values)

    @property
    def finished(self) -> bool:
        return self._next > self._steps

    @torch.inference_mode()
    def advance(self, count: int, cancelled: Callable[[], bool]) -> None:
        """Evaluate ``count`` more steps; the very first one is the start."""
        for step in range(self._next, min(self._next + count, self._steps + 1)):
            if cancelled():
                raise CancelledError
            results = self._source.columns(step, self._positions)
            losses, gradients = results[0], results[1:3]
            self.observer.add_step(step, self._positions, losses, gradients)
            if step < self._steps:
                self._positions = self._stepper.take(self._positions, gradients)
        self._next += count


class ClassStepper:
    """Steps columns: torch's class takes the first step, which creates its state, and the kernel takes the others."""

    def __init__(self, spec: OptimizerSpec, values: Mapping[str, float | Tensor]) -> None:
        self._spec = spec
        self._values = {name: float(value) for name, value in values.items()}
        self._take: Callable[[Tensor, Tensor], None] = self._first

    def take(self, positions: Tensor, gradients: Tensor) -> Tensor:
        """Take a step: the positions, (2, n), are changed in place."""
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
    """Concatenate the results of the blocks' observers along the last axis, and keep those of ``count`` columns."""
    joined = torch.cat(list(parts), dim=-1)[..., :count].numpy()
    joined.flags.writeable = False
    return joined


@cache
def _cores() -> int:
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


@cache
def _pool() -> ThreadPoolExecutor:
    # One thread for each core, and torch itself uses one thread: more threads would only wait for each other.
    return ThreadPoolExecutor(_cores(), thread_name_prefix="ensemble", initializer=torch.set_num_threads, initargs=(1,))
