"""A small network, and a plane in the space of its weights: the loss on that plane is a landscape.

A network has hundreds of weights. A map can show two directions of their space: position (x, y) is the network with the
weights ``center + x * first + y * second``. Runs train all weights; the map shows where they are, as seen on the plane.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from threading import Lock
from typing import Any

import torch
from torch import Tensor

from datasets import Dataset
from surfaces.landscape import Landscape

AT_ONCE = 2**20  # numbers of one layer that are computed together
RESOLUTION = (60, 60)  # points of a map along x and y: each is the loss of a network on all training examples


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """A multilayer perceptron with tanh between its layers and one output.

    Parameters
    ----------
    dataset : Dataset
        Its examples; inputs are standardized, and so is a target without classes.
    hidden : tuple of int
        The number of units of each hidden layer.
    training : int
        So many examples, drawn at random with seed 0, train it; the others validate it.
    seed : int
        Seed of its initial weights.
    """

    dataset: Dataset
    hidden: tuple[int, ...]
    training: int
    seed: int = 0

    @property
    def classes(self) -> bool:
        """Whether it predicts a class: then its output is the log odds of class 1, and its loss the cross-entropy."""
        return bool(self.dataset.axes[-1].classes)

    @cached_property
    def layers(self) -> tuple[tuple[int, int], ...]:
        """The inputs and outputs of each layer."""
        widths = (len(self.dataset.inputs), *self.hidden, 1)
        return tuple(pairwise(widths))

    @property
    def size(self) -> int:
        """The number of its weights."""
        return sum((inputs + 1) * outputs for inputs, outputs in self.layers)

    @cached_property
    def scaling(self) -> tuple[Tensor, Tensor]:
        """Mean and standard deviation of each column, the target last; 0 and 1 for classes."""
        table = torch.tensor(self.dataset.rows, dtype=torch.float64)
        shift, unit = table.mean(0), table.std(0, correction=0)
        if self.classes:
            shift[-1], unit[-1] = 0.0, 1.0
        return shift, unit

    @cached_property
    def order(self) -> list[int]:
        """The examples of the dataset by their index, in the network's order: those that train it come first."""
        return torch.randperm(len(self.dataset.rows), generator=torch.Generator().manual_seed(0)).tolist()

    @cached_property
    def examples(self) -> tuple[Tensor, Tensor]:
        """Inputs (examples, inputs) and targets (examples,), scaled; those that train it come first."""
        shift, unit = self.scaling
        table = ((torch.tensor(self.dataset.rows, dtype=torch.float64) - shift) / unit)[self.order]
        return table[:, :-1].contiguous(), table[:, -1].contiguous()

    @property
    def trained_on(self) -> tuple[Tensor, Tensor]:
        """The examples that train it."""
        inputs, targets = self.examples
        return inputs[: self.training], targets[: self.training]

    def name(self, weight: int) -> str:
        """Where a weight is in the network; layers, units and inputs are counted from 1.

        Examples
        --------
        >>> from datasets import DATASETS
        >>> network = Network(dataset=DATASETS["two_moons"], hidden=(16, 16), training=80)
        >>> network.size, network.name(17), network.name(32)
        (337, 'layer 1, input 2 to unit 2', 'layer 1, bias of unit 1')
        """
        first = 0
        for place, (inputs, outputs) in enumerate(self.layers, 1):
            row, unit = divmod(weight - first, outputs)
            if row < inputs:
                return f"layer {place}, {'input' if place == 1 else 'unit'} {row + 1} to unit {unit + 1}"
            if row == inputs:
                return f"layer {place}, bias of unit {unit + 1}"
            first += (inputs + 1) * outputs
        raise IndexError(f"A network of {self.size} weights has none with the index {weight}.")

    def initial(self, seed: int | None = None) -> Tensor:
        """Initial weights, (size,): normal, with variance 1 / inputs in each layer; biases are 0."""
        generator = torch.Generator().manual_seed(self.seed if seed is None else seed)
        parts = []
        for inputs, outputs in self.layers:
            weights = torch.randn(inputs, outputs, dtype=torch.float64, generator=generator) / math.sqrt(inputs)
            parts += [weights.flatten(), torch.zeros(outputs, dtype=torch.float64)]
        return torch.cat(parts)

    def outputs(self, weights: Tensor, inputs: Tensor) -> Tensor:
        """The output for each example.

        Parameters
        ----------
        weights : Tensor, float64, (networks, size)
            The weights of several networks: for each layer its matrix, row by row of its inputs, then its biases.
        inputs : Tensor, float64, (n, inputs) or (networks, n, inputs)
            Scaled inputs.

        Returns
        -------
        Tensor, (networks, n)
        """
        values = inputs.expand(len(weights), *inputs.shape[-2:])
        first = 0
        for place, (rows, columns) in enumerate(self.layers):
            matrix = weights[:, first : first + rows * columns].reshape(-1, rows, columns)
            first += rows * columns
            bias = weights[:, first : first + columns]
            first += columns
            values = torch.baddbmm(bias[:, None], values, matrix)
            if place < len(self.hidden):
                values = values.tanh()
        return values[..., 0]

    def example_losses(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """The loss of each example: cross-entropy for classes, else the square of the residual."""
        if self.classes:
            return torch.nn.functional.softplus(torch.where(targets > 0.5, -outputs, outputs))
        return (outputs - targets) ** 2


@dataclass(frozen=True, kw_only=True, eq=False)
class Plane:
    """A plane in the space of weights.

    Parameters
    ----------
    center : Tensor, float64, (size,)
        The weights at (0, 0).
    directions : Tensor, float64, (2, size)
        Two directions of length 1 at a right angle: a unit of the map is a unit of distance between weights.
    """

    center: Tensor
    directions: Tensor

    @staticmethod
    def through(center: Tensor, first: Tensor, second: Tensor) -> "Plane":
        """The plane through a point along two directions, which need not be at a right angle."""
        along = first / first.norm()
        across = second - (second @ along) * along
        return Plane(center=center, directions=torch.stack((along, across / across.norm())))

    @property
    def watched(self) -> tuple[int, int]:
        """The two weights that change most along the directions: the one of x, and another of y."""
        along, across = self.directions.abs()
        first = int(along.argmax())
        return first, int(across.index_fill(0, torch.tensor([first]), -1.0).argmax())

    def weights(self, positions: Tensor) -> Tensor:
        """The weights at positions, (n, 2) -> (n, size)."""
        return self.center + positions @ self.directions

    def positions(self, weights: Tensor) -> Tensor:
        """The nearest positions to weights, (n, size) -> (n, 2)."""
        return (weights - self.center) @ self.directions.T


@dataclass(frozen=True, kw_only=True, eq=False)
class Embedding:
    """A network on a plane, which is computed when it is first needed: some planes need a training run.

    Parameters
    ----------
    network : Network
        The network.
    choose : callable
        Computes the plane from the network.
    says : str
        One sentence: which plane it is.
    directions : (str, str)
        What x and y lead along: the titles of the map's axes.
    """

    network: Network
    choose: Callable[[Network], Plane]
    says: str
    directions: tuple[str, str]
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    @property
    def plane(self) -> Plane:
        """The plane; the same object each time, also in other threads, which wait while it is computed."""
        with self._lock:
            return self._plane

    @cached_property
    def _plane(self) -> Plane:
        with torch.inference_mode(mode=False), torch.no_grad():
            return self.choose(self.network)

    def loss(self, x: Tensor, y: Tensor) -> Tensor:
        """The mean loss over the training examples on the plane, for tensors of any equal shape."""
        inputs, targets = self.network.trained_on
        positions = torch.stack((x.reshape(-1), y.reshape(-1)), 1)
        rows = max(1, AT_ONCE // (len(targets) * max(self.network.hidden)))
        losses = [
            self.network.example_losses(self.network.outputs(self.plane.weights(some), inputs), targets).mean(1)
            for some in torch.split(positions, rows)
        ]
        return torch.cat(losses).reshape(x.shape)


def embedded(*, key: str, embedding: Embedding, **fields: Any) -> Landscape:
    """The landscape of a network on a plane; ``fields`` are the other fields of ``Landscape``."""
    return Landscape(key=key, loss=embedding.loss, embedding=embedding, resolution=RESOLUTION, **fields)
