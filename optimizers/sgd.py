"""SGD: a step straight downhill, as long as the slope is steep."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from optimizers.base import GRADIENT, UPDATE, OptimizerSpec, learning_rate
from optimizers.kernel import Kernel


def build(params: list[Tensor], *, lr: float) -> torch.optim.Optimizer:
    """torch's SGD over ``params``, without momentum.

    Teaches: The step is as long as the slope is steep: a hundred times steeper, a hundred times longer.

    Examples
    --------
    >>> position = torch.ones(2, dtype=torch.float64)
    >>> optimizer = build([position], lr=0.1)
    >>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
    >>> before = position.clone()
    >>> optimizer.step()
    >>> [round(change, 4) for change in (position - before).tolist()]
    [-0.1, -10.0]
    """
    return torch.optim.SGD(params, lr=lr, foreach=False)


def anatomy(
    state: Mapping[str, Any], group: Mapping[str, Any], gradient: Tensor, position: Tensor
) -> dict[str, Tensor]:
    """The parts of one step, from torch's state after it."""
    return {"update": -group["lr"] * gradient}


def step(position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]) -> None:
    """``torch.optim.SGD.step`` without momentum, for TorchScript."""
    position[0].add_(gradient[0], alpha=-values[0])


OPTIMIZER = OptimizerSpec(
    key="sgd",
    label="SGD",
    family="gradient",
    order=0,
    idea="A step straight downhill, longer where the slope is steeper.",
    build=build,
    hyperparameters=(learning_rate(0.001),),
    update_latex={
        "g": r"g_t \leftarrow \nabla f(\theta_{t-1})",
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, g_t",
    },
    parts={
        "g": GRADIENT,
        "update": UPDATE,
    },
    rate_latex=r"\alpha",
    anatomy=anatomy,
    kernel=Kernel(step=step),
    references=(
        (
            "H. Robbins and S. Monro, A Stochastic Approximation Method, Ann. Math. Stat. 22(3), 1951, "
            "pp. 400-407, doi:10.1214/aoms/1177729586."
        ),
    ),
)
