"""An ensemble: many walks of one optimizer at once, as the columns of one tensor.

Starts, hyperparameters and seeds may differ by column.

Where the columns share their hyperparameters, torch's class takes the first step and the landscape's compiled loop the
others, on one (2, n) tensor: an elementwise optimizer computes each column independently of the others. Where
hyperparameters differ by column, the optimizer's rule is evaluated with a tensor for each hyperparameter
(``OptimizerSpec.rule``). Only observers store results of the steps, so memory does not grow with the number of steps.
"""

import os
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from trajectories.block import Block, CancelledError, Observer, ObserverType
from trajectories.columns import MOST_COLUMNS, Columns

__all__ = ["MOST_COLUMNS", "CancelledError", "Columns", "Observer", "join", "step_ensemble", "step_ensemble_in_pieces"]

# A block takes all its steps before the next one begins, so its tensors stay in the processor's cache.
BLOCK, LEAST_BLOCK = 4_096, 1_024
BLOCK_EXAMPLES = 2**18  # the most examples, summed over the columns, that a block of a landscape with data evaluates
# Kernels round the numbers of the last, incomplete vector differently, so blocks are filled up to complete vectors.
VECTOR = 32
SEEDS_AT_ONCE = 1_024  # the draws of at most so many seeds are in memory at a time


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
        Called after every few steps of each block; once it returns True, the ensemble ends.

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
    blocks = [columns.part(which) for which in _blocks(columns, _cores())]
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
    for which in _blocks(columns, 1):
        block = Block(columns.part(which), observe)
        while not block.finished:
            block.advance(count)
            yield
        observers.append(block.observer)
    return observers


def _blocks(columns: Columns, threads: int) -> list[Tensor]:
    """The indices of the columns of each block; the last index is repeated to fill complete vectors."""
    most = BLOCK
    if not isinstance(columns.seeds, int):
        most = min(most, SEEDS_AT_ONCE)
    if columns.landscape.examples is not None:
        most = max(VECTOR, min(most, BLOCK_EXAMPLES // columns.landscape.examples.count))
    shared = -(-columns.count // threads)  # one block for each thread, unless blocks would be too small
    width = VECTOR * -(-min(most, max(shared, LEAST_BLOCK)) // VECTOR)
    numbers = torch.arange(width * -(-columns.count // width)).clamp_(max=columns.count - 1)
    blocks = list(torch.split(numbers, width))
    last = VECTOR * -(-(columns.count - width * (len(blocks) - 1)) // VECTOR)
    return [*blocks[:-1], blocks[-1][:last]]


def _step_block(
    columns: Columns, observe: Callable[[int], ObserverType], cancelled: Callable[[], bool]
) -> ObserverType:
    block = Block(columns, observe)
    block.advance(columns.steps + 1, cancelled)
    return block.observer


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
