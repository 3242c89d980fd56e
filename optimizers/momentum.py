"""Momentum: each step keeps a share of the velocity of the previous step.

Teaches: Under a constant gradient the velocity grows to ``1 / (1 - momentum)`` times the step of plain SGD.

torch stores no velocity if momentum is 0: the velocity is then the gradient.

Examples
--------
>>> position = torch.ones(2, dtype=torch.float64)
>>> optimizer = OPTIMIZER.build([position], lr=0.1, momentum=0.9)
>>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
>>> for _ in range(99):
...     optimizer.step()
>>> before = position.clone()
>>> optimizer.step()
>>> [round(change, 4) for change in (position - before).tolist()]
[-1.0, -99.9973]
"""

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import decay_rate, learning_rate
from optimizers.kernel import Kernel
from optimizers.part import GRADIENT, UPDATE, Part
from optimizers.stability import Stability


def step(position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]) -> None:
    """``torch.optim.SGD.step`` with momentum, for TorchScript."""
    velocity = state[0][0]
    velocity.mul_(values[1]).add_(gradient[0])
    position[0].add_(velocity, alpha=-values[0])


def stationary_variance(
    values: Mapping[str, float], curvatures: NDArray[np.float64], sigma: float
) -> NDArray[np.float64]:
    """The variance of SGD's position with torch's momentum, which adds whole gradients to the velocity."""
    lr, momentum, h = values["lr"], values["momentum"], curvatures
    return lr * sigma**2 * (1 + momentum) / (h * (1 - momentum) * (2 * (1 + momentum) - lr * h))


STABILITY = Stability(
    bound=lambda values: 2 + 2 * values["momentum"],
    formula="(2 + 2 momentum) / λ",
    source=(
        "J. M. Cohen et al., Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability, ICLR 2021, "
        "arXiv:2103.00065."
    ),
)

OPTIMIZER = OptimizerSpec(
    key="momentum",
    label="Momentum",
    family="gradient",
    order=10,
    idea="Adds up past gradients as a velocity, like a rolling ball, so it can pass small local minima.",
    torch_class=torch.optim.SGD,
    arguments={"lr": "lr", "momentum": "momentum", "foreach": False},
    hyperparameters=(
        learning_rate(0.001),
        decay_rate(
            "momentum",
            r"\beta",
            0.9,
            "Share of the velocity that each step keeps: 0.9 keeps most of it, 0 is plain SGD (torch's default).",
        ),
    ),
    update_latex={
        "g": r"g_t \leftarrow \nabla f(\theta_{t-1})",
        "m": r"m_t \leftarrow \beta \, m_{t-1} + g_t",
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, m_t",
    },
    parts={
        "g": GRADIENT,
        "m": Part(
            label="velocity",
            help="Running sum of the gradients, in which older ones fade: gradients in one direction add up.",
            drawn="arrow",
            ink="memory",
        ),
        "update": UPDATE,
    },
    rate_latex=r"\alpha",
    state={"m": "momentum_buffer"},
    kernel=Kernel(step=step, state=("momentum_buffer",), values=("lr", "momentum")),
    stationary_variance=stationary_variance,
    stability=STABILITY,
    references=(
        (
            "B. T. Polyak, Some methods of speeding up the convergence of iteration methods, "
            "USSR Computational Mathematics and Mathematical Physics 4(5), 1964, pp. 1-17, "
            "doi:10.1016/0041-5553(64)90137-5."
        ),
    ),
)
