"""NAdam: Adam with Nesterov's momentum.

Teaches: The newest gradient counts twice, alone and in the average: the first step is longer than Adam's.

torch stores the product of all mu_t in single precision, so it is correct to about seven digits.

Examples
--------
>>> position = torch.ones(2, dtype=torch.float64)
>>> optimizer = OPTIMIZER.build([position], lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8, momentum_decay=0.004)
>>> position.grad = torch.tensor([1.0, 100.0], dtype=torch.float64)
>>> before = position.clone()
>>> optimizer.step()
>>> [round(change, 4) for change in (position - before).tolist()]
[-0.1056, -0.1056]
"""

import torch
from torch import Tensor

from optimizers.base import OptimizerSpec
from optimizers.hyperparameter import BETA1, BETA2, Hyperparameter, epsilon, learning_rate
from optimizers.kernel import Kernel
from optimizers.part import DENOMINATOR, FIRST_MOMENT, GRADIENT, SECOND_CORRECTED, SECOND_MOMENT, UPDATE, Part


def step(position: list[Tensor], gradient: list[Tensor], state: list[list[Tensor]], values: list[float]) -> None:
    """``torch.optim.NAdam.step``, for TorchScript."""
    exp_avg, exp_avg_sq, steps, mu_product, g = state[0][0], state[1][0], state[2][0], state[3][0], gradient[0]
    lr, beta1, beta2, eps, momentum_decay = values[0], values[1], values[2], values[3], values[4]
    steps.add_(1)
    t = float(steps)
    mu = beta1 * (1.0 - 0.5 * (0.96 ** (t * momentum_decay)))
    mu_next = beta1 * (1.0 - 0.5 * (0.96 ** ((t + 1) * momentum_decay)))
    mu_product.mul_(mu)
    product = float(mu_product)
    exp_avg.lerp_(g, 1 - beta1)
    exp_avg_sq.mul_(beta2).addcmul_(g, g, value=1 - beta2)
    denominator = exp_avg_sq.div(1 - beta2**t).sqrt().add_(eps)
    position[0].addcdiv_(g, denominator, value=-lr * (1.0 - mu) / (1.0 - product))
    position[0].addcdiv_(exp_avg, denominator, value=(-lr * mu_next) / (1.0 - product * mu_next))


OPTIMIZER = OptimizerSpec(
    key="nadam",
    label="NAdam",
    family="adaptive",
    order=50,
    idea="Adam with Nesterov's momentum, which also grows during the first steps.",
    torch_class=torch.optim.NAdam,
    arguments={
        "lr": "lr",
        "betas": ("beta1", "beta2"),
        "eps": "eps",
        "momentum_decay": "momentum_decay",
        "foreach": False,
    },
    hyperparameters=(
        learning_rate(0.002),
        BETA1,
        BETA2,
        epsilon(1e-8),
        Hyperparameter(
            name="momentum_decay",
            symbol=r"\psi",
            default=0.004,
            low=0.0,
            high=1.0,
            help="How fast the momentum grows from half of beta1 to all of it; with 0 it stays at half.",
        ),
    ),
    update_latex={
        "g": r"g_t \leftarrow \nabla f(\theta_{t-1})",
        "mu": r"\mu_t \leftarrow \beta_1 (1 - \tfrac{1}{2} \, 0.96^{t \psi})",
        "mu_next": r"\mu_{t+1} \leftarrow \beta_1 (1 - \tfrac{1}{2} \, 0.96^{(t+1) \psi})",
        "mu_product": r"\pi_t \leftarrow \pi_{t-1} \, \mu_t, \quad \pi_0 = 1",
        "m": r"m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        "v": r"v_t \leftarrow \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
        "m_hat": r"\hat m_t \leftarrow \mu_{t+1} m_t / (1 - \pi_t \mu_{t+1}) + (1 - \mu_t) g_t / (1 - \pi_t)",
        "v_hat": r"\hat v_t \leftarrow v_t / (1 - \beta_2^t)",
        "denominator": r"d_t \leftarrow \sqrt{\hat v_t} + \epsilon",
        "update": r"\theta_t \leftarrow \theta_{t-1} - \alpha \, \hat m_t / d_t",
    },
    parts={
        "g": GRADIENT,
        "mu": Part(
            label="momentum",
            help="The momentum of this step: it grows from half of beta1 to all of it.",
            drawn="number",
            ink="other",
        ),
        "mu_next": Part(
            label="next momentum",
            help="The momentum of the next step, which NAdam already applies in this step.",
            drawn="number",
            ink="other",
        ),
        "mu_product": Part(
            label="product of momenta",
            help="Product of all momenta so far: the share that the start at zero still has in the average.",
            drawn="number",
            ink="other",
        ),
        "m": FIRST_MOMENT,
        "v": SECOND_MOMENT,
        "m_hat": Part(
            label="direction",
            help="The average with the next step's momentum, plus this gradient once more; both corrected as in Adam.",
            drawn="arrow",
            ink="corrected",
        ),
        "v_hat": SECOND_CORRECTED,
        "denominator": DENOMINATOR,
        "update": UPDATE,
    },
    rate_latex=r"\alpha / d_t",
    state={"mu_product": "mu_product", "m": "exp_avg", "v": "exp_avg_sq"},
    kernel=Kernel(
        step=step,
        state=("exp_avg", "exp_avg_sq", "step", "mu_product"),
        values=("lr", "beta1", "beta2", "eps", "momentum_decay"),
    ),
    references=(
        (
            "T. Dozat, Incorporating Nesterov Momentum into Adam, ICLR 2016 workshop, "
            "openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ."
        ),
    ),
)
