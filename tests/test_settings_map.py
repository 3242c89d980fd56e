"""Maps of settings and of seeds: each cell is the walk that ``simulate`` takes with these numbers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizers import OPTIMIZERS
from trajectories import KINDS, Run, Scenario, parse_link, simulate
from trajectories.axis import CHANCE, MOST_CHANCE
from trajectories.scales import middles
from trajectories.seed_fan import seeds
from trajectories.settings_map import SHARED, Axis, tried_by, values_of
from trajectories.settings_map import settings as settings_map
from trajectories.sweep import late_loss

SCALES = ["linear", "log", "complement"]
CARS = "surface=cars_standardized&steps=40&batch=5&seed=3&run=sgd:lr=0.1&run=momentum:lr=0.05"
HUMP = "surface=hump&steps=60&run=momentum:lr=0.02&run=adam:lr=0.1"


def scenario_of(link):
    scenario, problems = parse_link(link)
    assert not problems
    return scenario


def with_value(scenario, axis, value):
    """The scenario with another value of one setting."""
    if axis.name in "xy":
        start = list(scenario.start)
        start["xy".index(axis.name)] = value
        return Scenario(**dict(scenario) | {"start": tuple(start)})
    if axis.is_shared:
        return Scenario(**dict(scenario) | {axis.name: int(value) if axis.name == "batch" else value})
    runs = list(scenario.runs)
    run = runs[axis.run]
    runs[axis.run] = Run(optimizer=run.optimizer, values={**run.values, axis.name: value})
    return Scenario(**dict(scenario) | {"runs": tuple(runs)})


def assert_is_simulated(scenario, found, cells):
    for row, column in cells:
        one = with_value(with_value(scenario, found.axes[0], found.x[column]), found.axes[1], found.y[row])
        walks = simulate(one)
        for place, run in enumerate(found.runs):
            outcome = walks[run].outcome
            assert KINDS[found.kinds[place, row, column]] == outcome.kind
            expected, loss = late_loss(walks[run]), found.late_losses[place, row, column]
            assert loss == expected or math.isclose(loss, expected, rel_tol=1e-6, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("link", "axes"),
    [
        (HUMP, (Axis(name="lr"), Axis(name="momentum"))),
        (HUMP, (Axis(name="beta1", run=1), Axis(name="beta2", run=1))),
        (HUMP, (Axis(name="lr", low=0.001, high=0.1), Axis(name="lr", run=1, low=0.01, high=0.5))),
        (HUMP, (Axis(name="lr", run=1, low=0.01, high=0.5), Axis(name="x"))),
        (HUMP, (Axis(name="x"), Axis(name="y"))),
        (HUMP, (Axis(name="noise"), Axis(name="lr", low=0.001, high=0.1))),
        (CARS, (Axis(name="lr", low=0.01, high=0.5), Axis(name="batch"))),
    ],
)
def test_every_pair_of_axes_agrees_with_simulate(link, axes):
    scenario = scenario_of(link)
    found = settings_map(scenario, axes, (5, 6))
    assert found.late_losses.shape == (len(found.runs), len(found.y), len(found.x))
    assert_is_simulated(scenario, found, [(0, 0), (2, 3), (len(found.y) - 1, len(found.x) - 1), (1, 4)])


@pytest.mark.slow
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_agrees_with_simulate(key):
    scenario = Scenario(surface="himmelblau", steps=50, runs=[Run(optimizer=key)])
    axes = Axis(name="lr", low=0.0005, high=0.01), Axis(name="x")
    assert_is_simulated(scenario, settings_map(scenario, axes, (3, 4)), [(0, 0), (1, 2), (2, 3)])


def test_the_best_cell_has_the_least_late_loss_and_there_may_be_none():
    scenario = scenario_of(HUMP)
    found = settings_map(scenario, (Axis(name="lr"), Axis(name="momentum")), (6, 8))
    row, column = found.best(0)
    assert found.late_losses[0, row, column] == found.late_losses[0].min()
    lost = scenario_of("surface=himmelblau&steps=100&run=sgd")
    assert settings_map(lost, (Axis(name="lr", low=0.5, high=1), Axis(name="x")), (2, 2)).best(0) is None


@settings(max_examples=60)
@given(name=st.sampled_from([*SHARED, "lr", "momentum"]), count=st.integers(2, 40))
def test_values_rise_within_their_range(name, count):
    values = values_of(scenario_of(CARS), Axis(name=name, run=1), count)
    assert list(values) == sorted(values)
    assert len(values) == min(count, MOST_CHANCE) if name in CHANCE else count
    if name == "batch":
        assert all(value.is_integer() for value in values)
    else:
        assert len(set(values)) == len(values)


@settings(max_examples=200)
@given(low=st.floats(1e-6, 1), factor=st.floats(1e-6, 100), count=st.integers(2, 256), scale=st.sampled_from(SCALES))
def test_a_value_is_short_and_lies_within_the_middle_half_of_its_cell(low, factor, count, scale):
    high = low * (1 + factor)
    on = {"linear": float, "log": math.log, "complement": lambda value: -math.log1p(-value)}[scale]
    if scale == "complement":
        low, high = (1 - 1 / (1 + 10 * end) for end in (low, high))
    edges = np.linspace(on(low), on(high), count + 1)
    values = middles(low, high, count, scale)
    shares = (np.array([on(value) for value in values]) - edges[:-1]) / np.diff(edges)
    assert ((shares > 0.2) & (shares < 0.8)).all()


def test_one_axis_is_a_row_and_a_run_is_walked_once_for_each_of_its_own_values():
    scenario = scenario_of(HUMP)
    row = settings_map(scenario, (Axis(name="lr", run=1),), (5, 7))
    assert (row.late_losses.shape, row.x.size, row.y.size) == ((1, 1, 7), 7, 0)
    both = settings_map(scenario, (Axis(name="lr", run=1), Axis(name="lr")), (5, 7))
    assert both.runs == (1, 0)
    np.testing.assert_array_equal(both.late_losses[0], np.repeat(row.late_losses[0], 5, axis=0))
    assert [tried_by(run, both.axes, (5, 7)) for run in both.runs] == [7, 5]


def test_the_soonest_cell_arrives_in_the_fewest_steps():
    found = settings_map(scenario_of(HUMP), (Axis(name="lr"), Axis(name="momentum")), (6, 8))
    arrived = np.isin(found.kinds[0], [KINDS.index("global_minimum")])
    assert found.steps[0][found.soonest(0)] == found.steps[0][arrived].min()


@pytest.mark.parametrize(
    ("axes", "words"),
    [
        ((Axis(name="lr"), Axis(name="lr")), "different settings"),
        ((Axis(name="x"), Axis(name="x", run=1)), "different settings"),
        ((Axis(name="lr"), Axis(name="alpha")), "alpha"),
        ((Axis(name="lr", run=2), Axis(name="x")), "run must be"),
        ((Axis(name="lr", low=1, high=0.1), Axis(name="x")), "lr must rise"),
        ((Axis(name="lr", low=0.1, high=math.inf), Axis(name="x")), "lr must rise"),
        ((Axis(name="lr"), Axis(name="batch")), "has no data"),
        ((), "one or two axes"),
    ],
)
def test_axes_that_cannot_be_used_are_refused_with_a_sentence(axes, words):
    with pytest.raises(ValueError, match=words):
        settings_map(scenario_of(HUMP), axes, (3, 3))


@pytest.mark.parametrize("link", [CARS, HUMP + "&noise=0.3&seed=8"])
def test_each_seed_walks_as_in_simulate(link):
    scenario = scenario_of(link)
    found = seeds(scenario, 5, run=1)
    for place, seed in enumerate(found.seeds.tolist()):
        walk = simulate(Scenario(**dict(scenario) | {"seed": seed}))[1]
        np.testing.assert_allclose(found.positions[place], walk.positions, rtol=1e-9, atol=1e-9)
        assert KINDS[found.kinds[place]] == walk.outcome.kind
    assert found.arrived == sum(KINDS[kind] in {"global_minimum", "local_minimum"} for kind in found.kinds)
