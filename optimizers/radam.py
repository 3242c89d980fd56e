"""RAdam: Adam that divides by the second moment only once this average covers enough steps.

Teaches: The first five steps are those of momentum; from the sixth on it divides, with small steps at first.

As in torch, the division begins above 5 (in the paper: above 4), and eps is added outside the square root of v.

Examples
--------
>>> position = torch.ones(2, dtype=torch.float64)
>>> optimizer = OPTIMIZER.build([position], lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8)
>>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
>>> for _ in range(5):
...     optimizer.step()
>>> before = position.clone()
>>> optimizer.step()
>>> [round(change, 4) for change in (position - before).tolist()]
[-0.0026, -0.0026]
"""

import torch
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import BETA1, BETA2, epsilon, learning_rate
from optimizers.kernel import Kernel
from optimizers.part import FIRST_CORRECTED, FIRST_MOMENT, GRADIENT, SECOND_MOMENT, UPDATE, Part


def step(position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]) -> None:
    """``torch.optim.RAdam.step``, for TorchScript."""
    exp_avg, exp_avg_sq, steps, g = state[0][0], state[1][0], state[2][0], gradient[0]
    lr, beta1, beta2, eps = values[0], values[1], values[2], values[3]
    steps.add_(1)
    t = float(steps)
    exp_avg.lerp_(g, 1 - beta1)
    exp_avg_sq.mul_(beta2).addcmul_(g, g, value=1 - beta2)
    correction2 = 1 - beta2**t
    rho_inf = 2 / (1 - beta2) - 1
    rho = rho_inf - 2 * t * (beta2**t) / correction2
    direction = exp_avg / (1 - beta1**t)
    if rho > 5.0:
        rect = ((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho)) ** 0.5
        rate = (correction2**0.5) / exp_avg_sq.sqrt().add_(eps)
        position[0].add_(direction * lr * rate * rect, alpha=-1.0)
    else:
        position[0].add_(direction * lr, alpha=-1.0)


OPTIMIZER = OptimizerSpec(
    key="radam",
    label="RAdam",
    family="adaptive",
    order=60,
    idea="Adam that starts as momentum and divides by the second moment only after it averages enough gradients.",
    torch_class=torch.optim.RAdam,
    arguments={"lr": "lr", "betas": ("beta1", "beta2"), "eps": "eps", "foreach": False},
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
        "m_hat": r"\hat m_t \leftarrow m_t / (1 - \beta_1^t)",
        "rho_inf": r"\rho_\infty \leftarrow 2 / (1 - \beta_2) - 1",
        "rho": r"\rho_t \leftarrow \rho_\infty - 2 t \, \beta_2^t / (1 - \beta_2^t)",
        "r": (
            r"r_t \leftarrow \begin{cases} \sqrt{\frac{(\rho_t - 4)(\rho_t - 2) \rho_\infty}"
            r"{(\rho_\infty - 4)(\rho_\infty - 2) \rho_t}} & \rho_t > 5 \\ 1 & \text{otherwise} \end{cases}"
        ),
        "denominator": (
            r"d_t \leftarrow \begin{cases} (\sqrt{v_t} + \epsilon) / \sqrt{1 - \beta_2^t} & \rho_t > 5 \\ "
            r"1 & \text{otherwise} \end{cases}"
        ),
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, r_t \, \hat m_t / d_t",
    },
    parts={
        "g": GRADIENT,
        "m": FIRST_MOMENT,
        "v": SECOND_MOMENT,
        "m_hat": FIRST_CORRECTED,
        "rho_inf": Part(
            label="longest average",
            help="How many steps the average of squares covers in the long run; it depends on beta2 alone.",
            drawn="number",
            ink="other",
        ),
        "rho": Part(
            label="average so far",
            help="How many steps the average of squares covers so far: while they are few, it is not reliable.",
            drawn="number",
            ink="other",
        ),
        "r": Part(
            label="rectification",
            help="Factor of the step: 1 before the division begins, then small at first and growing toward 1.",
            drawn="number",
            ink="other",
        ),
        "denominator": Part(
            label="denominator",
            help="Is 1 while the average of squares covers too few steps, then its corrected square root plus eps.",
            drawn="box",
            ink="denominator",
        ),
        "update": UPDATE,
    },
    rate_latex=r"\alpha \, r_t / d_t",
    state={"m": "exp_avg", "v": "exp_avg_sq"},
    kernel=Kernel(step=step, state=("exp_avg", "exp_avg_sq", "step"), values=("lr", "beta1", "beta2", "eps")),
    references=(
        (
            "L. Liu et al., On the Variance of the Adaptive Learning Rate and Beyond, ICLR 2020, "
            "Algorithm 2, arXiv:1908.03265."
        ),
    ),
)
