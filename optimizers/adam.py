"""Adam: the average of the gradient, divided by the gradient's own running size."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from optimizers.base import Hyperparameter, OptimizerSpec


def build(params: list[Tensor], *, lr: float, beta1: float, beta2: float, eps: float) -> torch.optim.Optimizer:
    """torch's Adam over ``params``."""
    return torch.optim.Adam(params, lr=lr, betas=(beta1, beta2), eps=eps)


def anatomy(state: Mapping[str, Any], group: Mapping[str, Any], gradient: Tensor) -> dict[str, Tensor]:
    """The parts of one step, from torch's state after it."""
    beta1, beta2 = group["betas"]
    t = float(state["step"])
    m, v = state["exp_avg"], state["exp_avg_sq"]
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    denominator = v_hat.sqrt() + group["eps"]
    return {"m": m, "v": v, "m_hat": m_hat, "v_hat": v_hat, "denominator": denominator, "update": -group["lr"] * m_hat / denominator}


OPTIMIZER = OptimizerSpec(
    key="adam",
    label="Adam",
    family="adaptive",
    order=30,
    idea="Momentum, with a step size of its own for every weight.",
    build=build,
    hyperparameters=(
        Hyperparameter(name="lr", symbol=r"\alpha", default=0.001, low=1e-6, high=10.0, scale="log", help="How far one step goes."),
        Hyperparameter(name="beta1", symbol=r"\beta_1", default=0.9, low=0.0, high=0.9999, scale="complement", help="How much of the past direction is kept."),
        Hyperparameter(name="beta2", symbol=r"\beta_2", default=0.999, low=0.0, high=0.99999, scale="complement", help="How much of the past size is kept."),
        Hyperparameter(name="eps", symbol=r"\epsilon", default=1e-8, low=1e-12, high=1.0, scale="log", help="Keeps the division away from zero."),
    ),
    update_latex={
        "g": r"g_t \leftarrow \nabla_\theta f(\theta_{t-1})",
        "m": r"m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        "v": r"v_t \leftarrow \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
        "m_hat": r"\hat m_t \leftarrow m_t / (1 - \beta_1^t)",
        "v_hat": r"\hat v_t \leftarrow v_t / (1 - \beta_2^t)",
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, \hat m_t / (\sqrt{\hat v_t} + \epsilon)",
    },
    anatomy=anatomy,
    references=("D. P. Kingma and J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, Algorithm 1, arXiv:1412.6980.",),
)
