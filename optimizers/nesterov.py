"""Nesterov: momentum that uses the velocity after the newest gradient.

Teaches: Even the first step uses the velocity: it is ``1 + momentum`` times the step of plain SGD.

The paper evaluates the gradient one momentum step ahead. torch stores that point as the position, so here the gradient
is evaluated at the position itself.

Examples
--------
>>> position = torch.ones(2, dtype=torch.float64)
>>> optimizer = OPTIMIZER.build([position], lr=0.1, momentum=0.9)
>>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
>>> before = position.clone()
>>> optimizer.step()
>>> [round(change, 4) for change in (position - before).tolist()]
[-0.19, -19.0]
"""

import torch
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import decay_rate, learning_rate
from optimizers.kernel import Kernel
from optimizers.part import GRADIENT, UPDATE, Part
from optimizers.stability import Stability


def step(position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]) -> None:
    """``torch.optim.SGD.step`` with Nesterov's momentum, for TorchScript."""
    velocity = state[0][0]
    velocity.mul_(values[1]).add_(gradient[0])
    position[0].add_(gradient[0].add(velocity, alpha=values[1]), alpha=-values[0])


STABILITY = Stability(
    bound=lambda values: (2 + 2 * values["momentum"]) / (1 + 2 * values["momentum"]),
    formula="(2 + 2 momentum) / (1 + 2 momentum) / λ",
    source=(
        "J. M. Cohen et al., Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability, ICLR 2021, "
        "arXiv:2103.00065."
    ),
)

OPTIMIZER = OptimizerSpec(
    key="nesterov",
    label="Nesterov",
    family="gradient",
    order=20,
    idea="Momentum with the velocity that the next step would have if the gradient stayed the same.",
    torch_class=torch.optim.SGD,
    arguments={"lr": "lr", "momentum": "momentum", "nesterov": True, "foreach": False},
    hyperparameters=(
        learning_rate(0.001),
        decay_rate(
            "momentum",
            r"\beta",
            0.9,
            "Share of the velocity that each step keeps: 0.9 keeps most of it, near 0 is plain SGD (torch's default).",
            low=0.01,
        ),
    ),
    update_latex={
        "g": r"g_t \leftarrow \nabla f(\theta_{t-1})",
        "m": r"m_t \leftarrow \beta \, m_{t-1} + g_t",
        "direction": r"d_t \leftarrow g_t + \beta \, m_t",
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, d_t",
    },
    parts={
        "g": GRADIENT,
        "m": Part(
            label="velocity",
            help="Running sum of the gradients, in which older ones fade.",
            drawn="arrow",
            ink="memory",
        ),
        "direction": Part(
            label="direction",
            help="The gradient plus momentum times the new velocity: the direction that the next step would take.",
            drawn="arrow",
            ink="corrected",
        ),
        "update": UPDATE,
    },
    rate_latex=r"\alpha",
    state={"m": "momentum_buffer"},
    kernel=Kernel(step=step, state=("momentum_buffer",), values=("lr", "momentum")),
    stability=STABILITY,
    references=(
        (
            "Y. Nesterov, A method for solving the convex programming problem with convergence rate O(1/k^2), "
            "Dokl. Akad. Nauk SSSR 269(3), 1983, pp. 543-547."
        ),
        (
            "I. Sutskever, J. Martens, G. Dahl and G. Hinton, "
            "On the importance of initialization and momentum in deep learning, ICML 2013, eq. (3)-(4)."
        ),
    ),
)
