"""SGD: a step against the gradient, proportional to it.

Teaches: The step is proportional to the gradient: a gradient that is 100 times as large gives a step 100 times as long.

Examples
--------
>>> position = torch.ones(2, dtype=torch.float64)
>>> optimizer = OPTIMIZER.build([position], lr=0.1)
>>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
>>> before = position.clone()
>>> optimizer.step()
>>> [round(change, 4) for change in (position - before).tolist()]
[-0.1, -10.0]
"""

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import learning_rate
from optimizers.kernel import Kernel
from optimizers.part import GRADIENT, UPDATE
from optimizers.stability import TWICE


def step(
    position: list[Tensor],
    gradient: list[Tensor],
    state: list[list[Tensor]],  # noqa: ARG001
    values: list[float],
) -> None:
    """``torch.optim.SGD.step`` without momentum, for TorchScript."""
    position[0].add_(gradient[0], alpha=-values[0])


def stationary_variance(
    values: Mapping[str, float], curvatures: NDArray[np.float64], sigma: float
) -> NDArray[np.float64]:
    """On ``h x^2 / 2`` a step is ``x <- (1 - lr h) x - lr s n``, with the standard deviation s of the noise."""
    lr, h = values["lr"], curvatures
    return lr * sigma**2 / (h * (2 - lr * h))


OPTIMIZER = OptimizerSpec(
    key="sgd",
    label="SGD",
    family="gradient",
    order=0,
    idea="Steps against the gradient: a larger gradient gives a longer step.",
    torch_class=torch.optim.SGD,
    arguments={"lr": "lr", "foreach": False},
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
    kernel=Kernel(step=step),
    stationary_variance=stationary_variance,
    stability=TWICE,
    references=(
        (
            "H. Robbins and S. Monro, A Stochastic Approximation Method, Ann. Math. Stat. 22(3), 1951, "
            "pp. 400-407, doi:10.1214/aoms/1177729586."
        ),
    ),
)
