"""Adam, taken apart: the algorithm line by line, with a switch for each of its ideas.

Teaches: Without the two corrections the first step is not too short but ``(1 - beta1) / sqrt(1 - beta2)`` = 3.16
learning rates long; it is m alone, uncorrected, that makes it ten times too short.

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
    """Adam in the order of the paper's Algorithm 1; as built it steps as torch's does.

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
        """Take one step; ``closure``, where there is one, evaluates the loss before."""
        with torch.enable_grad():
            loss = closure() if closure else None
        for group in self.param_groups:
            for theta in group["params"]:
                if theta.grad is not None:
                    self.state[theta] = algorithm_1(self.state[theta], group, theta.grad)
                    theta.add_(self.state[theta]["update"])
        return loss


def algorithm_1(past: Mapping[str, Any], group: Mapping[str, Any], g: Tensor) -> dict[str, Any]:
    """What the lines of one step compute, in their order, from what those of the step before have left."""
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
    """One idea of Adam, in force (1) or not (0)."""
    return Hyperparameter(name=name, symbol=symbol, default=default, low=0, high=1, scale="switch", help=help)


OPTIMIZER = OptimizerSpec(
    key="dissected",
    label="Adam, taken apart",
    family="adaptive",
    order=90,
    idea="Adam with a switch for each of its ideas, to see what each of them is good for.",
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
        switch("first_moment", "M", 1, "Follow the average of the gradient; off, m is the newest gradient alone."),
        switch("second_moment", "V", 1, "Divide by the gradient's running size; off, v is kept but divides nothing."),
        switch("correct_m", "C_m", 1, "Correct m for its start at zero; off, the first steps are too short."),
        switch("correct_v", "C_v", 1, "Correct v for its start at zero; off, the first steps are too long."),
        switch("root", "R", 1, "Take the root of v; off, steep ways crawl and gentle ways leap."),
        switch("eps_inside", "E", 0, "Add eps inside the root, as the paper's Algorithm 1; off, after it, as torch."),
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
            help="What the step uses: m divided by the weight it has gathered since zero, or just m where that is off.",
        ),
        "v_hat": replace(
            SECOND_CORRECTED,
            label="second moment, as used",
            help="What the step uses: v divided by the weight it has gathered since zero, or just v where that is off.",
        ),
        "denominator": Part(
            label="denominator",
            help="How large slopes have been, and eps lest it be zero; one where the second moment is switched off.",
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
