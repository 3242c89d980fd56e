"""A block of an ensemble: some of its walks, which take their steps together and are observed many steps at a time."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

import torch
from torch import Tensor

from trajectories.by_rule import RuleStepper
from trajectories.columns import Columns
from trajectories.compiled import CompiledLoop, Kernels
from trajectories.loops import compiled_loop
from trajectories.source import source_of

# At most so many positions are recorded before they are observed: the record stays in the processor's cache, and a call
# of torch takes little of the time of its arithmetic.
RECORDED = 2**16
MOST_ROWS = 64
NUMBERS = 5  # of each walk at each step: x, y, loss, gradient along x and y; with batches also the loss of the batch


class Observer(Protocol):
    """Receives the steps of a block of walks."""

    def add_steps(self, first: int, record: Tensor) -> None:
        """Process consecutive steps; ``first`` is that of the first row.

        The record, (rows, n, 5), holds x, y, loss, and the gradient along x and y. It is overwritten later: copy what
        you need later.
        """


ObserverType = TypeVar("ObserverType", bound=Observer)


class CancelledError(Exception):
    """The ensemble was cancelled before its end."""


class Block(Generic[ObserverType]):
    """A block of walks and their present step. Several threads may advance it, but not at the same time.

    Where the columns share their hyperparameters, torch's class takes the first step, which creates its state. The
    compiled loop of the landscape takes the others, many in one call, without Python and without its lock; if none is
    ready, or each column has its own seed, the optimizer's kernel or its class does. All of them give the same bits.

    Parameters
    ----------
    columns : Columns
        The walks.
    observe : callable
        ``observe(count)`` creates the observer of so many walks.
    """

    @torch.inference_mode()
    def __init__(self, columns: Columns, observe: Callable[[int], ObserverType]) -> None:
        self.observer = observe(columns.count)
        self._columns = columns
        self._next = 0  # the next step to record
        self._source = source_of(columns.landscape, columns.batch, columns.noise, columns.seeds)
        numbers = NUMBERS + (columns.batch > 0)
        rows = min(MOST_ROWS, max(1, RECORDED // columns.count), columns.steps + 1)
        self._record = torch.empty(rows, numbers, columns.count, dtype=torch.float64)
        self._present = torch.empty(numbers, columns.count, dtype=torch.float64)
        self._positions, self._results, self._gradients = self._present[:2], self._present[2:], self._present[3:5]
        self._positions.copy_(columns.starts)
        self._take = self._step_by_rule() if columns.by_rule else self._first_step
        self._loop: tuple[CompiledLoop, Kernels] | None = None

    @property
    def finished(self) -> bool:
        """Whether all steps have been taken."""
        return self._next > self._columns.steps

    @torch.inference_mode()
    def advance(self, count: int, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Record and observe at most ``count`` more steps; the very first one is the start."""
        end = min(self._next + count, self._columns.steps + 1)
        while self._next < end:
            if cancelled():
                raise CancelledError
            rows = min(len(self._record), end - self._next)
            filled = 0
            while filled < rows:
                filled += self._fill(self._next + filled, self._record[filled:rows])
            self.observer.add_steps(self._next, self._record[:rows, :NUMBERS].transpose(1, 2))
            self._next += rows

    def _fill(self, step: int, record: Tensor) -> int:
        """Record the next steps, (rows, numbers, n), or only some of them; returns how many."""
        if self._loop is not None:
            loop, kernels = self._loop
            steps = self._source.steps(step, len(record))
            loop.take(self._present.t(), record.transpose(1, 2), replace(steps, first=0), kernels)
            return steps.count
        if step > 0:
            self._take()
        self._results.copy_(self._source.columns(step, self._positions))
        record[0] = self._present
        return 1

    def _step_by_rule(self) -> Callable[[], None]:
        stepper = RuleStepper(self._columns.spec, self._columns.values)

        def take() -> None:
            self._positions.copy_(stepper.take(self._positions, self._gradients))

        return take

    def _first_step(self) -> None:
        """Take the first step by torch's class, and choose what takes the others."""
        spec = self._columns.spec
        values = {name: float(value) for name, value in self._columns.values.items()}
        self._positions.grad = self._gradients
        optimizer = spec.build([self._positions], **values)
        take_step = inspect.unwrap(type(optimizer).step)
        take_step(optimizer)
        self._take = lambda: take_step(optimizer)
        kernel, state = spec.kernel, optimizer.state[self._positions]
        if kernel is None or not set(kernel.state) <= state.keys():
            return
        tensors, numbers = [[state[name]] for name in kernel.state], [values[name] for name in kernel.values]
        self._take = lambda: kernel.step([self._positions], [self._gradients], tensors, numbers)
        loop = compiled_loop(self._columns.landscape) if isinstance(self._columns.seeds, int) else None
        kernels = None if loop is None else loop.kernels()
        if loop is not None and kernels is not None and loop.add(kernels, spec.key, optimizer, values):
            self._loop = loop, kernels
