"""AdaGrad: each weight's step is divided by the square root of the sum of all its squared gradients.

Teaches: Under a constant gradient the steps shrink as ``1 / sqrt(t)``, whatever the size of the gradient.

Examples
--------
>>> position = torch.ones(2, dtype=torch.float64)
>>> optimizer = OPTIMIZER.build([position], lr=0.1, eps=1e-10)
>>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
>>> for _ in range(3):
...     optimizer.step()
>>> before = position.clone()
>>> optimizer.step()
>>> [round(change, 4) for change in (position - before).tolist()]
[-0.05, -0.05]
"""

import torch
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import epsilon, learning_rate
from optimizers.kernel import Kernel
from optimizers.part import DENOMINATOR, GRADIENT, UPDATE, Part


def step(position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]) -> None:
    """``torch.optim.Adagrad.step`` by its fused kernel, for TorchScript."""
    state[1][0].add_(1)
    torch._fused_adagrad_(
        position, gradient, state[0], state[1],
        lr=values[0], lr_decay=0.0, weight_decay=0.0, eps=values[1], maximize=False,
    )  # fmt: skip


OPTIMIZER = OptimizerSpec(
    key="adagrad",
    label="AdaGrad",
    family="adaptive",
    order=0,
    idea="Divides each weight's step by the square root of the sum of all its squared gradients so far.",
    torch_class=torch.optim.Adagrad,
    arguments={"lr": "lr", "eps": "eps", "fused": True},
    hyperparameters=(
        learning_rate(0.01),
        epsilon(1e-10),
    ),
    update_latex={
        "g": r"g_t \leftarrow \nabla f(\theta_{t-1})",
        "v": r"v_t \leftarrow v_{t-1} + g_t^2",
        "denominator": r"d_t \leftarrow \sqrt{v_t} + \epsilon",
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, g_t / d_t",
    },
    parts={
        "g": GRADIENT,
        "v": Part(
            label="sum of squares",
            help="Sum of all squared gradients so far, per coordinate. It never falls, so the steps shrink.",
            drawn="square",
            ink="size",
        ),
        "denominator": DENOMINATOR,
        "update": UPDATE,
    },
    rate_latex=r"\alpha / d_t",
    state={"v": "sum"},
    kernel=Kernel(step=step, state=("sum", "step"), values=("lr", "eps")),
    references=(
        (
            "J. Duchi, E. Hazan and Y. Singer, Adaptive Subgradient Methods for Online Learning and Stochastic "
            "Optimization, JMLR 12, 2011, pp. 2121-2159."
        ),
    ),
)
