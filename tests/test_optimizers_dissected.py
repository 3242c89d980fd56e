"""The optimizers that are our own code: torch's at their defaults, and with each switch as in the papers."""

import itertools
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch

from optimizers import OPTIMIZERS
from optimizers.dissected import Dissected
from surfaces import SURFACES
from tests import reference_optimizers
from tests.optimizer_walks import OURS, gradients_of, positions, walk, walks_in
from tests.two_weights import TWO_WEIGHTS
from trajectories import Run, Scenario, simulate

SPEC = OPTIMIZERS["dissected"]
SWITCHES = [h.name for h in SPEC.hyperparameters if h.scale == "switch"]


@pytest.mark.slow
@pytest.mark.parametrize("surface", TWO_WEIGHTS)
@pytest.mark.parametrize(("ours", "torchs"), OURS.items())
def test_at_its_defaults_it_takes_the_steps_of_torch(ours: str, torchs: str, surface: str) -> None:
    runs = [Run(optimizer=key, values={"lr": lr}) for lr in (0.001, 0.05) for key in (ours, torchs)]
    walks = simulate(Scenario(surface=surface, steps=1000, runs=runs))
    for own, expected in (walks[:2], walks[2:]):
        assert np.isfinite(expected.positions).all()
        assert np.abs(expected.positions[-1] - expected.positions[0]).max() > 0.01
        np.testing.assert_allclose(own.positions, expected.positions, rtol=0, atol=1e-12)


@pytest.mark.parametrize("ours", OURS)
def test_it_has_the_numbers_of_torchs_and_adds_only_switches(ours: str) -> None:
    numbers = [h for h in OPTIMIZERS[ours].hyperparameters if h.scale != "switch"]
    assert numbers == list(OPTIMIZERS[OURS[ours]].hyperparameters)


def test_every_combination_of_switches_follows_the_rule() -> None:
    rule, start = reference_optimizers.dissected, SURFACES["himmelblau"].landscape.start
    combinations = itertools.product([0.0, 1.0], repeat=len(SWITCHES))
    settings = [SPEC.defaults | dict(zip(SWITCHES, turned, strict=True)) | {"eps": 0.01} for turned in combinations]
    records = walks_in(SPEC, "himmelblau", start, settings, steps=40)  # with an eps that can be seen
    gradients = partial(gradients_of, ("himmelblau",))
    expected = reference_optimizers.walk_together(rule, gradients, np.array(start)[:, None], 40, settings)
    for values, own, papers in zip(settings, map(positions, records), expected[..., 0], strict=True):
        np.testing.assert_allclose(own, papers, rtol=1e-12, atol=1e-12, err_msg=str(values))


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_switch_changes_the_walk(switch: str) -> None:
    start = SURFACES["himmelblau"].landscape.start
    usual = positions(walk(SPEC, "himmelblau", start, SPEC.defaults, steps=60))
    turned = SPEC.defaults | {switch: 1 - SPEC.defaults[switch]}
    assert np.abs(positions(walk(SPEC, "himmelblau", start, turned, steps=60)) - usual).max() > 1e-12


@pytest.mark.parametrize(
    ("off", "other", "values"),
    [
        (["first_moment"], "adam", {"beta1": 0.0}),
        (["first_moment", "correct_v"], "rmsprop", {"alpha": 0.999}),
        (["first_moment", "second_moment"], "sgd", {}),
    ],
)
def test_with_parts_off_it_equals_a_class_of_torch(off: list[str], other: str, values: dict[str, float]) -> None:
    start = SURFACES["booth"].landscape.start
    left = walk(SPEC, "booth", start, SPEC.defaults | dict.fromkeys(off, 0.0) | {"lr": 0.01})
    plain = walk(OPTIMIZERS[other], "booth", start, OPTIMIZERS[other].defaults | values | {"lr": 0.01})
    np.testing.assert_allclose(positions(left), positions(plain), rtol=0, atol=1e-12)


def test_a_step_calls_the_closure_and_skips_weights_without_a_gradient() -> None:
    weights = [torch.ones(2, dtype=torch.float64, requires_grad=True) for _ in range(2)]
    optimizer = Dissected(weights, lr=0.1)

    def closure() -> float:
        loss = (weights[0] ** 2).sum()
        loss.backward()
        return loss.item()

    assert optimizer.step(closure) == 2.0
    assert weights[0].tolist() == pytest.approx([0.9, 0.9])
    assert weights[1].tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"lr": -1.0}, r"Invalid lr: -1\.0"),
        ({"lr": float("nan")}, "Invalid lr: nan"),
        ({"beta1": 1.0}, r"Invalid beta1: 1\.0"),
        ({"beta2": 1.0}, r"Invalid beta2: 1\.0"),
        ({"eps": -1e-8}, "Invalid eps: -1e-08"),
        *(({name: 0.5}, rf"Invalid {name}: 0\.5") for name in SWITCHES),
        ({"root": 2}, "Invalid root: 2"),
    ],
)
def test_bad_values_are_refused(bad: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Dissected([torch.zeros(2)], **bad)
