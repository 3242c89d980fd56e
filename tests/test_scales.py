"""Where sliders stop: round numbers, spaced as people think of the quantity, both ends and the default among them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contract import contract
from optimizers import OPTIMIZERS
from trajectories.scales import slider_stops, stops_from_zero, whole_stops
from trajectories.sentences import show_number

SLIDERS = [
    pytest.param(control, id=f"{key}-{control.name}")
    for key in OPTIMIZERS
    for control in contract().optimizers[key].hyperparameters
]


@pytest.mark.parametrize("control", SLIDERS)
def test_stops_are_round_and_hold_ends_and_default(control):
    stops = control.stops
    assert list(stops) == sorted(set(stops))
    assert (stops[0], stops[-1]) == (control.low, control.high)
    assert control.default in stops
    if control.scale == "switch":
        assert stops == (0, 1)
    else:
        assert 20 <= len(stops) <= 300
    assert max(len(show_number(stop)) for stop in stops) <= 9


@given(st.floats(1e-12, 1e12), st.floats(1e-12, 1e12))
def test_stops_of_a_log_scale_are_never_far_apart(one, other):
    low, high = sorted((one, other))
    stops = slider_stops(low, high, "log")
    assert (stops[0], stops[-1]) == (low, high)
    assert all(after / before < 1.201 for before, after in itertools.pairwise(stops))


def test_stops_of_the_walk_are_those_of_a_scenario():
    limits = contract().limits
    assert limits.steps.stops == whole_stops(int(limits.steps.low), int(limits.steps.high))
    assert all(stop.is_integer() for stop in limits.steps.stops)
    assert limits.noise.stops[0] == 0
    assert limits.noise.stops == stops_from_zero(limits.noise.stops[1], limits.noise.high)
