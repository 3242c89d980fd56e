"""RMSprop: the gradient, divided by its own recent size."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from optimizers.base import (
    DENOMINATOR,
    GRADIENT,
    SECOND_MOMENT,
    UPDATE,
    OptimizerSpec,
    decay_rate,
    epsilon,
    learning_rate,
)
from optimizers.kernel import Kernel


def build(params: list[Tensor], *, lr: float, alpha: float, eps: float) -> torch.optim.Optimizer:
    """torch's RMSprop over ``params``, neither centered nor with momentum.

    Teaches: The average starts at zero, so the first step is ``1 / sqrt(1 - alpha)`` learning rates long.

    Examples
    --------
    >>> position = torch.ones(2, dtype=torch.float64)
    >>> optimizer = build([position], lr=0.1, alpha=0.99, eps=1e-8)
    >>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
    >>> before = position.clone()
    >>> optimizer.step()
    >>> [round(change, 4) for change in (position - before).tolist()]
    [-1.0, -1.0]
    """
    return torch.optim.RMSprop(params, lr=lr, alpha=alpha, eps=eps, foreach=False)


def anatomy(
    state: Mapping[str, Any], group: Mapping[str, Any], gradient: Tensor, position: Tensor
) -> dict[str, Tensor]:
    """The parts of one step, from torch's state after it."""
    v = state["square_avg"]
    denominator = v.sqrt() + group["eps"]
    return {"v": v, "denominator": denominator, "update": -group["lr"] * gradient / denominator}


def step(position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]) -> None:
    """``torch.optim.RMSprop.step``, for TorchScript."""
    square_avg, g = state[0][0], gradient[0]
    square_avg.mul_(values[1]).addcmul_(g, g, value=1 - values[1])
    position[0].addcdiv_(g, square_avg.sqrt().add_(values[2]), value=-values[0])


OPTIMIZER = OptimizerSpec(
    key="rmsprop",
    label="RMSprop",
    family="adaptive",
    order=10,
    idea="The gradient divided by its own recent size, so that steep and gentle directions step alike.",
    build=build,
    hyperparameters=(
        learning_rate(0.01),
        decay_rate(
            "alpha",
            r"\beta",
            0.99,
            "How much of the past squared gradient is kept: 0.99 averages about a hundred steps.",
        ),
        epsilon(1e-8),
    ),
    update_latex={
        "g": r"g_t \leftarrow \nabla f(\theta_{t-1})",
        "v": r"v_t \leftarrow \beta \, v_{t-1} + (1 - \beta) g_t^2",
        "denominator": r"d_t \leftarrow \sqrt{v_t} + \epsilon",
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, g_t / d_t",
    },
    parts={
        "g": GRADIENT,
        "v": SECOND_MOMENT,
        "denominator": DENOMINATOR,
        "update": UPDATE,
    },
    rate_latex=r"\alpha / d_t",
    anatomy=anatomy,
    kernel=Kernel(step=step, state=("square_avg",), values=("lr", "alpha", "eps")),
    references=(
        (
            "T. Tieleman and G. Hinton, Lecture 6.5: rmsprop, Divide the gradient by a running average of its recent "
            "magnitude, COURSERA: Neural Networks for Machine Learning, 2012."
        ),
    ),
)
