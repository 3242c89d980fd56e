"""One walk for each value: the numbers of ``simulate``, closed forms, and a grid on which nothing is missed."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories import Run, Scenario, parse_link, simulate
from trajectories import sweep as module
from trajectories.scales import spaced
from trajectories.sweep import grid, hyperparameter, late_loss, smallest, sweep, tuned

EVERY_HYPERPARAMETER = [(key, h.name) for key, spec in OPTIMIZERS.items() for h in spec.hyperparameters]


def scenario(query):
    parsed, sentences = parse_link(query)
    assert not sentences
    return parsed


@pytest.mark.slow
@pytest.mark.parametrize(("key", "name"), EVERY_HYPERPARAMETER)
def test_a_sweep_is_simulate_with_one_number_changed(key, name):
    of = Scenario(surface="hump", steps=20, noise=0.1, runs=[Run(optimizer="sgd"), Run(optimizer=key)])
    h = hyperparameter(of, 1, name)
    values = spaced(h.low, h.high, 11, h.scale)
    for value, walk in zip(values, sweep(of, 1, name, values), strict=True):
        alone = Scenario(**{**of.model_dump(), "runs": [Run(optimizer=key, values={name: value})]})
        (expected,) = simulate(alone)
        assert walk.positions.tobytes() == expected.positions.tobytes()
        assert (walk.settings, walk.outcome) == (expected.settings, expected.outcome)


@pytest.mark.parametrize("key", SURFACES)
def test_a_sweep_needs_no_more_walks_than_values(key, monkeypatch):
    run_counts = []

    def counting(of):
        run_counts.append(len(of.runs))
        return simulate(of)

    monkeypatch.setattr(module, "simulate", counting)
    of = Scenario(surface=key, steps=3, seed=1977, runs=[Run(optimizer="adam")])  # as no other test walks it
    for _ in range(2):
        assert len(sweep(of, 0, "lr", spaced(0.01, 1, 19, "log"))) == 19
    assert run_counts == [8, 8, 3]


def test_gradient_descent_on_a_quadratic_converges_below_two_over_the_curvature():
    """Curvatures 0.04 and 1: the last digit below 2 shrinks, the first above grows."""
    of = scenario("surface=matyas&start=1,-1&steps=50&run=sgd")
    below, at, above = (walk.losses[-1] / walk.losses[0] for walk in sweep(of, 0, "lr", [1.99, 2.0, 2.01]))
    assert below < 1 < above
    assert at == pytest.approx(1, abs=1e-9)


# The smallest


def test_the_smallest_is_the_first_of_the_whole_grid():
    of = scenario("surface=hump&steps=150&run=sgd:lr=0.05&run=momentum:lr=0.07")
    found = smallest(of, 1, "momentum", 0.01, lambda _, walks: walks[1].outcome.kind == "global_minimum")
    walks = sweep(of, 1, "momentum", [k / 100 for k in range(100)])
    assert found == next(k / 100 for k in range(100) if walks[k].outcome.kind == "global_minimum") == 0.87


def test_the_condition_receives_the_changed_scenario_and_all_walks():
    of = scenario("surface=hump&steps=10&run=sgd:lr=0.05&run=momentum:lr=0.07&run=adam:lr=0.1")
    seen = []

    def holds(changed, walks):
        assert [walk.settings for walk in walks] == list(changed.runs)
        expected = simulate(changed)
        assert all(a.positions.tobytes() == b.positions.tobytes() for a, b in zip(walks, expected, strict=True))
        seen.append(changed.runs[1].values["momentum"])
        return False

    assert smallest(of, 1, "momentum", 0.05, holds) is None
    assert seen == [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85,
                    0.9, 0.95]  # fmt: skip


@given(key=st.sampled_from(EVERY_HYPERPARAMETER), digits=st.integers(1, 3), lead=st.integers(1, 9))
def test_the_grid_holds_the_multiples_of_the_step_as_they_are_written(key, digits, lead):
    of = Scenario(surface="hump", runs=[Run(optimizer=key[0])])
    h = hyperparameter(of, 0, key[1])
    step = float(f"{lead}e-{digits}")
    if step > h.high or h.high / step > module.MOST_VALUES:
        with pytest.raises(ValueError, match=f"step of {h.name} must give 1 to 2000 values"):
            grid(h, step)
        return
    values = grid(h, step)
    assert all(h.low <= value <= h.high for value in values)
    assert values == [float(f"{round(value / step) * lead}e-{digits}") for value in values]
    assert len(values) == len({round(value / step) for value in values})
    assert values[0] - step < h.low
    assert values[-1] + step > h.high - 1e-9


@pytest.mark.parametrize("step", [0, -0.1, math.nan, math.inf, 1e-9])
def test_a_step_that_makes_no_grid_is_refused(step):
    of = scenario("surface=hump&run=momentum")
    with pytest.raises(ValueError, match="step of momentum must give 1 to 2000 values up to"):
        smallest(of, 0, "momentum", step, lambda *_: True)


# The best


def test_the_best_is_the_lowest_of_the_grid_for_each_run():
    of = scenario("surface=ravine&steps=150&run=sgd&run=momentum&run=adam")
    best = tuned(of, values=9, low=0.01, high=1)
    lrs = spaced(0.01, 1, 9, "log")
    for index, run in enumerate(of.runs):
        losses = []
        for lr in lrs:
            tried = [Run(optimizer=run.optimizer, values={"lr": lr})]
            (walk,) = simulate(Scenario(surface="ravine", steps=150, runs=tried))
            lost = walk.outcome.kind in {"left_the_map", "diverged"}
            losses.append(math.inf if lost else max(walk.losses[-8:]))
        assert best[index][0] == lrs[int(np.argmin(losses))]
        assert best[index][1] == pytest.approx(min(losses), rel=1e-10)
    # Not one of them by luck alone: SGD's best is just below 2 / 10.
    assert best[0][0] < 0.2


def test_a_run_that_passes_a_minimum_is_judged_by_its_last_steps():
    passing = simulate(scenario("surface=ravine&steps=20&run=momentum:lr=0.05"))[0]
    assert late_loss(passing) == passing.losses[-3:].max() > passing.losses[-3:].min()


def test_a_run_that_left_the_map_is_never_the_best():
    """McCormick's loss falls forever off the map."""
    of = scenario("surface=mccormick&steps=200&run=sgd")
    lost = sweep(of, 0, "lr", [0.6, 10.0])
    assert [walk.outcome.kind for walk in lost] == ["left_the_map", "diverged"]
    assert [late_loss(walk) for walk in lost] == [math.inf, math.inf]
    lr, loss = tuned(of, values=9, low=0.001, high=10)[0]
    assert lr < 10
    assert loss == pytest.approx(SURFACES["mccormick"].landscape.known_minima[0].value, abs=0.1)


# Values, and what is refused


@given(
    low=st.floats(1e-6, 0.4), high=st.floats(0.5, 0.9999), count=st.integers(2, 60), scale=st.sampled_from(
        ["log", "linear", "complement"]
    )
)  # fmt: skip
def test_values_rise_from_the_first_to_the_last(low, high, count, scale):
    values = spaced(low, high, count, scale)
    assert len(values) == count
    assert (values[0], values[-1]) == (low, high)
    assert list(values) == sorted(values)


def test_values_are_even_on_their_scale():
    np.testing.assert_allclose(np.diff(np.log(spaced(0.001, 1, 25, "log"))), math.log(1000) / 24, rtol=2e-3)
    np.testing.assert_allclose(np.diff(spaced(0, 1, 11, "linear")), 0.1)
    rest = 1 - np.array(spaced(0, 0.999, 31, "complement"))
    np.testing.assert_allclose(np.diff(np.log(rest)), -math.log(1000) / 30, rtol=2e-3)
    assert spaced(0, 1, 31, "switch") == (0, 1)


@pytest.mark.parametrize(
    ("run", "name", "value", "sentence"),
    [
        (1, "lr", 0.1, "run must be a whole number from 0 to 0: got 1."),
        (0, "momentum", 0.9, 'adam has no "momentum". Use one of: lr, beta1, beta2, eps.'),
        (0, "lr", -1.0, "lr of adam must be from 1e-6 to 10: got -1."),
    ],
)
def test_an_invalid_sweep_is_refused_with_a_sentence(run, name, value, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        sweep(scenario("surface=hump&run=adam"), run, name, [value])
