"""Walks whose every position is known in closed form, on a parabola of one weight."""

import math

import numpy as np
import pytest
import torch

from optimizers import OPTIMIZERS


def positions_of(key: str, start: float, curvature: float, steps: int, **values: float) -> list[float]:
    """Walk on ``curvature / 2 * x**2``, for which the theory is exact."""
    spec = OPTIMIZERS[key]
    position = torch.tensor([start], dtype=torch.float64)
    optimizer = spec.build([position], **(spec.defaults | values))
    path = [start]
    for _ in range(steps):
        position.grad = curvature * position
        optimizer.step()
        path.append(float(position))
    return path


@pytest.mark.parametrize(("lr", "curvature"), [(0.1, 1.0), (0.3, 4.0), (0.05, 30.0), (0.05, 50.0)])
def test_gradient_descent_on_a_parabola_is_a_power(lr: float, curvature: float) -> None:
    path = positions_of("sgd", 3.0, curvature, 50, lr=lr)
    np.testing.assert_allclose(path, 3.0 * (1 - lr * curvature) ** np.arange(51), rtol=1e-12)


@pytest.mark.parametrize(("factor", "diverges"), [(1.99, False), (2.0, False), (2.01, True)])
def test_gradient_descent_diverges_beyond_two_over_the_curvature(factor: float, diverges: bool) -> None:
    path = np.abs(positions_of("sgd", 1.0, 8.0, 1000, lr=factor / 8.0))
    assert (path[-1] > 1.0) == diverges


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("lr", [0.01, 0.3])
def test_momentum_follows_its_eigenvalues(lr: float, momentum: float) -> None:
    """(velocity, position) is multiplied by one matrix; its eigenvalues solve z^2 - (1 + beta - lr lambda) z + beta."""
    curvature, steps = 2.0, 60
    path = positions_of("momentum", 1.0, curvature, steps, lr=lr, momentum=momentum)
    z = np.roots([1.0, -(1 + momentum - lr * curvature), momentum])
    weights = np.linalg.solve(np.array([[1, 1], z]), np.array(path[:2], dtype=complex))
    expected = (weights[:, None] * z[:, None] ** np.arange(steps + 1)).sum(axis=0)
    np.testing.assert_allclose(path, expected.real, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("factor", "diverges"), [(0.99, False), (1.01, True)])
def test_momentum_widens_the_stable_range(factor: float, diverges: bool) -> None:
    path = np.abs(positions_of("momentum", 1.0, 8.0, 4000, lr=factor * 2 * (1 + 0.9) / 8.0, momentum=0.9))
    assert (path[-1] > 1.0) == diverges


@pytest.mark.parametrize("gradient", [1e-3, -0.5, 7.0, -1e6])
def test_adams_first_step_is_the_learning_rate(gradient: float) -> None:
    spec = OPTIMIZERS["adam"]
    position = torch.zeros(1, dtype=torch.float64)
    optimizer = spec.build([position], **(spec.defaults | {"lr": 0.3}))
    position.grad = torch.tensor([gradient], dtype=torch.float64)
    optimizer.step()
    assert float(position) == pytest.approx(-0.3 * gradient / (abs(gradient) + 1e-8), rel=1e-12)


@pytest.mark.parametrize(
    ("off", "factor"),
    [
        ([], 1.0),
        (["correct_m"], 1 - 0.9),
        (["correct_v"], 1 / math.sqrt(1 - 0.999)),
        (["correct_m", "correct_v"], (1 - 0.9) / math.sqrt(1 - 0.999)),
    ],
    ids=["both corrected", "m uncorrected", "v uncorrected", "neither corrected"],
)
def test_the_first_step_of_adam_uncorrected(off: list[str], factor: float) -> None:
    """0.1, 31.6 and 3.162 learning rates: only m uncorrected alone makes the first step too short."""
    *_, position = positions_of("dissected", 5.0, 2.0, 1, lr=0.3, **dict.fromkeys(off, 0.0))
    assert 5.0 - position == pytest.approx(factor * 0.3, rel=1e-7)  # eps, beside a gradient of 10
