"""Adadelta: the size of a step is computed from the sizes of earlier steps.

Teaches: The size of the first step depends on ``eps`` alone, so runs start very slowly.

Examples
--------
>>> position = torch.ones(2, dtype=torch.float64)
>>> optimizer = OPTIMIZER.build([position], lr=1.0, rho=0.9, eps=1e-6)
>>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
>>> before = position.clone()
>>> optimizer.step()
>>> [round(change, 4) for change in (position - before).tolist()]
[-0.0032, -0.0032]
"""

import torch
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import decay_rate, epsilon, learning_rate
from optimizers.kernel import Kernel
from optimizers.part import DENOMINATOR, GRADIENT, SECOND_MOMENT, UPDATE, Part


def step(position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]) -> None:
    """``torch.optim.Adadelta.step``, for TorchScript."""
    square_avg, acc_delta, g = state[0][0], state[1][0], gradient[0]
    square_avg.mul_(values[1]).addcmul_(g, g, value=1 - values[1])
    delta = acc_delta.add(values[2]).sqrt_().div_(square_avg.add(values[2]).sqrt_()).mul_(g)
    acc_delta.mul_(values[1]).addcmul_(delta, delta, value=1 - values[1])
    position[0].add_(delta, alpha=-values[0])


OPTIMIZER = OptimizerSpec(
    key="adadelta",
    label="Adadelta",
    family="adaptive",
    order=20,
    idea="Computes the size of each step from the sizes of earlier steps, so the learning rate hardly matters.",
    torch_class=torch.optim.Adadelta,
    arguments={"lr": "lr", "rho": "rho", "eps": "eps", "foreach": False},
    hyperparameters=(
        learning_rate(1.0, high=1000.0),
        decay_rate(
            "rho",
            r"\rho",
            0.9,
            "Share of both running averages that each step keeps: 0.9 averages about ten steps.",
            low=0.01,
        ),
        epsilon(1e-6),
    ),
    update_latex={
        "g": r"g_t \leftarrow \nabla f(\theta_{t-1})",
        "v": r"v_t \leftarrow \rho \, v_{t-1} + (1 - \rho) g_t^2",
        "numerator": r"n_t \leftarrow \sqrt{u_{t-1} + \epsilon}",
        "denominator": r"d_t \leftarrow \sqrt{v_t + \epsilon}",
        "delta": r"\Delta_t \leftarrow (n_t / d_t) \, g_t",
        "u": r"u_t \leftarrow \rho \, u_{t-1} + (1 - \rho) \Delta_t^2",
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, \Delta_t",
    },
    parts={
        "g": GRADIENT,
        "v": SECOND_MOMENT,
        "numerator": Part(
            label="size of past steps",
            help="The size of recent steps, used in place of a learning rate; at first the square root of eps.",
            drawn="vector",
            ink="other",
        ),
        "denominator": DENOMINATOR,
        "delta": Part(
            label="step before lr",
            help="The gradient divided by its own recent size, times the size of recent steps.",
            drawn="move",
            ink="corrected",
        ),
        "u": Part(
            label="mean square of steps",
            help="Running average of the squared steps, from which the size of the next step is computed.",
            drawn="vector",
            ink="other",
        ),
        "update": UPDATE,
    },
    rate_latex=r"\alpha \, n_t / d_t",
    state={"v": "square_avg", "u": "acc_delta"},
    kernel=Kernel(step=step, state=("square_avg", "acc_delta"), values=("lr", "rho", "eps")),
    references=("M. D. Zeiler, ADADELTA: An Adaptive Learning Rate Method, 2012, Algorithm 1, arXiv:1212.5701.",),
)
