"""Where the last positions of a run lie for each value of a setting: period doubling, and every value as in a walk."""

import math

import numpy as np
import pytest

from trajectories import KINDS, Axis, Run, Scenario, orbits, parse_link, simulate
from trajectories.orbits import LAST, periods_of
from trajectories.settings_map import values_of


def scenario_of(link):
    scenario, problems = parse_link(link)
    assert not problems
    return scenario


HYPERBOLA = scenario_of("surface=hyperbola&start=0.9,0.9&steps=6000&run=sgd")
MOMENTUM = scenario_of("surface=hump&start=1,1&steps=120&run=sgd:lr=0.05&run=momentum:lr=0.05")


@pytest.mark.parametrize(
    ("low", "high", "period"),
    [
        (0.9, 0.995, 1),
        (1.005, math.sqrt(5) - 1 - 0.003, 2),
        (math.sqrt(5) - 1 + 0.003, 1.287, 4),
        (1.289, 1.2985, 8),
        (1.2999, 1.3006, 16),
    ],
)
def test_gradient_descent_on_the_hyperbola_doubles_its_period(low, high, period):
    found = orbits(HYPERBOLA, Axis(name="lr", low=low, high=high), 24)
    assert set(found.periods) == {period}
    for positions in found.positions:
        assert len(np.unique(positions[:, 0].round(5))) == period
    np.testing.assert_allclose(found.positions[..., 0], found.positions[..., 1], atol=1e-9)


def test_beyond_it_is_chaotic_and_from_2_it_escapes():
    chaotic = orbits(HYPERBOLA, Axis(name="lr", low=1.3091, high=1.3109), 3)
    assert chaotic.periods[1] == 0
    assert len(np.unique(chaotic.positions[1, :, 0].round(6))) == LAST
    caught, lost = orbits(HYPERBOLA, Axis(name="lr", low=1.96, high=2.08), 2).positions[:, -1, 0]
    assert np.isfinite(caught)
    assert not np.isfinite(lost)


@pytest.mark.parametrize(
    ("link", "axis"),
    [
        (MOMENTUM, Axis(name="momentum", run=1)),
        (MOMENTUM, Axis(name="x")),
        (MOMENTUM, Axis(name="noise", low=0.01, high=1)),
        (scenario_of("surface=cars_standardized&steps=60&batch=4&run=adam"), Axis(name="batch")),
    ],
)
def test_every_value_is_the_end_of_its_walk(link, axis):
    found = orbits(link, axis, 5)
    assert found.values.tolist() == list(values_of(link, axis, 5))
    for place in (0, len(found.values) - 1):
        walk = simulate(with_value(link, axis, float(found.values[place])))[axis.run]
        np.testing.assert_allclose(found.positions[place], walk.positions[-LAST:], rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(found.losses[place], walk.losses[-LAST:], rtol=1e-7, atol=1e-9)
        assert KINDS[found.kinds[place]] == walk.outcome.kind


def with_value(scenario, axis, value):
    if axis.name == "x":
        return Scenario(**dict(scenario) | {"start": (value, scenario.start[1])})
    if axis.is_shared:
        return Scenario(**dict(scenario) | {axis.name: int(value) if axis.name == "batch" else value})
    runs = list(scenario.runs)
    runs[axis.run] = Run(optimizer=runs[axis.run].optimizer, values={**runs[axis.run].values, axis.name: value})
    return Scenario(**dict(scenario) | {"runs": tuple(runs)})


def test_a_short_walk_has_all_its_positions_and_arrays_are_read_only():
    found = orbits(Scenario(**dict(MOMENTUM) | {"steps": 3}), Axis(name="lr"), 4)
    assert found.positions.shape == (4, 4, 2)
    assert found.losses.shape == (4, 4)
    for array in (found.values, found.positions, found.losses, found.kinds, found.periods):
        assert not array.flags.writeable


def test_a_walk_that_nearly_repeats_has_no_period():
    turns = np.arange(LAST)
    walks = {
        1: np.zeros(LAST),
        2: turns % 2,
        3: turns % 3,
        0: turns * 1e-4,
        -1: (turns % 2) * (1 + 6e-6 * 0.97**turns),
        -2: np.where(turns < 30, 0, np.nan),
    }
    positions = np.stack([np.stack([walk, walk], axis=1) for walk in walks.values()]).astype(float)
    unit = scenario_of("surface=hyperbola&run=sgd").landscape
    expected = [max(period, 0) for period in walks]
    assert periods_of(unit, positions * unit.size).tolist() == expected


@pytest.mark.parametrize(
    ("axis", "count", "words"),
    [
        (Axis(name="alpha"), 9, "alpha"),
        (Axis(name="lr", run=2), 9, "run"),
        (Axis(name="lr", low=1, high=0.5), 9, "rise"),
        (Axis(name="batch"), 9, "no data"),
        (Axis(name="lr"), 1, "count"),
        (Axis(name="lr"), 1025, "count"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(axis, count, words):
    with pytest.raises(ValueError, match=words):
        orbits(MOMENTUM, axis, count)


def test_a_network_has_no_orbits():
    with pytest.raises(ValueError, match="network"):
        orbits(scenario_of("surface=network_moons&run=sgd"), Axis(name="lr"), 9)
