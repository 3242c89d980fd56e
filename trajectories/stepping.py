"""A walk: all runs of a scenario side by side, by the steps of torch.optim, everything recorded."""

import inspect
from collections.abc import Callable, Collection
from copy import deepcopy

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from optimizers import OPTIMIZERS
from trajectories.compiled import CompiledLoop, Kernels
from trajectories.gradient import WIDTH
from trajectories.inside import Inside
from trajectories.loops import compiled_loop
from trajectories.scenario import Run, Scenario
from trajectories.source import source_of

# The columns of every walk; each hyperparameter that changes from step to step adds one with its name.
COLUMNS = ("x", "y", "loss", "gradient_x", "gradient_y")
BATCH_COLUMNS = ("batch_loss",)  # further columns of a walk with batches

# With so few numbers, additional threads only wait for each other.
torch.set_num_threads(1)


class Walk:
    """Steps all runs of one scenario.

    One tensor of ``WIDTH`` rows holds the present step: x, y, loss and gradient of each run. A run's parameter and its
    ``.grad`` are views of its row, so nothing is stacked, copied or zeroed: torch.optim changes x and y, and one shared
    forward and backward pass writes the rest. Nothing is clipped; a run that overflows ends, and the others go on.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    inside : collection of int
        The runs of which the parts of each step are recorded too.

    Attributes
    ----------
    step : int
        The last step that is recorded; 0 is the start.
    columns : tuple of str
        The names of the record's columns: ``COLUMNS``, and with batches ``batch_loss``.
    record : ndarray, float64, (steps + 1, runs, columns)
        x, y, loss, and the gradient as the optimizer gets it: with batches that of the batch, noise included. Then the
        loss of the batch, if there is one. NaN where nothing was recorded.
    diverged : list of (int or None)
        For each run, the first step with a position, loss or gradient that is not finite. The loss of a batch does not
        count.
    inside : mapping of int to Inside
        For each run of ``inside``, the parts of its steps; row n belongs to the step that led to position n.

    Raises
    ------
    ValueError
        If an optimizer cannot be stepped: the sentence of its record.
    """

    def __init__(self, scenario: Scenario, *, inside: Collection[int] = ()) -> None:
        runs = scenario.runs
        self.scenario = scenario
        self.step = 0
        self.diverged: list[int | None] = [None] * len(runs)
        self._landscape = scenario.landscape
        self._source = source_of(self._landscape, scenario.batch, scenario.noise, scenario.seed)
        self.columns = COLUMNS + BATCH_COLUMNS if scenario.batch else COLUMNS
        self._kernels: tuple[CompiledLoop, Kernels] | None = None
        self._refused = False  # True if the loop cannot continue one of the remaining runs
        with torch.inference_mode():
            self._table = torch.full((scenario.steps + 1, len(runs), len(self.columns)), torch.nan, dtype=torch.float64)
            self.record: NDArray[np.float64] = self._table.numpy()
            present = torch.zeros(WIDTH, len(self.columns), dtype=torch.float64)
            self._rows = present
            self._positions, self._results, self._gradients = present[:, :2], present[:, 2:], present[:, 3:5]
            self._positions.copy_(torch.tensor(scenario.start, dtype=torch.float64))
            self._present: NDArray[np.float64] = present.numpy()[: len(runs)]
            self.inside = {index: Inside(runs[index], self.record[:, index]) for index in inside}
            self._optimizers = [self._optimizer(index, run) for index, run in enumerate(runs)]
            steps = [self._stepper(index) for index in range(len(runs))]
            self._walking: dict[int, Callable[[], object]] = dict(enumerate(steps))
            self._evaluate()

    @property
    def finished(self) -> bool:
        """Whether all steps have been taken."""
        return self.step == self.scenario.steps

    @torch.inference_mode()
    def advance(self, steps: int) -> None:
        """Take at most so many steps, with a compiled loop where one is ready, else with torch's classes."""
        last = min(self.step + steps, self.scenario.steps)
        while self.step < last and self._walking:
            compiled = self._compiled() if self.step > 0 else None
            if compiled is not None:
                self._advance_compiled(*compiled, last)
                continue
            for take_step in self._walking.values():
                take_step()
            self.step += 1
            self._evaluate()
        if not self._walking:
            self.step = self.scenario.steps

    @torch.inference_mode()
    def landings(self, run: int, gradients: Tensor) -> Tensor:
        """Where a run's next step would end with other gradients; the walk itself does not change.

        Parameters
        ----------
        run : int
            The index of the run, which must not have diverged.
        gradients : Tensor, float64, (n, 2)
            The gradients.

        Returns
        -------
        Tensor, float64, (n, 2)
            The positions after the step. torch's class takes each step with a copy of the optimizer's present state.
        """
        optimizer = self._optimizers[run]
        take_step = inspect.unwrap(type(optimizer).step)
        (position,) = optimizer.param_groups[0]["params"]
        kept, present = optimizer.state.pop(position, {}), self._rows[run].clone()
        ends = torch.empty_like(gradients)
        for gradient, end in zip(gradients, ends, strict=True):
            optimizer.state[position] = deepcopy(kept)
            self._rows[run] = present
            self._gradients[run] = gradient
            take_step(optimizer)
            end.copy_(position)
        self._rows[run] = present
        optimizer.state[position] = kept
        return ends

    @torch.inference_mode()
    def kept(self, run: int) -> dict[str, Tensor]:
        """What torch stores of a run after its last step, by the keys of its optimizer's lines; float64, (2,) or ()."""
        optimizer = self._optimizers[run]
        (position,) = optimizer.param_groups[0]["params"]
        state, names = optimizer.state.get(position, {}), OPTIMIZERS[self.scenario.runs[run].optimizer].state
        return {key: torch.as_tensor(state[name]).double().clone() for key, name in names.items() if name in state}

    def _compiled(self) -> tuple[CompiledLoop, Kernels] | None:
        """The landscape's compiled loop and the remaining runs, if the loop can step all of them."""
        if self._kernels is not None:
            return self._kernels
        if self._refused or not self.inside.keys().isdisjoint(self._walking):
            return None
        loop = compiled_loop(self._landscape)
        if loop is None:
            return None
        kernels = loop.kernels()
        for index in self._walking:
            run = self.scenario.runs[index]
            if not loop.add(kernels, run.optimizer, self._optimizers[index], run.values_at(self.step + 1)):
                self._refused = True
                return None
        self._kernels = loop, kernels
        return self._kernels

    def _advance_compiled(self, loop: CompiledLoop, kernels: Kernels, last: int) -> None:
        """Advance to step ``last``, or to the end of the block of noise, or until a run diverges."""
        first = self.step + 1
        steps = self._source.steps(first, last - self.step)
        loop.take(self._rows, self._table, steps, kernels)
        block = self.record[first : first + steps.count]
        self.step += steps.count
        block[:, [run for run, step in enumerate(self.diverged) if step is not None]] = np.nan
        if not np.isfinite(block[:, list(self._walking), :5]).all():
            # No row depends on another, so the steps of the other runs are valid.
            for run in self._walking:
                broken = np.flatnonzero(~np.isfinite(block[:, run, :5]).all(axis=1))
                if broken.size:
                    block[broken[0] + 1 :, run] = np.nan
                    self._end(run, first + int(broken[0]))
            self._walking = {run: step for run, step in self._walking.items() if self.diverged[run] is None}
            self._kernels, self._refused = None, False

    def _evaluate(self) -> None:
        """Evaluate loss and gradient at every run's current position and store them."""
        self._results.copy_(self._source.rows(self.step, self._positions))
        self.record[self.step] = self._present
        if len(self._walking) < len(self.diverged):
            self.record[self.step, [run for run, step in enumerate(self.diverged) if step is not None]] = np.nan
        if not np.isfinite(self._present[:, :5]).all():
            self._end_diverged()

    def _end_diverged(self) -> None:
        for run in [run for run in self._walking if not np.isfinite(self._present[run, :5]).all()]:
            self._end(run, self.step)
            del self._walking[run]
        self._kernels, self._refused = None, False

    def _end(self, run: int, step: int) -> None:
        self.diverged[run] = step
        # Its row is still evaluated with the others, but not recorded. The start has finite numbers.
        self._positions[run] = torch.tensor(self.scenario.start, dtype=torch.float64)

    def _optimizer(self, index: int, run: Run) -> torch.optim.Optimizer:
        spec = OPTIMIZERS[run.optimizer]
        if refusal := spec.refusal():
            raise ValueError(refusal)
        position = self._positions[index]
        position.grad = self._gradients[index]
        return spec.build([position], **run.values_at(1))

    def _stepper(self, index: int) -> Callable[[], object]:
        """A function that takes one step of a run, and stores the parts of the step if they are recorded."""
        optimizer = self._optimizers[index]
        # torch wraps ``step`` in a profiler's scope, hooks and no_grad, which take up to half of the time of a step on
        # two numbers. Here are no profiler and no hooks, and gradients are off: the unwrapped method is called.
        take_step = inspect.unwrap(type(optimizer).step)
        inside = self.inside.get(index)
        if inside is None:
            return lambda: take_step(optimizer)
        (position,) = optimizer.param_groups[0]["params"]

        def step_and_keep_parts() -> None:
            take_step(optimizer)
            inside.keep(self.step + 1, optimizer.state[position])

        return step_and_keep_parts
