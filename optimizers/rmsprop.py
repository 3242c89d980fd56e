"""RMSprop: the gradient, divided by its own recent size.

Teaches: The average starts at zero, so the first step is ``1 / sqrt(1 - alpha)`` learning rates long.

Examples
--------
>>> position = torch.ones(2, dtype=torch.float64)
>>> optimizer = OPTIMIZER.build([position], lr=0.1, alpha=0.99, eps=1e-8)
>>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
>>> before = position.clone()
>>> optimizer.step()
>>> [round(change, 4) for change in (position - before).tolist()]
[-1.0, -1.0]
"""

import torch
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import decay_rate, epsilon, learning_rate
from optimizers.kernel import Kernel
from optimizers.part import DENOMINATOR, GRADIENT, SECOND_MOMENT, UPDATE
from optimizers.stability import DIVIDED


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
    idea="Divides the gradient by its recent size, so that steep and gentle directions have equal steps.",
    torch_class=torch.optim.RMSprop,
    arguments={"lr": "lr", "alpha": "alpha", "eps": "eps", "foreach": False},
    hyperparameters=(
        learning_rate(0.01),
        decay_rate(
            "alpha",
            r"\beta",
            0.99,
            "Share of the average squared gradient that each step keeps: 0.99 averages about a hundred steps.",
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
    state={"v": "square_avg"},
    kernel=Kernel(step=step, state=("square_avg",), values=("lr", "alpha", "eps")),
    stability=DIVIDED,
    references=(
        (
            "T. Tieleman and G. Hinton, Lecture 6.5: rmsprop, Divide the gradient by a running average of its recent "
            "magnitude, COURSERA: Neural Networks for Machine Learning, 2012."
        ),
    ),
)
