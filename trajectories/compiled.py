"""The inner loop without Python: a landscape's traced gradient and torch's kernels in one TorchScript function.

``torch.optim``'s ``step`` spends most of its time in Python code, and holds Python's lock meanwhile. A compiled loop
does the same operations in the same order on the same tensors, gives the same bits, and does not hold the lock. The
class takes each run's first step, which creates its state; the loop continues with that state. If no loop is ready, or
an optimizer has no kernel, the class takes all steps.
"""

import inspect
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import torch
from cachetools import LRUCache
from torch import Tensor

from optimizers import OPTIMIZERS, OptimizerSpec
from surfaces import Landscape
from trajectories.gradient import Traced, trace_all, traced_gradient
from trajectories.landscapes import catalogue
from trajectories.torchscript import torchscript

# Steps in the check of a kernel against its class: enough to take each branch of a rule.
CHECK_STEPS = 40

logger = logging.getLogger(__name__)


@dataclass(eq=False)
class Kernels:
    """The runs of a walk in the form that a compiled loop takes.

    Parameters
    ----------
    runs : list of list of int
        For each kernel of the loop, the runs that it steps.
    positions, gradients : list of list of Tensor
        For each run, a list of its one tensor.
    states : list of list of list of Tensor
        For each run, its optimizer's state in the kernel's order, each a list of one tensor.
    values : list of list of float
        For each run, its hyperparameters in the kernel's order.
    """

    runs: list[list[int]]
    positions: list[list[Tensor]] = field(default_factory=list)
    gradients: list[list[Tensor]] = field(default_factory=list)
    states: list[list[list[Tensor]]] = field(default_factory=list)
    values: list[list[float]] = field(default_factory=list)

    def add(self, kernel: int, spec: OptimizerSpec, optimizer: torch.optim.Optimizer, values: list[float]) -> None:
        """Add a run; its optimizer has taken the first step."""
        (position,) = optimizer.param_groups[0]["params"]
        state = optimizer.state[position]
        self.runs[kernel].append(len(self.positions))
        self.positions.append([position])
        self.gradients.append([position.grad])
        self.states.append([[state[name]] for name in spec.kernel.state] if spec.kernel else [])
        self.values.append(values)


class _Step(torch.nn.Module):
    """A kernel as a submodule of the loop."""

    def __init__(self, step: Callable[..., None]) -> None:
        super().__init__()
        self.step = step

    def forward(
        self, position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]
    ) -> None:
        self.step(position, gradient, state, values)


class _Loop(torch.nn.Module):
    """The loop over the steps of a walk; TorchScript unrolls the loop over the kernels."""

    def __init__(self, gradient: torch.nn.Module, steps: Sequence[Callable[..., None]]) -> None:
        super().__init__()
        self.gradient = gradient
        self.steps = torch.nn.ModuleList([_Step(step) for step in steps])

    def forward(
        self,
        present: Tensor,
        record: Tensor,
        noise: Tensor,
        first: int,
        count: int,
        runs: list[list[int]],
        positions: list[list[Tensor]],
        gradients: list[list[Tensor]],
        states: list[list[list[Tensor]]],
        values: list[list[float]],
    ) -> None:
        rows, results, noisy_gradients = present[:, :2], present[:, 2:], present[:, 3:]
        recorded = present[: record.size(1)]
        noisy = noise.size(0) > 0
        for step in range(count):
            for kernel, take_step in enumerate(self.steps):
                for run in runs[kernel]:
                    take_step(positions[run], gradients[run], states[run], values[run])
            results.copy_(self.gradient(rows.t().contiguous()).t())
            if noisy:
                noisy_gradients.add_(noise[step])
            record[first + step].copy_(recorded)


class CompiledLoop:
    """Steps all runs of a walk on one landscape.

    Parameters
    ----------
    gradient : Traced
        The landscape's traced gradient.
    keys : sequence of str
        The optimizers that it can step: those whose kernel gives the same bits as their class.
    """

    def __init__(self, gradient: Traced, keys: Sequence[str]) -> None:
        self._places = {key: place for place, key in enumerate(keys)}
        kernels = [OPTIMIZERS[key].kernel for key in keys]
        loop = _Loop(gradient.columns, [kernel.step for kernel in kernels if kernel is not None])
        with torchscript():
            self._loop: Callable[..., None] = torch.jit.freeze(torch.jit.script(loop.eval()))

    def kernels(self) -> Kernels:
        """An empty set of runs; ``add`` fills it."""
        return Kernels(runs=[[] for _ in self._places])

    def add(self, kernels: Kernels, key: str, optimizer: torch.optim.Optimizer, values: Mapping[str, float]) -> bool:
        """Add a run that has taken its first step; False if the loop cannot continue it."""
        spec, place = OPTIMIZERS[key], self._places.get(key)
        (position,) = optimizer.param_groups[0]["params"]
        if place is None or spec.kernel is None or not set(spec.kernel.state) <= optimizer.state[position].keys():
            return False
        kernels.add(place, spec, optimizer, [values[name] for name in spec.kernel.values])
        return True

    def take(self, present: Tensor, record: Tensor, noise: Tensor, first: int, count: int, kernels: Kernels) -> None:
        """Take ``count`` steps and write them into the record from row ``first`` on.

        Parameters
        ----------
        present : Tensor, float64, (WIDTH, 5)
            x, y, loss and gradient of every row now; the runs' parameters and gradients are views of it.
        record : Tensor, float64, (steps + 1, runs, 5)
            The record of the walk.
        noise : Tensor, float64, (count, 2) or (0, 2)
            Added to every gradient, one row after each step; without rows nothing is added.
        first, count : int
            The first step to take, and the number of steps.
        kernels : Kernels
            The runs.
        """
        self._loop(
            present, record, noise, first, count,
            kernels.runs, kernels.positions, kernels.gradients, kernels.states, kernels.values,
        )  # fmt: skip


_loops: LRUCache[Landscape, CompiledLoop] = LRUCache(64)  # the most recently used ones
_lock = threading.Lock()


def compiled_loop(landscape: Landscape) -> CompiledLoop | None:
    """A landscape's compiled loop, if it is ready."""
    with _lock:  # reading changes the cache's order of use
        return _loops.get(landscape)


def compile_all(stop: threading.Event | None = None) -> None:
    """Trace every landscape of the catalogue and compile its loop; where that fails, the classes take the steps."""
    trace_all(stop)
    keys = [key for key, spec in OPTIMIZERS.items() if agrees_with_class(spec)]
    for landscape in catalogue():
        traced = traced_gradient(landscape)
        if stop is not None and stop.is_set():
            return
        if traced is None or landscape in _loops:
            continue
        try:
            loop = CompiledLoop(traced, keys)
            if not agrees_with_classes(loop, landscape, traced, keys):
                logger.warning(
                    "landscape %s: its loop and torch's classes differ; the classes stay in use", landscape.key
                )
                continue
            with _lock:
                _loops[landscape] = loop
        except Exception:  # if TorchScript fails for any reason, the classes stay in use
            logger.warning(
                "landscape %s: its loop cannot be compiled; the classes stay in use", landscape.key, exc_info=True
            )


def agrees_with_classes(loop: CompiledLoop, landscape: Landscape, traced: Traced, keys: Sequence[str]) -> bool:
    """Whether a loop gives the same bits as the classes, for each optimizer from the landscape's start.

    TorchScript optimizes a loop in its first calls. These are the first calls, so that no visitor has to wait for it.
    """
    empty = torch.zeros(0, 2, dtype=torch.float64)
    with torch.inference_mode():
        ours, theirs = (_present(landscape, traced, len(keys)) for _ in range(2))
        record = torch.zeros(CHECK_STEPS + 1, len(keys), 5, dtype=torch.float64)
        kernels = loop.kernels()
        steps = []
        for key, our_row, their_row in zip(keys, ours, theirs, strict=True):
            spec = OPTIMIZERS[key]
            loop.add(kernels, key, _first_step(spec, our_row[:2], our_row[3:]), spec.defaults)
            optimizer = _first_step(spec, their_row[:2], their_row[3:])
            steps.append(partial(inspect.unwrap(type(optimizer).step), optimizer))
        for first in range(1, CHECK_STEPS, CHECK_STEPS // 4):
            loop.take(ours, record, empty, first, CHECK_STEPS // 4, kernels)
        for row in record[1:]:
            for take_step in steps:
                take_step()
            theirs[:, 2:] = traced.rows(theirs[:, :2])
            if not torch.equal(row.nan_to_num(nan=1.5), theirs.nan_to_num(nan=1.5)):
                return False
    return True


def _present(landscape: Landscape, traced: Traced, rows: int) -> Tensor:
    """Rows of x, y, loss and gradient at the landscape's start."""
    present = torch.zeros(rows, 5, dtype=torch.float64)
    present[:, :2] = torch.tensor(landscape.start, dtype=torch.float64)
    present[:, 2:] = traced.rows(present[:, :2])
    return present


def _first_step(spec: OptimizerSpec, position: Tensor, gradient: Tensor) -> torch.optim.Optimizer:
    position.grad = gradient
    optimizer = spec.build([position], **spec.defaults)
    inspect.unwrap(type(optimizer).step)(optimizer)
    return optimizer


def agrees_with_class(spec: OptimizerSpec) -> bool:
    """Whether an optimizer has a kernel that moves a position to the same bits as its class."""
    if spec.kernel is None:
        return False
    kernel = spec.kernel
    values = [spec.defaults[name] for name in kernel.values]
    gradients = torch.randn(CHECK_STEPS, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        ours, theirs = torch.ones(2, 2, dtype=torch.float64)
        continued = _first_step(spec, ours, gradients[0].clone())
        reference = _first_step(spec, theirs, gradients[0].clone())
        take_step = inspect.unwrap(type(reference).step)
        state = [[continued.state[ours][name]] for name in kernel.state]
        for gradient in gradients[1:]:
            theirs.grad = gradient
            take_step(reference)
            kernel.step([ours], [gradient], state, values)
    agrees = torch.equal(ours, theirs)
    if not agrees:
        logger.warning("optimizer %s: its kernel and torch's class differ; the class stays in use", spec.key)
    return agrees
