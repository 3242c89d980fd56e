"""The inner loop without Python: a traced gradient and torch's kernels in one TorchScript function.

``torch.optim``'s ``step`` spends most of its time in Python code, and holds Python's lock meanwhile. A compiled loop
does the same operations in the same order on the same tensors, gives the same bits, and does not hold the lock. The
class takes each run's first step, which creates its state; the loop continues with that state. If no loop is ready, or
an optimizer has no kernel, the class takes all steps. ``loops.py`` makes and checks the loops of the catalogue.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from optimizers import OPTIMIZERS, OptimizerSpec
from trajectories.gradient import Traced, TracedModel
from trajectories.torchscript import torchscript


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


@dataclass(frozen=True, kw_only=True, eq=False)
class Steps:
    """Consecutive steps and what they use besides the runs.

    Parameters
    ----------
    first, count : int
        The first step to take, and the number of steps.
    data : list of Tensor
        Inputs and targets of a landscape with data: see ``examples.Mean``; else empty.
    batches : list of Tensor
        For each step the examples of the batch at the position where it ends, by their index; empty without batches.
    noise : Tensor, float64, (count, 2) or (0, 2)
        Added to every gradient, one row after each step; without rows nothing is added.
    """

    first: int
    count: int
    data: list[Tensor] = field(default_factory=list)
    batches: list[Tensor] = field(default_factory=list)
    noise: Tensor = field(default_factory=lambda: torch.zeros(0, 2, dtype=torch.float64))


class _Step(torch.nn.Module):
    """A kernel as a submodule of the loop."""

    def __init__(self, step: Callable[..., None]) -> None:
        super().__init__()
        self.step = step

    def forward(
        self, position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]
    ) -> None:
        self.step(position, gradient, state, values)


class _WithoutData(torch.nn.Module):
    """A landscape's gradient with the arguments of ``examples.Mean``."""

    def __init__(self, gradient: torch.nn.Module) -> None:
        super().__init__()
        self.gradient = gradient

    def forward(self, positions: Tensor, data: list[Tensor], batch: list[Tensor]) -> Tensor:  # noqa: ARG002
        gradient: Tensor = self.gradient(positions)
        return gradient


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
        data: list[Tensor],
        batches: list[Tensor],
        noise: Tensor,
        first: int,
        count: int,
        runs: list[list[int]],
        positions: list[list[Tensor]],
        gradients: list[list[Tensor]],
        states: list[list[list[Tensor]]],
        values: list[list[float]],
    ) -> None:
        rows, results, noisy_gradients = present[:, :2], present[:, 2:], present[:, 3:5]
        recorded = present[: record.size(1)]
        noisy = noise.size(0) > 0
        for step in range(count):
            for kernel, take_step in enumerate(self.steps):
                for run in runs[kernel]:
                    take_step(positions[run], gradients[run], states[run], values[run])
            results.copy_(self.gradient(rows.t().contiguous(), data, batches[step : step + 1]).t())
            if noisy:
                noisy_gradients.add_(noise[step])
            record[first + step].copy_(recorded)


class CompiledLoop:
    """Steps all runs of a walk on one landscape, or on any landscape of one model: data and batches are arguments.

    Parameters
    ----------
    gradient : Traced or TracedModel
        The landscape's traced gradient, or that of the model.
    keys : sequence of str
        The optimizers that it can step: those whose kernel gives the same bits as their class.
    """

    def __init__(self, gradient: Traced | TracedModel, keys: Sequence[str]) -> None:
        self._places = {key: place for place, key in enumerate(keys)}
        kernels = [OPTIMIZERS[key].kernel for key in keys]
        evaluate = gradient.mean if isinstance(gradient, TracedModel) else _WithoutData(gradient.columns)
        loop = _Loop(evaluate, [kernel.step for kernel in kernels if kernel is not None])
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

    def take(self, present: Tensor, record: Tensor, steps: Steps, kernels: Kernels) -> None:
        """Take steps and write them into the record.

        Parameters
        ----------
        present : Tensor, float64, (WIDTH, 5 or 6)
            x, y, loss and gradient of every row now, with batches also the loss of the batch; the runs' parameters and
            gradients are views of it.
        record : Tensor, float64, (steps + 1, runs, 5 or 6)
            The record of the walk.
        steps : Steps
            The steps to take, with what they use.
        kernels : Kernels
            The runs.
        """
        self._loop(
            present, record, steps.data, steps.batches, steps.noise, steps.first, steps.count,
            kernels.runs, kernels.positions, kernels.gradients, kernels.states, kernels.values,
        )  # fmt: skip
