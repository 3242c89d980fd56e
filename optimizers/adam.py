"""Adam: the average gradient, divided by the square root of the average squared gradient.

Teaches: The first step is as long as the learning rate in each coordinate, whatever the size of the gradient.

Examples
--------
>>> position = torch.ones(2, dtype=torch.float64)
>>> optimizer = OPTIMIZER.build([position], lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8)
>>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
>>> before = position.clone()
>>> optimizer.step()
>>> [round(change, 4) for change in (position - before).tolist()]
[-0.1, -0.1]
"""

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import BETA1, BETA2, epsilon, learning_rate
from optimizers.kernel import Kernel
from optimizers.part import (
    DENOMINATOR,
    FIRST_CORRECTED,
    FIRST_MOMENT,
    GRADIENT,
    SECOND_CORRECTED,
    SECOND_MOMENT,
    UPDATE,
)
from optimizers.stability import DIVIDED_AVERAGE


def step(position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]) -> None:
    """``torch.optim.Adam.step`` by its fused kernel, for TorchScript."""
    state[2][0].add_(1)
    torch._fused_adam_(
        position, gradient, state[0], state[1], state[0][:0], state[2],
        lr=values[0], beta1=values[1], beta2=values[2], weight_decay=0.0, eps=values[3],
        amsgrad=False, maximize=False,
    )  # fmt: skip


def stationary_variance(
    values: Mapping[str, float], curvatures: NDArray[np.float64], sigma: float
) -> NDArray[np.float64]:
    """The noise dominates the second moment, so a step is about ``lr g / s``: for a small lr and betas near 1."""
    return values["lr"] * sigma / (2 * curvatures)


OPTIMIZER = OptimizerSpec(
    key="adam",
    label="Adam",
    family="adaptive",
    order=30,
    idea="Momentum, with a step size for each weight that adapts to the recent size of its gradient.",
    torch_class=torch.optim.Adam,
    arguments={"lr": "lr", "betas": ("beta1", "beta2"), "eps": "eps", "fused": True},
    hyperparameters=(
        learning_rate(0.001),
        BETA1,
        BETA2,
        epsilon(1e-8),
    ),
    update_latex={
        "g": r"g_t \leftarrow \nabla f(\theta_{t-1})",
        "m": r"m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        "v": r"v_t \leftarrow \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
        "m_hat": r"\hat m_t \leftarrow m_t / (1 - \beta_1^t)",
        "v_hat": r"\hat v_t \leftarrow v_t / (1 - \beta_2^t)",
        "denominator": r"d_t \leftarrow \sqrt{\hat v_t} + \epsilon",
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, \hat m_t / d_t",
    },
    parts={
        "g": GRADIENT,
        "m": FIRST_MOMENT,
        "v": SECOND_MOMENT,
        "m_hat": FIRST_CORRECTED,
        "v_hat": SECOND_CORRECTED,
        "denominator": DENOMINATOR,
        "update": UPDATE,
    },
    rate_latex=r"\alpha / d_t",
    state={"m": "exp_avg", "v": "exp_avg_sq"},
    kernel=Kernel(step=step, state=("exp_avg", "exp_avg_sq", "step"), values=("lr", "beta1", "beta2", "eps")),
    stationary_variance=stationary_variance,
    stability=DIVIDED_AVERAGE,
    references=(
        (
            "D. P. Kingma and J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, Algorithm 1, "
            "arXiv:1412.6980."
        ),
    ),
)
