"""A model with two weights that is fitted to a dataset: its mean loss over all examples is a landscape."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import torch
from torch import Tensor

from datasets import Dataset
from surfaces.landscape import Landscape

ExampleLoss = Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]
Predict = Callable[[Tensor, Tensor, Tensor], Tensor]
Scale = Literal["raw", "standardized"]

# Losses of more numbers than this are computed in pieces: intermediate results of a large map would need gigabytes.
AT_ONCE = 2**21


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """A model with two weights, x and y, and the loss of one example.

    Parameters
    ----------
    dataset : Dataset
        The examples.
    predict : callable
        ``predict(x, y, inputs)``: the model's output. x and y are float64 tensors that broadcast with ``inputs[0]``;
        ``inputs[i]`` is the i-th input of the examples. Computed element by element.
    example_loss : callable
        ``example_loss(x, y, inputs, targets)``: the loss of each example, with the same shapes.
    weights : (str, str)
        The names of x and y, with their units: the titles of the map's axes.
    input_scale, target_scale : {"raw", "standardized"}
        ``standardized``: the numbers that the model gets are the column's minus their mean, divided by their standard
        deviation.
    boundary : float, optional
        For classes: the output at which the predicted class changes.
    """

    dataset: Dataset
    predict: Predict
    example_loss: ExampleLoss
    weights: tuple[str, str]
    input_scale: Scale = "raw"
    target_scale: Scale = "raw"
    boundary: float | None = None

    def examples(self, rows: tuple[tuple[float, ...], ...] | None = None) -> "Examples":
        """The examples as the model gets them: those of the dataset, or other ``rows`` with the same columns."""
        table = torch.tensor(self.dataset.rows if rows is None else rows, dtype=torch.float64).T
        scales = [self.input_scale] * (len(table) - 1) + [self.target_scale]
        scalings = [_scaling(column, scale) for column, scale in zip(table, scales, strict=True)]
        shift, unit = (torch.stack(numbers) for numbers in zip(*scalings, strict=True))
        scaled = (table - shift[:, None]) / unit[:, None]
        return Examples(inputs=scaled[:-1].contiguous(), targets=scaled[-1].contiguous(), shift=shift, unit=unit)


@dataclass(frozen=True, kw_only=True, eq=False)
class Examples:
    """The examples of a model, scaled: ``(number - shift) / unit``.

    Parameters
    ----------
    inputs : Tensor, float64, (inputs, n)
    targets : Tensor, float64, (n,)
    shift, unit : Tensor, float64, (inputs + 1,)
        For each column, the target last.
    """

    inputs: Tensor
    targets: Tensor
    shift: Tensor
    unit: Tensor

    @property
    def count(self) -> int:
        """The number of examples."""
        return len(self.targets)

    def only(self, batch: Tensor) -> "Examples":
        """Some of the examples, by their index, int64 (size,)."""
        return replace(self, inputs=self.inputs[:, batch], targets=self.targets[batch])


def line(x: Tensor, y: Tensor, inputs: Tensor) -> Tensor:
    """The prediction of a line: intercept x and slope y."""
    return x + y * inputs[0]


def squared_error(predict: Predict) -> ExampleLoss:
    """The loss of an example as the square of its residual, for the predictions of ``predict``."""

    def example_loss(x: Tensor, y: Tensor, inputs: Tensor, targets: Tensor) -> Tensor:
        return (predict(x, y, inputs) - targets) ** 2

    return example_loss


def fitted(*, key: str, model: Model, **fields: Any) -> Landscape:
    """The landscape of a model on its dataset; ``fields`` are the other fields of ``Landscape``."""
    examples = model.examples()
    return Landscape(key=key, loss=partial(mean_loss, model, examples), model=model, examples=examples, **fields)


def refitted(landscape: Landscape, key: str, rows: tuple[tuple[float, ...], ...]) -> Landscape:
    """The same model's landscape on other examples; its critical points are not known."""
    if landscape.model is None:
        raise ValueError(f"landscape {landscape.key!r} has no data.")
    examples = landscape.model.examples(rows)
    loss = partial(mean_loss, landscape.model, examples)
    unedited = landscape.unedited or landscape
    return replace(landscape, key=key, loss=loss, examples=examples, critical_points=(), unedited=unedited)


def mean_loss(model: Model, examples: Examples, x: Tensor, y: Tensor) -> Tensor:
    """The mean loss over all examples, for tensors x and y of any equal shape."""
    rows = max(1, AT_ONCE // examples.count)
    if x.numel() <= rows:
        losses: Tensor = model.example_loss(x[..., None], y[..., None], examples.inputs, examples.targets)
        return losses.mean(-1)
    pieces = zip(torch.split(x.reshape(-1), rows), torch.split(y.reshape(-1), rows), strict=True)
    return torch.cat([mean_loss(model, examples, *piece) for piece in pieces]).reshape(x.shape)


def _scaling(column: Tensor, scale: Scale) -> tuple[Tensor, Tensor]:
    if scale == "raw":
        return column.new_zeros(()), column.new_ones(())
    spread = column.std(correction=0)
    return column.mean(), torch.where(spread > 0, spread, 1.0)
