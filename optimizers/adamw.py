"""AdamW: Adam with weight decay that is not divided by the denominator.

Teaches: Even where the gradient is zero the weights shrink, each step by the share ``lr * weight_decay``.

Examples
--------
>>> position = torch.ones(2, dtype=torch.float64)
>>> optimizer = OPTIMIZER.build([position], lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.5)
>>> position.grad = torch.tensor([0.0, 0.0], dtype=torch.float64)
>>> before = position.clone()
>>> optimizer.step()
>>> [round(change, 4) for change in (position - before).tolist()]
[-0.05, -0.05]
"""

import torch
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import BETA1, BETA2, Hyperparameter, epsilon, learning_rate
from optimizers.kernel import Kernel
from optimizers.part import DENOMINATOR, FIRST_CORRECTED, FIRST_MOMENT, GRADIENT, SECOND_CORRECTED, SECOND_MOMENT, Part


def step(position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]) -> None:
    """``torch.optim.AdamW.step`` by its fused kernel, for TorchScript."""
    state[2][0].add_(1)
    torch._fused_adamw_(
        position, gradient, state[0], state[1], state[0][:0], state[2],
        lr=values[0], beta1=values[1], beta2=values[2], weight_decay=values[4], eps=values[3],
        amsgrad=False, maximize=False,
    )  # fmt: skip


OPTIMIZER = OptimizerSpec(
    key="adamw",
    label="AdamW",
    family="adaptive",
    order=40,
    idea="Adam with weight decay: each step also moves the weights a little toward zero, whatever the gradient.",
    torch_class=torch.optim.AdamW,
    arguments={
        "lr": "lr",
        "betas": ("beta1", "beta2"),
        "eps": "eps",
        "weight_decay": "weight_decay",
        "fused": True,
    },
    hyperparameters=(
        learning_rate(0.001),
        BETA1,
        BETA2,
        epsilon(1e-8),
        Hyperparameter(
            name="weight_decay",
            symbol=r"\lambda",
            default=0.01,
            low=0.0,
            high=1.0,
            help="How strongly each step moves the weights toward zero, whatever the gradient; with 0 it is Adam.",
        ),
    ),
    update_latex={
        "g": r"g_t \leftarrow \nabla f(\theta_{t-1})",
        "decay": r"w_t \leftarrow -\alpha \lambda \, \theta_{t-1}",
        "m": r"m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        "v": r"v_t \leftarrow \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
        "m_hat": r"\hat m_t \leftarrow m_t / (1 - \beta_1^t)",
        "v_hat": r"\hat v_t \leftarrow v_t / (1 - \beta_2^t)",
        "denominator": r"d_t \leftarrow \sqrt{\hat v_t} + \epsilon",
        "update": r"\theta_t \leftarrow \theta_{t-1} + w_t - \alpha \, \hat m_t / d_t",
    },
    parts={
        "g": GRADIENT,
        "decay": Part(
            label="decay",
            help="The move toward zero: a small share of the position, not divided by the denominator.",
            drawn="move",
            ink="other",
        ),
        "m": FIRST_MOMENT,
        "v": SECOND_MOMENT,
        "m_hat": FIRST_CORRECTED,
        "v_hat": SECOND_CORRECTED,
        "denominator": DENOMINATOR,
        "update": Part(
            label="update",
            help="The step: the decay, minus the learning rate times the corrected average over the denominator.",
            drawn="move",
            ink="update",
        ),
    },
    rate_latex=r"\alpha / d_t",
    state={"m": "exp_avg", "v": "exp_avg_sq"},
    kernel=Kernel(
        step=step,
        state=("exp_avg", "exp_avg_sq", "step"),
        values=("lr", "beta1", "beta2", "eps", "weight_decay"),
    ),
    references=(
        (
            "I. Loshchilov and F. Hutter, Decoupled Weight Decay Regularization, ICLR 2019, Algorithm 2, "
            "arXiv:1711.05101."
        ),
    ),
)
