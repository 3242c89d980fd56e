"""AdaMax: Adam that divides by the largest recent gradient.

Teaches: The average gradient is divided by the largest recent one: the first step is one learning rate long.

torch adds eps; the paper does not.

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

import torch
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import BETA1, decay_rate, epsilon, learning_rate
from optimizers.kernel import Kernel
from optimizers.part import FIRST_CORRECTED, FIRST_MOMENT, GRADIENT, UPDATE, Part


def step(position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]) -> None:
    """``torch.optim.Adamax.step``, for TorchScript."""
    exp_avg, exp_inf, steps, g = state[0][0], state[1][0], state[2][0], gradient[0]
    steps.add_(1)
    exp_avg.lerp_(g, 1 - values[1])
    exp_inf.copy_(torch.maximum(exp_inf.mul_(values[2]), g.abs().add_(values[3])))
    position[0].addcdiv_(exp_avg, exp_inf, value=-(values[0] / (1 - values[1] ** float(steps))))


OPTIMIZER = OptimizerSpec(
    key="adamax",
    label="AdaMax",
    family="adaptive",
    order=70,
    idea="Adam that divides by the largest recent gradient, not by the square root of the average squared gradient.",
    torch_class=torch.optim.Adamax,
    arguments={"lr": "lr", "betas": ("beta1", "beta2"), "eps": "eps", "foreach": False},
    hyperparameters=(
        learning_rate(0.002),
        BETA1,
        decay_rate(
            "beta2",
            r"\beta_2",
            0.999,
            "Share of the largest gradient that each step keeps: with 0.999 it fades over about a thousand steps.",
        ),
        epsilon(1e-8),
    ),
    update_latex={
        "g": r"g_t \leftarrow \nabla f(\theta_{t-1})",
        "m": r"m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        "u": r"u_t \leftarrow \max(\beta_2 u_{t-1}, \, |g_t| + \epsilon)",
        "m_hat": r"\hat m_t \leftarrow m_t / (1 - \beta_1^t)",
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, \hat m_t / u_t",
    },
    parts={
        "g": GRADIENT,
        "m": FIRST_MOMENT,
        "u": Part(
            label="largest gradient",
            help="The largest recent gradient, reduced a little at each step. The gradient divided by it is at most 1.",
            drawn="box",
            ink="size",
        ),
        "m_hat": FIRST_CORRECTED,
        "update": UPDATE,
    },
    rate_latex=r"\alpha / u_t",
    state={"m": "exp_avg", "u": "exp_inf"},
    kernel=Kernel(step=step, state=("exp_avg", "exp_inf", "step"), values=("lr", "beta1", "beta2", "eps")),
    references=(
        (
            "D. P. Kingma and J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, Algorithm 2, "
            "arXiv:1412.6980."
        ),
    ),
)
