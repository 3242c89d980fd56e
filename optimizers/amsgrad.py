"""AMSGrad: Adam that divides by the largest second moment so far.

Teaches: After one large gradient the steps stay small, while those of Adam grow again.

torch corrects the bias of both averages; the paper does not. v_max never decreases, but v_hat does: it approaches v_max
from above while the correction approaches 1, and meanwhile the steps still grow a little.

Examples
--------
>>> position = torch.ones(2, dtype=torch.float64)
>>> optimizer = OPTIMIZER.build([position], lr=0.1, beta1=0.9, beta2=0.9, eps=1e-8)
>>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
>>> optimizer.step()
>>> position.grad = torch.tensor([1.0, 1.0], dtype=torch.float64)
>>> for _ in range(99):
...     optimizer.step()
>>> before = position.clone()
>>> optimizer.step()
>>> [round(change, 4) for change in (position - before).tolist()]
[-0.1, -0.0032]
"""

import torch
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import BETA1, BETA2, epsilon, learning_rate
from optimizers.kernel import Kernel
from optimizers.part import DENOMINATOR, FIRST_CORRECTED, FIRST_MOMENT, GRADIENT, SECOND_MOMENT, UPDATE, Part
from optimizers.stability import DIVIDED_AVERAGE


def step(position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]) -> None:
    """``torch.optim.Adam.step`` with ``amsgrad`` by its fused kernel, for TorchScript."""
    state[2][0].add_(1)
    torch._fused_adam_(
        position, gradient, state[0], state[1], state[3], state[2],
        lr=values[0], beta1=values[1], beta2=values[2], weight_decay=0.0, eps=values[3],
        amsgrad=True, maximize=False,
    )  # fmt: skip


OPTIMIZER = OptimizerSpec(
    key="amsgrad",
    label="AMSGrad",
    family="adaptive",
    order=80,
    idea="Adam that divides by the largest second moment so far: one large gradient keeps all later steps small.",
    torch_class=torch.optim.Adam,
    arguments={"lr": "lr", "betas": ("beta1", "beta2"), "eps": "eps", "amsgrad": True, "fused": True},
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
        "v_max": r"v^{\max}_t \leftarrow \max(v^{\max}_{t-1}, \, v_t)",
        "m_hat": r"\hat m_t \leftarrow m_t / (1 - \beta_1^t)",
        "v_hat": r"\hat v_t \leftarrow v^{\max}_t / (1 - \beta_2^t)",
        "denominator": r"d_t \leftarrow \sqrt{\hat v_t} + \epsilon",
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, \hat m_t / d_t",
    },
    parts={
        "g": GRADIENT,
        "m": FIRST_MOMENT,
        "v": SECOND_MOMENT,
        "v_max": Part(
            label="largest second moment",
            help="The largest second moment so far: it never falls, so after one large gradient the steps stay small.",
            drawn="square",
            ink="other",
        ),
        "m_hat": FIRST_CORRECTED,
        "v_hat": Part(
            label="largest, corrected",
            help="The largest second moment, corrected as in Adam because the average starts at zero.",
            drawn="square",
            ink="corrected_size",
        ),
        "denominator": DENOMINATOR,
        "update": UPDATE,
    },
    rate_latex=r"\alpha / d_t",
    state={"m": "exp_avg", "v": "exp_avg_sq", "v_max": "max_exp_avg_sq"},
    kernel=Kernel(
        step=step,
        state=("exp_avg", "exp_avg_sq", "step", "max_exp_avg_sq"),
        values=("lr", "beta1", "beta2", "eps"),
    ),
    stability=DIVIDED_AVERAGE,
    references=(
        (
            "S. J. Reddi, S. Kale and S. Kumar, On the Convergence of Adam and Beyond, ICLR 2018, "
            "Algorithm 2, arXiv:1904.09237."
        ),
    ),
)
