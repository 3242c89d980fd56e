"""A walk of a network: torch's optimizers train all its weights; the record holds where they are on the plane."""

import inspect
from collections.abc import Callable, Collection

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from optimizers import OPTIMIZERS
from surfaces.network import Embedding
from trajectories.batches import Batches
from trajectories.inside import Inside
from trajectories.scenario import Run, Scenario

# A matrix product of several networks rounds as that of eight, but one of a single network does not: so always eight.
WIDTH = 8
# At most so many steps keep their weights, evenly spaced; they draw the network's prediction.
MOST_KEPT = 64

BASE = ("x", "y", "loss", "gradient_x", "gradient_y")
MEASURES = ("distance", "moved", "validation_loss", "weight_1", "weight_2", "slope_1", "slope_2")
ACCURACIES = ("accuracy", "validation_accuracy")


def columns_of(embedding: Embedding, batch: int) -> tuple[str, ...]:
    """The names of the columns of a network's walk."""
    batch_columns = ("batch_loss",) if batch else ()
    return (*BASE, *batch_columns, *MEASURES, *(ACCURACIES if embedding.network.classes else ()))


class NetworkWalk:
    """Trains one network for each run of a scenario, all from the same weights and with the same batches.

    Parameters
    ----------
    scenario : Scenario
        A scenario on the landscape of a network; its start is a position on the plane.
    inside : collection of int
        The runs of which the parts of each step are recorded too, for the two watched weights.

    Attributes
    ----------
    step : int
        The last step that is recorded; 0 is the start.
    columns : tuple of str
        The names of the record's last axis. ``x`` and ``y``: the nearest position on the plane. ``loss``: the mean loss
        over all training examples. ``gradient_x``, ``gradient_y``: the gradient that the optimizer gets, along the
        plane's directions. ``batch_loss``, with batches: the loss of the batch that this gradient belongs to.
        ``distance``: from the weights to the plane. ``moved``: from the first weights to these. ``validation_loss``:
        the mean loss over the examples that do not train. ``weight_1``, ``weight_2``, ``slope_1``, ``slope_2``: the
        plane's two watched weights, and the gradient's numbers for them. ``accuracy`` and ``validation_accuracy``,
        with classes: shares of examples whose class is predicted.
    record : ndarray, float64, (steps + 1, runs, columns)
        NaN where nothing was recorded.
    diverged : list of (int or None)
        For each run, the first step at which one of the first five columns is not finite.
    inside : mapping of int to Inside
        For each run of ``inside``, the parts of its steps.
    stride : int
        The weights of every so many steps are kept, and those of the last step.
    weights : mapping of int to ndarray, float32, (runs, size)
        These weights, by their step.

    Raises
    ------
    ValueError
        If the landscape is none of a network, or an optimizer cannot be stepped.
    """

    def __init__(self, scenario: Scenario, *, inside: Collection[int] = ()) -> None:
        landscape = scenario.landscape
        if landscape.embedding is None:
            raise ValueError(f"landscape {landscape.key!r} is none of a network.")
        self.scenario = scenario
        self.step = 0
        self.columns = columns_of(landscape.embedding, scenario.batch)
        self._network, self._plane = landscape.embedding.network, landscape.embedding.plane
        self._watched = list(self._plane.watched)
        runs = len(scenario.runs)
        self.diverged: list[int | None] = [None] * runs
        self.record: NDArray[np.float64] = np.full((scenario.steps + 1, runs, len(self.columns)), np.nan)
        self.stride = -(-scenario.steps // (MOST_KEPT - 1))
        self.weights: dict[int, NDArray[np.float32]] = {}
        with torch.inference_mode(mode=False), torch.no_grad():
            start = self._plane.weights(torch.tensor([scenario.start], dtype=torch.float64))
            self._first = start[0].clone()
            self._weights = start.repeat(WIDTH, 1).requires_grad_()
            self._gradients = torch.zeros_like(self._weights)
            batches = Batches(self._network.training, scenario.batch, [scenario.seed]) if scenario.batch else None
            self._batches = batches
            self._noise = torch.Generator().manual_seed(scenario.seed)
            self._lines = {index: np.full((scenario.steps + 1, len(BASE)), np.nan) for index in inside}
            self.inside = {index: Inside(scenario.runs[index], line) for index, line in self._lines.items()}
            self._walking = {index: self._stepper(index, run) for index, run in enumerate(scenario.runs)}
            self._evaluate()

    @property
    def finished(self) -> bool:
        """Whether all steps have been taken."""
        return self.step == self.scenario.steps

    def advance(self, steps: int) -> None:
        """Take at most so many steps."""
        last = min(self.step + steps, self.scenario.steps)
        with torch.inference_mode(mode=False), torch.no_grad():
            while self.step < last and self._walking:
                for take_step in self._walking.values():
                    take_step()
                self.step += 1
                self._evaluate()
        if not self._walking:
            self.step = self.scenario.steps

    def _evaluate(self) -> None:
        """Compute losses and gradients at every run's weights and record them."""
        inputs, targets = self._network.trained_on
        if self._batches is not None:
            (batch,) = self._batches.at(self.step)
            inputs, targets = inputs[batch], targets[batch]
        losses = self._differentiate(inputs, targets)
        if self.scenario.noise:
            size = (1, self._network.size)
            self._gradients += self.scenario.noise * torch.randn(size, dtype=torch.float64, generator=self._noise)
        numbers = self._measure(losses)
        # A run that has diverged is still evaluated with the others, but not recorded.
        for index in self._walking:
            self.record[self.step, index] = numbers[index]
        for index, line in self._lines.items():
            first = self.columns.index("weight_1")
            line[self.step] = self.record[self.step, index][[first, first + 1, 2, first + 2, first + 3]]
        if self.step % self.stride == 0 or self.finished:
            self.weights[self.step] = self._weights[: len(self.diverged)].float().numpy()
        for index in [index for index in self._walking if not np.isfinite(numbers[index, : len(BASE)]).all()]:
            self.diverged[index] = self.step
            del self._walking[index]

    def _differentiate(self, inputs: Tensor, targets: Tensor) -> Tensor:
        """Write every run's gradient on these examples, and return their mean losses, (WIDTH,)."""
        with torch.enable_grad():
            losses = self._network.example_losses(self._network.outputs(self._weights, inputs), targets).mean(1)
            (gradients,) = torch.autograd.grad(losses.sum(), self._weights)
        self._gradients.copy_(gradients)
        return losses.detach()

    def _measure(self, batch_losses: Tensor) -> NDArray[np.float64]:
        """The columns of the present step, (WIDTH, columns)."""
        network, weights, gradients = self._network, self._weights.detach(), self._gradients
        inputs, targets = network.examples
        outputs = network.outputs(weights, inputs)
        losses, training = network.example_losses(outputs, targets), network.training
        positions = self._plane.positions(weights)
        columns = [*positions.T, losses[:, :training].mean(1), *(gradients @ self._plane.directions.T).T]
        if self._batches is not None:
            columns.append(batch_losses)
        columns.append((weights - self._plane.weights(positions)).norm(dim=1))
        columns += [(weights - self._first).norm(dim=1), losses[:, training:].mean(1)]
        columns += [*weights[:, self._watched].T, *gradients[:, self._watched].T]
        if network.classes:
            right = ((outputs > 0) == (targets > 0.5)).double()
            columns += [right[:, :training].mean(1), right[:, training:].mean(1)]
        return torch.stack(columns, 1).numpy()

    def _stepper(self, index: int, run: Run) -> Callable[[], object]:
        """A function that takes one step of a run, by the class's own method as in ``stepping.Walk``."""
        spec = OPTIMIZERS[run.optimizer]
        if refusal := spec.refusal():
            raise ValueError(refusal)
        weights = self._weights.detach()[index]
        weights.grad = self._gradients[index]
        optimizer = spec.build([weights], **run.values_at(1))
        take_step = inspect.unwrap(type(optimizer).step)
        inside = self.inside.get(index)
        if inside is None:
            return lambda: take_step(optimizer)

        def step_and_keep_parts() -> None:
            take_step(optimizer)
            state = optimizer.state[weights]
            inside.keep(self.step + 1, {name: self._of_watched(value) for name, value in state.items()})

        return step_and_keep_parts

    def _of_watched(self, value: object) -> object:
        """The numbers of the two watched weights, where torch keeps one for each weight."""
        return value[self._watched] if isinstance(value, Tensor) and value.ndim else value
