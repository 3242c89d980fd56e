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

import torch
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import learning_rate
from optimizers.kernel import Kernel
from optimizers.part import GRADIENT, UPDATE


def step(
    position: list[Tensor],
    gradient: list[Tensor],
    state: list[list[Tensor]],  # noqa: ARG001
    values: list[float],
) -> None:
    """``torch.optim.SGD.step`` without momentum, for TorchScript."""
    position[0].add_(gradient[0], alpha=-values[0])


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
    references=(
        (
            "H. Robbins and S. Monro, A Stochastic Approximation Method, Ann. Math. Stat. 22(3), 1951, "
            "pp. 400-407, doi:10.1214/aoms/1177729586."
        ),
    ),
)
