"""The rules of the optimizers, written in NumPy from the papers, without torch; torch's steps are compared with them.

One function for each optimizer, named by its key. It takes the position, the gradient there, the number of the step
(from 1), what it remembers (a mapping in which everything begins at zero) and the hyperparameters, and returns the
next position. Where torch departs from the paper, the function follows torch, and a comment states it.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np

Vector = Any  # float64, shape (2,)
Memory = defaultdict[str, Any]


def sgd(theta: Vector, g: Vector, t: int, past: Memory, *, lr: float) -> Vector:
    """Robbins and Monro (1951)."""
    return theta - lr * g


def momentum(theta: Vector, g: Vector, t: int, past: Memory, *, lr: float, momentum: float) -> Vector:
    """Polyak (1964): the change is the negative gradient plus momentum times the change before."""
    past["change"] = momentum * past["change"] - lr * g
    return theta + past["change"]


def nesterov(theta: Vector, g: Vector, t: int, past: Memory, *, lr: float, momentum: float) -> Vector:
    """Sutskever et al. (2013), eq. (3) and (4), where the gradient is taken at the point looked ahead to.

    torch's position is that point: with the paper's position y, theta = y + momentum * velocity.
    """
    y = theta - momentum * past["velocity"]
    past["velocity"] = momentum * past["velocity"] - lr * g
    return y + past["velocity"] + momentum * past["velocity"]


def adagrad(theta: Vector, g: Vector, t: int, past: Memory, *, lr: float, eps: float) -> Vector:
    """Duchi et al. (2011), the diagonal rule; eps is torch's."""
    past["squares"] += g * g
    return theta - lr * g / (np.sqrt(past["squares"]) + eps)


def rmsprop(theta: Vector, g: Vector, t: int, past: Memory, *, lr: float, alpha: float, eps: float) -> Vector:
    """Tieleman and Hinton (2012), slide 29; eps is torch's, outside the root."""
    past["mean_square"] = alpha * past["mean_square"] + (1 - alpha) * g**2
    return theta - lr * g / (np.sqrt(past["mean_square"]) + eps)


def adadelta(theta: Vector, g: Vector, t: int, past: Memory, *, lr: float, rho: float, eps: float) -> Vector:
    """Zeiler (2012), Algorithm 1; the learning rate is torch's, and outside the accumulated change."""
    past["g2"] = rho * past["g2"] + (1 - rho) * g**2
    change = -np.sqrt(past["x2"] + eps) / np.sqrt(past["g2"] + eps) * g
    past["x2"] = rho * past["x2"] + (1 - rho) * change**2
    return theta + lr * change


def adam(
    theta: Vector, g: Vector, t: int, past: Memory, *, lr: float, beta1: float, beta2: float, eps: float
) -> Vector:
    """Kingma and Ba (2015), Algorithm 1."""
    past["m"] = beta1 * past["m"] + (1 - beta1) * g
    past["v"] = beta2 * past["v"] + (1 - beta2) * g**2
    m_hat = past["m"] / (1 - beta1**t)
    v_hat = past["v"] / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps)


def adamw(
    theta: Vector,
    g: Vector,
    t: int,
    past: Memory,
    *,
    lr: float,
    beta1: float,
    beta2: float,
    eps: float,
    weight_decay: float,
) -> Vector:
    """Loshchilov and Hutter (2019), Algorithm 2; as in torch, the decay is multiplied by lr (their eta times alpha)."""
    return adam(theta, g, t, past, lr=lr, beta1=beta1, beta2=beta2, eps=eps) - lr * weight_decay * theta


def nadam(
    theta: Vector,
    g: Vector,
    t: int,
    past: Memory,
    *,
    lr: float,
    beta1: float,
    beta2: float,
    eps: float,
    momentum_decay: float,
) -> Vector:
    """Dozat (2016), Algorithm 2, with its schedule for mu.

    torch keeps the product of the schedule in single precision, whatever the precision of the weights, and so does
    this: the difference from the paper is up to a few parts in ten million of a step.
    """
    mu = beta1 * (1 - 0.5 * 0.96 ** (t * momentum_decay))
    mu_next = beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * momentum_decay))
    past["product"] = np.float32(past.get("product", 1.0)) * np.float32(mu)
    product = float(past["product"])
    past["m"] = beta1 * past["m"] + (1 - beta1) * g
    past["v"] = beta2 * past["v"] + (1 - beta2) * g**2
    g_hat = g / (1 - product)
    m_hat = past["m"] / (1 - product * mu_next)
    v_hat = past["v"] / (1 - beta2**t)
    return theta - lr * ((1 - mu) * g_hat + mu_next * m_hat) / (np.sqrt(v_hat) + eps)


def radam(
    theta: Vector, g: Vector, t: int, past: Memory, *, lr: float, beta1: float, beta2: float, eps: float
) -> Vector:
    """Liu et al. (2020), Algorithm 2; as in torch, adaptive above 5 (the paper: 4), and eps beside the root of v."""
    past["v"] = beta2 * past["v"] + (1 - beta2) * g**2
    past["m"] = beta1 * past["m"] + (1 - beta1) * g
    m_hat = past["m"] / (1 - beta1**t)
    longest = 2 / (1 - beta2) - 1
    length = longest - 2 * t * beta2**t / (1 - beta2**t)
    if length <= 5:
        return theta - lr * m_hat
    rectification = np.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))
    adaptive = np.sqrt(1 - beta2**t) / (np.sqrt(past["v"]) + eps)
    return theta - lr * rectification * m_hat * adaptive


def adamax(
    theta: Vector, g: Vector, t: int, past: Memory, *, lr: float, beta1: float, beta2: float, eps: float
) -> Vector:
    """Kingma and Ba (2015), Algorithm 2; eps is torch's, added to the gradient's size."""
    past["m"] = beta1 * past["m"] + (1 - beta1) * g
    past["u"] = np.maximum(beta2 * past["u"], np.abs(g) + eps)
    return theta - lr / (1 - beta1**t) * past["m"] / past["u"]


def amsgrad(
    theta: Vector, g: Vector, t: int, past: Memory, *, lr: float, beta1: float, beta2: float, eps: float
) -> Vector:
    """Reddi et al. (2018), Algorithm 2, with torch's addition of Adam's bias corrections."""
    past["m"] = beta1 * past["m"] + (1 - beta1) * g
    past["v"] = beta2 * past["v"] + (1 - beta2) * g**2
    past["largest"] = np.maximum(past["largest"], past["v"])
    m_hat = past["m"] / (1 - beta1**t)
    v_hat = past["largest"] / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps)


def dissected(
    theta: Vector,
    g: Vector,
    t: int,
    past: Memory,
    *,
    lr: float,
    beta1: float,
    beta2: float,
    eps: float,
    first_moment: float,
    second_moment: float,
    correct_m: float,
    correct_v: float,
    root: float,
    eps_inside: float,
) -> Vector:
    """Kingma and Ba (2015), Algorithm 1, as a step of ``adam`` with one factor after the other removed.

    Jerzmaowski (2024) has eps inside the root in Algorithm 1, beside it in equation (4).
    """
    beta1 *= first_moment
    past["m"] = beta1 * past["m"] + (1 - beta1) * g
    past["v"] = beta2 * past["v"] + (1 - beta2) * g**2
    m_hat = past["m"] / (1 - beta1**t) ** correct_m
    v_hat = past["v"] / (1 - beta2**t) ** correct_v
    inside = eps * eps_inside * root
    divisor = (v_hat + inside) ** (1 - 0.5 * root) + (eps - inside)
    return theta - lr * m_hat / divisor**second_moment


def walk(
    rule: Callable[..., Vector], gradient: Callable[[Vector], Vector], start: Vector, steps: int, **values: float
) -> Vector:
    """The positions, shape (steps + 1, 2), of a walk by one of the rules above."""
    return walk_together(rule, lambda at: gradient(at[0])[None], start, steps, [values])[0]


def walk_together(
    rule: Callable[..., Vector],
    gradients: Callable[[Vector], Vector],
    start: Vector,
    steps: int,
    settings: list[dict[str, float]],
) -> Vector:
    """Walks in several settings, (settings, steps + 1, ...): all gradients of a step are evaluated in one call."""
    pasts: list[Memory] = [defaultdict(float) for _ in settings]
    positions = [np.array([start] * len(settings))]
    for t in range(1, steps + 1):
        at = zip(positions[-1], gradients(positions[-1]), pasts, settings, strict=True)
        positions.append(np.array([rule(position, g, t, past, **values) for position, g, past, values in at]))
    return np.array(positions).swapaxes(0, 1)
