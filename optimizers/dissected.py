"""Adam, taken apart: the algorithm line by line, with a switch for each of its components.

Teaches: Without both corrections the first step is ``(1 - beta1) / sqrt(1 - beta2)`` = 3.16 learning rates long.
It is ten times too short if m alone is not corrected.

Examples
--------
>>> position = torch.ones(2, dtype=torch.float64)
>>> optimizer = Dissected([position], lr=0.1, correct_m=0, correct_v=0)
>>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
>>> before = position.clone()
>>> optimizer.step()
>>> [round(change, 4) for change in (position - before).tolist()]
[-0.3162, -0.3162]
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import BETA1, BETA2, Hyperparameter, epsilon, learning_rate
from optimizers.part import FIRST_CORRECTED, FIRST_MOMENT, GRADIENT, SECOND_CORRECTED, SECOND_MOMENT, UPDATE, Part


class Dissected(torch.optim.Optimizer):
    """Adam in the order of the paper's Algorithm 1; with its default switches it takes the same steps as torch's Adam.

    Raises
    ------
    ValueError
        If ``lr`` or ``eps`` is below 0, a beta is not from 0 to below 1, or a switch is neither 0 nor 1.
    """

    def __init__(
        self,
        params: Any,
        *,
        lr: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        eps: float = 1e-8,
        first_moment: float = 1,
        second_moment: float = 1,
        correct_m: float = 1,
        correct_v: float = 1,
        root: float = 1,
        eps_inside: float = 0,
    ) -> None:
        switches = {"first_moment": first_moment, "second_moment": second_moment, "correct_m": correct_m}
        switches |= {"correct_v": correct_v, "root": root, "eps_inside": eps_inside}
        values = {"lr": lr, "beta1": beta1, "beta2": beta2, "eps": eps} | switches
        good = {"lr": lr >= 0, "beta1": 0 <= beta1 < 1, "beta2": 0 <= beta2 < 1, "eps": eps >= 0}
        for name, value in values.items():
            if not good.get(name, value in {0, 1}):
                raise ValueError(f"Invalid {name}: {value}")
        super().__init__(params, values)

    @torch.no_grad()
    def step(self, closure: Any = None) -> Any:
        """Take one step; if a ``closure`` is given, it evaluates the loss first."""
        with torch.enable_grad():
            loss = closure() if closure else None
        for group in self.param_groups:
            for theta in group["params"]:
                if theta.grad is not None:
                    self.state[theta] = algorithm_1(self.state[theta], group, theta.grad)
                    theta.add_(self.state[theta]["update"])
        return loss


def algorithm_1(past: Mapping[str, Any], group: Mapping[str, Any], g: Tensor) -> dict[str, Any]:
    """Compute the lines of one step in order, from the results of the step before."""
    beta1, beta2, eps = group["beta1"] if group["first_moment"] else 0.0, group["beta2"], group["eps"]
    t = past.get("step", 0) + 1
    m = beta1 * past.get("m", 0.0) + (1 - beta1) * g
    v = beta2 * past.get("v", 0.0) + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t) if group["correct_m"] else m
    v_hat = v / (1 - beta2**t) if group["correct_v"] else v
    if not group["second_moment"]:
        d = torch.ones_like(v)
    elif not group["root"]:
        d = v_hat + eps
    else:
        d = (v_hat + eps).sqrt() if group["eps_inside"] else v_hat.sqrt() + eps
    update = -group["lr"] * m_hat / d
    return {"step": t, "m": m, "v": v, "m_hat": m_hat, "v_hat": v_hat, "denominator": d, "update": update}


def switch(name: str, symbol: str, default: float, help: str) -> Hyperparameter:
    """A component of Adam that is on (1) or off (0)."""
    return Hyperparameter(name=name, symbol=symbol, default=default, low=0, high=1, scale="switch", help=help)


OPTIMIZER = OptimizerSpec(
    key="dissected",
    label="Adam, taken apart",
    family="adaptive",
    order=90,
    idea="Adam with a switch for each of its components, to see the effect of each.",
    torch_class=Dissected,
    arguments={
        name: name
        for name in (
            *("lr", "beta1", "beta2", "eps", "first_moment", "second_moment"),
            *("correct_m", "correct_v", "root", "eps_inside"),
        )
    },
    hyperparameters=(
        learning_rate(0.001),
        BETA1,
        BETA2,
        epsilon(1e-8),
        switch("first_moment", "M", 1, "Use the average gradient. Off: m is the newest gradient alone."),
        switch(
            "second_moment",
            "V",
            1,
            "Divide by the square root of the average squared gradient. Off: v is computed but not used.",
        ),
        switch("correct_m", "C_m", 1, "Correct m for its start at zero. Off: the first steps are too short."),
        switch("correct_v", "C_v", 1, "Correct v for its start at zero. Off: the first steps are too long."),
        switch(
            "root",
            "R",
            1,
            "Use the square root of v. Off: steps are tiny where the gradient is large, and huge where it is small.",
        ),
        switch(
            "eps_inside",
            "E",
            0,
            "Add eps inside the square root, as Algorithm 1 of the paper does. Off: outside, as torch does.",
        ),
    ),
    update_latex={
        "g": r"g_t \leftarrow \nabla f(\theta_{t-1})",
        "m": (
            r"m_t \leftarrow \begin{cases} \beta_1 m_{t-1} + (1 - \beta_1) g_t & M > 0 \\ "
            r"g_t & \text{otherwise} \end{cases}"
        ),
        "v": r"v_t \leftarrow \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
        "m_hat": (
            r"\hat m_t \leftarrow \begin{cases} m_t / (1 - \beta_1^t) & M C_m > 0 \\ "
            r"m_t & \text{otherwise} \end{cases}"
        ),
        "v_hat": (
            r"\hat v_t \leftarrow \begin{cases} v_t / (1 - \beta_2^t) & C_v > 0 \\ "
            r"v_t & \text{otherwise} \end{cases}"
        ),
        "denominator": (
            r"d_t \leftarrow \begin{cases} \sqrt{\hat v_t + \epsilon} & V R E > 0 \\ "
            r"\sqrt{\hat v_t} + \epsilon & V R > 0 \\ \hat v_t + \epsilon & V > 0 \\ 1 & \text{otherwise} \end{cases}"
        ),
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, \hat m_t / d_t",
    },
    parts={
        "g": GRADIENT,
        "m": FIRST_MOMENT,
        "v": SECOND_MOMENT,
        "m_hat": replace(
            FIRST_CORRECTED,
            label="first moment, as used",
            help="The first moment that the step uses: m corrected for its start at zero, or m itself if that is off.",
        ),
        "v_hat": replace(
            SECOND_CORRECTED,
            label="second moment, as used",
            help="The second moment that the step uses: v corrected for its start at zero, or v itself if that is off.",
        ),
        "denominator": Part(
            label="denominator",
            help="Square root of the second moment, plus eps so it is never zero; 1 if the second moment is off.",
            drawn="box",
            ink="denominator",
        ),
        "update": UPDATE,
    },
    rate_latex=r"\alpha / d_t",
    state={"m": "m", "v": "v"},
    references=(
        (
            "K. Jerzmaowski, Mr. Adam Who Are You?, 2024, Algorithm 1 and equation (4), after "
            "D. P. Kingma and J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, arXiv:1412.6980."
        ),
    ),
)
